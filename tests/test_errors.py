"""Messages are made of texts from files and names of files, none of which may act on a terminal."""

from __future__ import annotations

import pytest

from geo.errors import DataError, OutputError, Problem, UnknownNameError, UsageError, show


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]0;mine\x07", r"\x1b]0;mine\x07"),
        ("\x9b31m", r"\x9b31m"),
        ("\u202eabc", r"\u202eabc"),
        ("front-\udcff.geojson", r"front-\udcff.geojson"),
        ("two\nlines", r"two\nlines"),
        ("Київ, 1\u202f000 km, C:\\maps", "Київ, 1\u202f000 km, C:\\maps"),
    ],
)
def test_show(text: str, shown: str) -> None:
    """What a terminal would obey is spelled out, and what people read is left alone."""
    assert show(text) == shown
    assert show(text, lines=True) == shown.replace(r"two\nlines", text)


def test_every_error_is_safe_to_print() -> None:
    """A message holds no control character, and one line a problem, whatever name or text it was made of."""
    evil = "a\x1b[2J\nb\udc80\u202e"
    problems = [Problem(evil, evil, 0, evil), Problem("b", "c")]
    for error in (
        DataError(evil, problems),
        UnknownNameError("scenario", evil, [evil]),
        UsageError(evil),
        OutputError(evil),
    ):
        lines = str(error).split("\n")
        assert all(line.isprintable() for line in lines)
        assert len(lines) == (2 if isinstance(error, DataError) else 1)
