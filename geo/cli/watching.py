"""``--watch``: the files that a command read are watched, and with every save its map is made anew and shown."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from geo import shipped
from geo.cli import interruption, messages
from geo.cli.results import Result
from geo.errors import GeoError, needing

_STEP_MS, _LONGEST_MS = 80, 400  # a save is over when nothing was written for so long
_AT_LEAST_MS = 700
_AGAIN_S = 0.25  # what cannot be read may be half written: it is read once more
_FAULTS = (GeoError, click.ClickException, OSError)
"""What can be wrong with a save."""

_SIDECARS = (".shx", ".dbf", ".prj", ".cpg")


def with_watch(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command ``--watch``."""
    return click.option(
        "--watch",
        is_flag=True,
        help="Go on: whenever a file that was read is saved, write the map anew and show it in the browser at a local "
        "address. Ctrl-C ends it.",
    )(command)


def validate_watch(result: Result, names: Iterable[str | None]) -> None:
    """Refuse what cannot be watched.

    Raises
    ------
    UsageError
        No page is asked for, it goes to standard output, or standard input is to be read.
    """
    if "html" not in result.forms:
        raise click.UsageError("--watch shows a page. Leave --format out, or let html be among the formats.")
    if result.is_printed or "-" in names:
        raise click.UsageError("--watch needs files that can be saved again, not standard input or output.")


def list_places(*names: str | Path | None) -> list[Path]:
    """Return what of these names is a file or a folder of the user: the others ship."""
    ours = (*shipped.scenarios(), *shipped.fronts(), "latest", None)
    return [Path(name) for name in names if name is not None and name not in ours and Path(name).exists()]


def watch(build: Callable[[], bytes], places: Sequence[Path], title: str, *, launch: bool = False) -> None:
    """Build a page, show it, and do so again whenever one of the places is saved, until the user ends it.

    ``build`` writes the files as well and returns the page; ``places`` are the files and folders that it reads. Where a
    save cannot be drawn, the page says why and the map before stays.
    """
    with needing("--watch"):
        import watchfiles  # noqa: F401
    if not places:
        raise click.UsageError(
            "--watch watches your own files, and all that is read here ships. Leave it out."
        )
    from geo.briefing import controls
    from geo.cli.live import Live  # not before: it brings a server
    from geo.renderers.webmap import livepage

    seen = _sign(places)
    live = Live(livepage.render_parts(controls.WATCHED.format(title)), livepage.POLICY, build())
    address = live.serve()
    interruption.promise("Stopped watching. The files are those of the last save that could be drawn.")
    listed = ", ".join(map(str, places))
    messages.say(f"Watching {listed}. The map is at {address} until Ctrl-C.", err=True)
    if launch:
        click.launch(address)
    for _ in _wake(places):
        signed = _sign(places)
        if signed == seen:
            continue
        seen = signed
        try:
            live.show(_build_patiently(build))
        except _FAULTS as error:
            words = error.format_message() if isinstance(error, click.ClickException) else str(error)
            live.tell(words)
            messages.echo_error(error if isinstance(error, GeoError) else GeoError(words))


def _build_patiently(build: Callable[[], bytes]) -> bytes:
    try:
        return build()
    except _FAULTS:
        time.sleep(_AGAIN_S)
        return build()


def _wake(places: Sequence[Path]) -> Iterator[None]:
    """Yield after every save, and now and then besides: not every disk tells what happens on it.

    Folders are watched, because editors put a new file in the place of the old one.
    """
    import watchfiles

    while True:
        folders = _list_folders(places)
        if not folders:
            time.sleep(_AT_LEAST_MS / 1000)
            yield
            continue
        for _ in watchfiles.watch(
            *folders,
            watch_filter=None,
            debounce=_LONGEST_MS,
            step=_STEP_MS,
            rust_timeout=_AT_LEAST_MS,
            yield_on_timeout=True,
            recursive=False,
        ):
            yield
            if _list_folders(places) != folders:
                break


def _list_folders(places: Sequence[Path]) -> list[Path]:
    """Return the folders in which files change: those that were named, what lies in them, and those of named files."""
    found: dict[Path, None] = {}
    for place in places:
        if place.is_dir():
            found |= dict.fromkeys([place, *sorted(each for each in place.iterdir() if each.is_dir())])
        elif place.absolute().parent.is_dir():
            found[place.absolute().parent] = None
    return list(found)


def _sign(places: Sequence[Path]) -> list[tuple[str, int, int, int]]:
    """Return what tells whether a file was saved, for each that was named, belongs to one or lies in a folder."""
    signed = []
    for file in sorted(file for place in places for file in _list_files(place)):
        with contextlib.suppress(OSError):
            found = file.stat()
            signed.append((str(file), found.st_mtime_ns, found.st_size, found.st_ino))
    return signed


def _list_files(place: Path) -> list[Path]:
    """Return a file with those beside it that belong to it, as a Shapefile has; of a folder all that it holds."""
    with contextlib.suppress(OSError):
        if place.is_dir():
            inside = [*place.iterdir()]
            inside += [file for each in inside if each.is_dir() for file in each.iterdir()]
            return [file for file in inside if file.is_file()]
        beside = place.absolute().parent.iterdir()
        return [place, *(each for each in beside if _belongs(each, place))]
    return [place]


def _belongs(file: Path, place: Path) -> bool:
    is_sidecar = file.stem == place.stem and file.suffix.lower() in _SIDECARS
    return is_sidecar or file.name.startswith(f"{place.name}-")
