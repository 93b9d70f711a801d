"""Text on paper: its width, its line breaks, its letters."""

from __future__ import annotations

from pathlib import Path

import pytest
from matplotlib.font_manager import get_font

from geo.renderers.figure import advances, fonts
from geo.renderers.figure.fonts import Face

FACE = Face("sans", 8)
SENTENCE = "The nearest of 4 zones comes within about 150 km of the line of contact, near Oleksandriia."


def test_lines_are_no_wider_than_asked() -> None:
    """Each line fits, and together they hold every word in order."""
    lines = fonts.wrap(SENTENCE, FACE, 30)
    assert len(lines) > 2
    assert all(fonts.measure_mm(line, FACE) <= 30 for line in lines)
    assert " ".join(lines).replace("\N{NO-BREAK SPACE}", " ") == SENTENCE


def test_every_font_is_named_with_its_licence() -> None:
    """What draws the letters of a picture stands with its licence beside the program and in the guide."""
    root = Path(__file__).parents[3]
    for text in (root / "THIRD-PARTY.md", root / "docs/data.md"):
        words = text.read_text(encoding="utf-8").replace("\n", " ")
        for cut in advances.list_cuts():
            assert get_font(str(advances.find_file(cut))).family_name in words, text
        assert "Open Font License" in words and "Bitstream Vera licence" in words
    assert "THIRD-PARTY.md" in (root / "pyproject.toml").read_text(encoding="utf-8")


def test_a_number_stays_with_its_unit() -> None:
    """However narrow the column, no line begins with km."""
    for width in range(15, 60, 3):
        assert not any(line.startswith("km") for line in fonts.wrap(SENTENCE, FACE, width))


def test_a_word_wider_than_the_line_is_broken() -> None:
    """A name without spaces cannot leave its column."""
    lines = fonts.wrap("Щ" * 300, FACE, 20)
    assert all(fonts.measure_mm(line, FACE) <= 20 for line in lines)
    assert "".join(lines) == "Щ" * 300


def test_too_many_lines_end_in_an_ellipsis() -> None:
    """What does not fit is cut visibly, within the width."""
    lines = fonts.wrap(SENTENCE, FACE, 30, max_lines=2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert fonts.measure_mm(lines[-1], FACE) <= 30


def test_short_text_is_not_shortened() -> None:
    """Only what is too wide is cut."""
    assert fonts.shorten("Kyiv", FACE, 30) == "Kyiv"
    assert fonts.shorten(SENTENCE, FACE, 30).startswith("The nearest")


@pytest.mark.parametrize(
    "cut", ["sans", "sans-semibold", "sans-bold", "serif", "serif-semibold", "serif-italic"]
)
def test_ukrainian_letters_are_there(cut: str) -> None:
    """Every cut prints Ukrainian, its own letters or the fallback's, none as an empty box."""
    face = Face(cut, 8)
    alphabet = "АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯабвгґдеєжзиіїйклмнопрстуфхцчшщьюя’"
    assert fonts.clean(alphabet) == alphabet
    assert all(fonts.measure_mm(letter, face) > 0.3 for letter in alphabet)


def test_what_cannot_be_printed_is_replaced() -> None:
    """Control and direction characters go, line breaks become spaces, an unknown letter shows as one."""
    assert fonts.clean("a\x00b\nc\u202ed\U000f0000") == "a b cd\N{REPLACEMENT CHARACTER}"


def test_balanced_lines_are_of_like_length() -> None:
    """A heading of two lines does not end in a single word, and takes no more lines than it has to."""
    width = fonts.balance(SENTENCE, FACE, 90)
    lines = fonts.wrap(SENTENCE, FACE, width)
    assert len(lines) == len(fonts.wrap(SENTENCE, FACE, 90))
    assert fonts.measure_mm(lines[-1], FACE) > 0.6 * fonts.measure_mm(lines[0], FACE)
