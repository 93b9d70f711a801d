"""How the marks of a page become what matplotlib draws."""

from __future__ import annotations

import io
from typing import Any
from unittest.mock import patch

import matplotlib
import numpy as np
import pytest
from matplotlib.backends.backend_pdf import RendererPdf
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font
from matplotlib.text import Text
from PIL import Image

from geo.renderers.figure import artists, files
from geo.renderers.figure.fonts import Face
from geo.renderers.figure.sheet import Drawing, PageSize, Sheet


def draw(kind: Any, form: str, words: str = "AVA, 590 km", cut: str = "serif-italic", **look: Any) -> bytes:
    """Return a picture with one line of text."""
    with matplotlib.rc_context(files.SETTINGS):
        figure, stream = Figure(figsize=(3, 1)), io.BytesIO()
        font = artists.derive_properties(cut, 9)
        figure.add_artist(kind(0.5, 0.5, words, fontproperties=font, parse_math=False, **look))
        save: Any = figure.savefig
        dated = {"pdf": "CreationDate", "svg": "Date"}.get(form)
        save(stream, format=form, metadata={dated: None} if dated else None)
    return stream.getvalue()


@pytest.mark.parametrize("form", ["pdf", "svg"])
@pytest.mark.parametrize("turn", [0, 30])
@pytest.mark.parametrize("align", ["left", "center", "right"])
def test_a_line_is_drawn_as_matplotlib_draws_its_text(align: str, turn: int, form: str) -> None:
    """To the byte, wherever it is set."""
    look: dict[str, Any] = {
        "ha": align,
        "va": "baseline",
        "rotation": turn,
        "rotation_mode": "anchor",
        "color": "#123456",
    }
    assert draw(artists.Line, form, **look) == draw(Text, form, **look)


@pytest.mark.parametrize(("words", "cut"), [("AVA, 590 km", "serif-italic"), ("HE — |", "sans")])
@pytest.mark.parametrize("turn", [0, 30])
@pytest.mark.parametrize("align", ["left", "right"])
def test_a_line_in_dots_looks_as_matplotlib_draws_its_text(
    align: str, turn: int, words: str, cut: str
) -> None:
    """As much ink, at the same place; letters of upright strokes are not moved to whole dots."""
    look: dict[str, Any] = {
        "ha": align,
        "va": "baseline",
        "rotation": turn,
        "rotation_mode": "anchor",
        "color": "#000000",
    }
    both = (weigh(draw(kind, "png", words, cut, **look)) for kind in (artists.Line, Text))
    (ours, where), (usual, there) = both
    assert ours == pytest.approx(usual, rel=0.02)
    assert where == pytest.approx(there, abs=0.15)  # dots


def weigh(picture: bytes) -> tuple[float, list[float]]:
    """Return how much ink there is in a picture, in dots, and where its middle lies."""
    with Image.open(io.BytesIO(picture)) as opened:
        ink = 1 - np.asarray(opened.convert("L")) / 255
    places = np.indices(ink.shape)
    return float(ink.sum()), ((ink * places).sum(axis=(1, 2)) / ink.sum()).tolist()


def test_letters_without_outlines_leave_no_trace() -> None:
    """A blank of Braille is a letter, and no space that is left out."""
    about: dict[str, Any] = {"title": "T", "description": "D"}
    blank = "\N{BRAILLE PATTERN BLANK}"
    assert files.write_png(say(blank, rim=(0.4, "#ff0000")), **about) == files.write_png(say(""), **about)


def test_the_fallback_is_asked_for_only_where_it_is_needed() -> None:
    """Matplotlib searches all fonts for each that is named, for each line that it draws."""
    face = Face("sans", 9)
    assert len(artists.find_properties("Київ, 590 km", face).get_family()) == 1
    assert len(artists.find_properties("590 km \N{BRAILLE PATTERN BLANK}", face).get_family()) == 2


def test_lines_that_begin_at_their_place_are_not_measured() -> None:
    """Measuring takes as long as drawing; only what is centred or ends at its place needs its width."""
    asked: list[str] = []
    measure: Any = RendererPdf.get_text_width_height_descent

    def ask(self: Any, words: str, *arguments: Any) -> Any:
        asked.append(words)
        return measure(self, words, *arguments)

    with patch.object(RendererPdf, "get_text_width_height_descent", ask):
        write_pdf(say("here", align="left"), say("there", align="right"))
    assert asked == ["there"]


@pytest.mark.skipif(not hasattr(FT2Font, "_layout"), reason="matplotlib before 3.11 has to load letters")
def test_a_pdf_is_written_without_loading_outlines() -> None:
    """They are in its fonts; a page has tens of thousands of letters."""
    from matplotlib import _text_helpers

    usual = _text_helpers.layout
    with patch.object(_text_helpers, "layout", side_effect=AssertionError("outlines are loaded")) as loading:
        write_pdf(say("here"))
        assert _text_helpers.layout is loading  # as before
    assert _text_helpers.layout is usual


@pytest.mark.skipif(not hasattr(FT2Font, "_layout"), reason="matplotlib before 3.11 lays lines out elsewhere")
def test_a_line_is_laid_out_once_for_every_page_it_stands_on() -> None:
    """In one size that is, for another has other places for its letters; a user's own pictures are left alone."""
    lay_out: Any = FT2Font._layout
    files._lay_out.cache_clear()
    with patch.object(files, "_LAY_OUT", side_effect=lay_out) as laid_out:
        twice = write_pdf(say("AVA, 590 km"), say("AVA, 590 km"))
        assert laid_out.call_count == 1
        write_pdf(say("AVA, 590 km", size_pt=9.1))
        assert laid_out.call_count == 2
    assert FT2Font._layout is lay_out
    files._lay_out.cache_clear()
    assert write_pdf(say("AVA, 590 km"), say("AVA, 590 km")) == twice


@pytest.mark.parametrize("form", [files.write_png, files.write_svg])
def test_the_order_of_formats_changes_nothing(form: Any) -> None:
    """The formats share a figure; rims of letters come out the same when a PDF is the first to draw it."""
    artists.derive_halo.cache_clear()
    first, about = say("Київ", rim=(0.4, "#ffffff")), {"title": "T", "description": "D"}
    alone = form(first, **about)
    artists.derive_halo.cache_clear()
    second = say("Київ", rim=(0.4, "#ffffff"))
    pdf = write_pdf(second)
    assert form(second, **about) == alone
    assert write_pdf(first) == pdf


def say(words: str, *, size_pt: float = 9, **look: Any) -> Drawing:
    sheet = Sheet(PageSize("small", 60, 20, 0))
    sheet.text(30, 10, words, Face("sans", size_pt), **look)
    return sheet.finish()


def write_pdf(*drawings: Drawing) -> bytes:
    return files.write_pdf(drawings, title="T", subject="S", keywords=["k"])
