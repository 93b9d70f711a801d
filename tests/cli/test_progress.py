"""The progress that a long command shows: on a terminal only, and never in the way of what comes next."""

from __future__ import annotations

import contextlib
import itertools
import re

import pytest

from geo.cli.progress import Progress


def strip_controls(text: str) -> str:
    """Return what stays on the terminal's lines: no controls, and nothing that a carriage return has overwritten."""
    plain = re.sub(r"\x1b\[\?25[lh]", "", text)
    return "\n".join(line.rpartition("\r")[2].rstrip() for line in plain.split("\n"))


def make_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make stderr a terminal, and the clock one that ticks once a second."""
    ticks = itertools.count()
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setattr("time.monotonic", lambda: float(next(ticks)))


def test_points_are_counted_with_their_pace(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A slower pace covers the faster one before it, and the line ends when the work does."""
    make_terminal(monkeypatch)
    with contextlib.closing(Progress()) as progress:
        progress.add(2_000_000)
        shown = capsys.readouterr().err
        progress.add(1)
    assert strip_controls(shown) == "2,000,000 points, 2,000,000 a second"
    assert strip_controls(capsys.readouterr().err) == "2,000,001 points, 1,000,000 a second\n"


def test_each_step_has_a_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Every step shows its name and how much is done, on a line of its own."""
    make_terminal(monkeypatch)
    with contextlib.closing(Progress()) as progress:
        for label, of in (("Reading", 2), ("Measuring", 1)):
            for done in range(of + 1):
                progress.tell(label, done, of)
    first, second, rest = strip_controls(capsys.readouterr().err).split("\n")
    assert first.startswith("Reading") and "100%" in first
    assert second.startswith("Measuring") and "100%" in second
    assert rest == ""


def test_an_error_begins_its_own_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Work that breaks off ends the line of its progress."""
    make_terminal(monkeypatch)
    with pytest.raises(ValueError, match="broken"), contextlib.closing(Progress()) as progress:
        progress.add(1)
        raise ValueError("broken")
    assert strip_controls(capsys.readouterr().err).endswith(" a second\n")


def test_nothing_is_shown_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    """In a file or a pipe there is no progress."""
    with contextlib.closing(Progress()) as progress:
        progress.add(5)
        progress.tell("Reading", 1, 2)
    assert capsys.readouterr().err == ""
