"""``--watch``: a save is drawn and shown, a broken one is told, and Ctrl-C ends it."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from geo.cli import main
from geo.scenarios import template
from tests.made_up.fronts import save_file
from tests.made_up.series import moved, save_days


class Watch:
    """A command that watches, and what its page is told."""

    def __init__(self, folder: Path, *words: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "geo", *words],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        assert self.process.stderr is not None
        told = next(line for line in self.process.stderr if "Watching" in line or "Error" in line)
        found = re.search(r"http://\S+", told)
        assert found, told
        self.address, self.changes = found[0], 1

    def read(self, name: str) -> str:
        """Return what the server answers."""
        with urllib.request.urlopen(f"{self.address}{name}", timeout=60) as answer:
            return str(answer.read().decode())

    def wait(self) -> dict[str, Any]:
        """Return the state after the next change."""
        state: dict[str, Any] = json.loads(self.read(f"state?{self.changes}"))
        assert state["changes"] > self.changes
        self.changes = state["changes"]
        return state


@contextmanager
def watching(folder: Path, *words: str) -> Iterator[Watch]:
    watch = Watch(folder, *words)
    try:
        yield watch
    finally:
        watch.process.kill()
        watch.process.communicate()


def replace_file(file: Path, text: str) -> None:
    """Save as editors do: another file takes the place of the old one."""
    beside = file.with_name(f".{file.name}.swp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)


def test_a_save_is_drawn_and_a_broken_one_is_told(tmp_path: Path) -> None:
    """The file and the page follow each save; of a broken one the page says why, and the last map stays."""
    zones = tmp_path / "plan.geojson"
    text = template.render_template("plan")
    zones.write_text(text, encoding="utf-8")
    with watching(tmp_path, "render", "plan.geojson", "--watch", "--out", "out") as watch:
        written = tmp_path / "out" / "plan.html"
        assert watch.read("map") == written.read_text(encoding="utf-8")
        name = json.loads(text)["features"][0]["properties"]["name"]
        replace_file(zones, text.replace(name, "Another name"))
        assert watch.wait()["error"] == ""
        shown = watch.read("map")
        assert "Another name" in shown and shown == written.read_text(encoding="utf-8")
        zones.write_text(text[:100], encoding="utf-8")
        assert "plan.geojson" in watch.wait()["error"]
        assert watch.read("map") == shown == written.read_text(encoding="utf-8")
        zones.write_text(text, encoding="utf-8")
        state = watch.wait()
        assert (state["error"], name in watch.read("map")) == ("", True)
        watch.process.send_signal(signal.SIGINT)
        _, err = watch.process.communicate(timeout=20)
        assert watch.process.returncode == 130
        assert "Stopped watching." in err and "Traceback" not in err
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["plan.html"]


def test_a_new_day_comes_into_a_history(tmp_path: Path) -> None:
    """A front that is put into the folder is on the page, which keeps its file's name."""
    save_days(tmp_path / "days", {"2025-03-01": 0, "2025-03-02": 2})
    words = ("history", "dnipro-line", "--fronts", "days", "--cache", "cache", "--out", "out")
    with watching(tmp_path, *words, "--format", "html", "--watch") as watch:
        save_file(tmp_path / "days" / "line_20250303.geojson", moved(4))
        while "3\u00a0March\u00a02025" not in watch.read("map"):
            assert watch.wait()["error"] == ""
        assert len(list((tmp_path / "out").iterdir())) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("render", "dnipro-line", "--watch"), "all that is read here ships"),
        (("render", "--all", "--watch"), "is for one scenario"),
        (("render", "dnipro-line", "--watch", "--format", "pdf"), "let html be among the formats"),
        (("render", "dnipro-line", "--watch", "--out", "-"), "not standard input or output"),
        (("history", "dnipro-line", "--fronts", "days", "--watch"), "let html be among the formats"),
    ],
)
def test_what_cannot_be_watched(
    words: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a page, or without a file of the user's, there is nothing to watch, and nothing is written."""
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, words, prog_name="geo")
    assert done.exit_code == 2 and said in done.stderr
    assert list(tmp_path.iterdir()) == []
