"""The slide: everything on it is native and described, and it says what it was made from."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from pptx import Presentation
from pptx.util import Mm

from geo import slides, wording
from geo.briefing import Briefing, build_briefing
from geo.front import find_front
from geo.scenario import find_scenario


@pytest.fixture(scope="module")
def dnipro() -> Briefing:
    return build_briefing(find_scenario("dnipro-line"), find_front("2025-03-27"), marking="FOR EXERCISE")


@pytest.fixture(scope="module")
def data(dnipro: Briefing) -> bytes:
    return slides.render_pptx(dnipro)


@pytest.fixture(scope="module")
def shapes(data: bytes) -> dict[str, Any]:
    return {shape.name: shape for shape in Presentation(io.BytesIO(data)).slides[0].shapes}


def test_title_is_the_slides_own(data: bytes, dnipro: Briefing) -> None:
    """An outline view finds the title, on one wide slide under 2 MB."""
    presentation = Presentation(io.BytesIO(data))
    assert len(data) < 2_000_000
    assert len(presentation.slides) == 1
    assert presentation.slides[0].shapes.title.text == dnipro.scenario.title
    assert presentation.slide_width / presentation.slide_height == pytest.approx(16 / 9, rel=1e-3)


def test_picture_has_both_levels_of_alternative_text(shapes: dict[str, Any], dnipro: Briefing) -> None:
    """What is drawn and what it shows, the same words as in every other format."""
    about = shapes["Map"]._element.nvPicPr.cNvPr
    assert (about.get("title"), about.get("descr")) == (dnipro.alt_short, dnipro.alt_long)
    with Image.open(io.BytesIO(shapes["Map"].image.blob)) as picture:
        picture.load()
        shape = shapes["Map"]
        assert picture.width / picture.height == pytest.approx(shape.width / shape.height, rel=0.01)


def test_table_is_native_and_complete(shapes: dict[str, Any], dnipro: Briefing) -> None:
    """Every zone has a row of figures that can be edited, the total last."""
    rows = [[cell.text for cell in row.cells] for row in shapes["Distances"].table.rows]
    expected = [[row.zone, *wording.describe_cells(row)] for row in dnipro.metrics.rows]
    assert rows == [list(wording.COLUMNS), *expected]


def test_sources_stand_in_footer_and_notes(data: bytes, shapes: dict[str, Any], dnipro: Briefing) -> None:
    """The footer names definition, caveats and sources; the notes also every claim with who said it."""
    footer = shapes["Sources"].text_frame.text
    assert wording.describe_sources(dnipro) in footer
    assert wording.describe_front(dnipro.front) in footer
    assert all(caveat in footer for caveat in dnipro.caveats)
    notes = Presentation(io.BytesIO(data)).slides[0].notes_slide.notes_text_frame.text
    for claim in dnipro.claims:
        assert wording.describe_attribution(claim, dnipro) in notes
    assert dnipro.front.definition_text in notes


def test_marking_stands_twice(shapes: dict[str, Any]) -> None:
    """At the top and the bottom."""
    top, bottom = shapes["Marking, top"], shapes["Marking, bottom"]
    assert top.text_frame.text == bottom.text_frame.text == "FOR EXERCISE"
    assert top.top < Mm(10) < Mm(175) < bottom.top


def test_no_marking_is_invented(make_briefing: Callable[..., Briefing]) -> None:
    """Without one asked for there is none."""
    slide = Presentation(io.BytesIO(slides.render_pptx(make_briefing()))).slides[0]
    assert not [shape for shape in slide.shapes if "Marking" in shape.name]


def test_times_are_the_fronts_day(data: bytes, dnipro: Briefing) -> None:
    """Title, subject and keywords are set, and no time of writing is given away."""
    about = Presentation(io.BytesIO(data)).core_properties
    assert about.title == dnipro.scenario.title
    assert about.subject == dnipro.alt_short
    assert "dnipro-line" in about.keywords
    assert about.created.date() == about.modified.date() == dnipro.front.as_of


def test_many_zones_and_hostile_text(make_briefing: Callable[..., Briefing]) -> None:
    """Thirty zones of endless names leave a table that fits, and control characters do not break the file."""
    hostile = make_briefing(
        tuple(f"{number} \x00\x0b</a:t> " + "Щ" * 80 for number in range(30)), "\x00\ufffe<&>"
    )
    slide = Presentation(io.BytesIO(slides.render_pptx(hostile))).slides[0]
    table = next(shape for shape in slide.shapes if shape.name == "Distances")
    assert len(table.table.rows) == 12
    assert "21 more zones" in table.table.cell(10, 0).text
