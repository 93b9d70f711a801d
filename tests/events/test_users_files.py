"""What this program did not write stays where it is, whatever it is called."""

from __future__ import annotations

import os
import shutil

import pytest

from tests.events.running import COMMANDS, Place, make_place
from tests.events.taking import TAKEN, list_all

WRITERS: dict[str, tuple[str, ...]] = {
    **{name: COMMANDS[name] for name in ("bulk", "bulk-folder", "render", "export", "history")},
    "compare": ("compare", "dnipro-line", "western-ukraine", "--format", "html", "--out", "out"),
    "changes": (
        *("changes", "dnipro-line", "--from", "2025-03-27", "--to", "fronts/2025-03-20.geojson"),
        *("--format", "html", "--out", "out"),
    ),
    "derive": ("fronts", "derive", "area-2025-03-27.geojson", "--out", "out/line.geojson"),
    "new": ("new", "a-plan", "--out", "out"),
}
"""Every command that writes."""

_MAY_BE_WRITTEN = (
    "cache",
    "out/dnipro-line_",
    "out/dnipro-line.html",
)  # before another of its files is refused


@pytest.fixture(scope="module")
def targets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return what each command calls its output, the first of several."""
    found = {}
    for name, words in WRITERS.items():
        place = make_place(tmp_path_factory.mktemp(name) / "place")
        done = place.run(*words)
        assert done.returncode == 0, done.stderr
        found[name] = min(file.name for file in place.out.iterdir())
    return found


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("kind", TAKEN)
@pytest.mark.parametrize("endings", ["", ".parts", ".lock", ".tmp .part"])
def test_nothing_of_the_users_is_lost(
    name: str, kind: str, endings: str, targets: dict[str, str], place: Place
) -> None:
    """The command ends with a line that says the name is taken, or does its work beside it."""
    if kind == "a file" and not endings and name not in ("bulk-folder", "new"):
        pytest.skip("a file at the name of the output is what is replaced")
    for ending in endings.split() or [""]:
        TAKEN[kind](place.out / f"{targets[name]}{ending}")
    before = list_all(place.folder)
    result = place.run_at_once(*WRITERS[name])
    after = list_all(place.folder)
    is_output_through_link = kind == "a broken link" and not endings
    if not is_output_through_link:
        assert {path: after.get(path, "gone") for path in before} == before, result.stderr
    assert "Traceback" not in result.stderr
    assert result.returncode == 0 or "Error: " in result.stderr
    if result.returncode:
        assert all(path in before or path.startswith(_MAY_BE_WRITTEN) for path in after)
    shutil.rmtree(place.folder)


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("kind", ["pipe", "link to a pipe", "device"])
def test_pipes_and_devices_stay(name: str, kind: str, targets: dict[str, str], place: Place) -> None:
    """What is no file at the name of an output is neither replaced nor waited for; one line says so."""
    taken, pipe = place.out / targets[name], place.folder / "pipe"
    os.mkfifo(taken if kind == "pipe" else pipe)
    if kind != "pipe":
        taken.symlink_to(pipe if kind == "link to a pipe" else "/dev/null")
    before = taken.stat()
    result = place.run(*WRITERS[name])
    assert (result.returncode in (1, 2), "Error: " in result.stderr) == (True, True), result.stderr
    assert "Traceback" not in result.stderr
    assert (taken.stat().st_ino, taken.stat().st_mode) == (before.st_ino, before.st_mode)
    assert {"pipe": not taken.is_symlink()}.get(kind, taken.is_symlink())


@pytest.mark.parametrize("name", ["bulk", "export", "derive"])
@pytest.mark.parametrize("device", ["/dev/stdout", "/dev/full"])
def test_a_device_named_as_output(name: str, device: str, place: Place) -> None:
    """The output's name has no ending that tells a format there, or the device stays as it is; a line says so."""
    result = place.run(*WRITERS[name][:-1], device)
    assert result.returncode in (1, 2)
    assert "Error: " in result.stderr
    assert "Traceback" not in result.stderr
    assert not place.list_litter()


@pytest.mark.parametrize("name", ["render", "compare", "history", "new"])
def test_a_device_named_as_folder(name: str, place: Place) -> None:
    """Files cannot go into a device; one line says so."""
    words = WRITERS[name]
    result = place.run(*words[: words.index("--out")], "--out", "/dev/null")
    assert (result.returncode, "Error: " in result.stderr) == (1, True), result.stderr
    assert "Traceback" not in result.stderr
