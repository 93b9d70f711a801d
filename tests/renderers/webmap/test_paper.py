"""The printed page is the sheet of a PDF: the same words in the same places, around the same frame."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geo.briefing import sections
from geo.briefing.briefing import Briefing, build_briefing
from geo.fronts.reading import find_front
from geo.renderers import figure
from geo.renderers.figure import layout
from geo.renderers.figure.sheet import PAGES, Drawing
from geo.renderers.webmap import paper
from geo.scenarios.scenario import read_scenarios
from tests.made_up.options import build_options

ORDER = (sections.DISTANCES, sections.STRIPS, sections.FORCES, sections.CARE)


def read_places(drawing: Drawing) -> dict[str, tuple[float, float]]:
    """Return where each line of text stands that stands there once, x and y in millimetres."""
    texts = [mark.content for mark in drawing.marks if mark.kind == "text"]
    words = [text for _, _, text, _ in texts]
    return {text: (x, y) for x, y, text, _ in texts if words.count(text) == 1}


@pytest.mark.parametrize("name", read_scenarios())
def test_paper_and_pdf_are_one_layout(briefing_of: Callable[[str], Briefing], name: str) -> None:
    """Heading, table, strips, arithmetic, caveats, legend and imprint stand in one order and in the same places."""
    briefing = briefing_of(name)
    drawn, printed = figure.build_printout(briefing), layout.build_paper(briefing)
    one, other = read_places(drawn.drawing), read_places(printed.drawing)
    assert [other[heading][1] for heading in ORDER] == sorted(other[heading][1] for heading in ORDER)
    for heading in (*ORDER, briefing.scenario.title, sections.KICKER, briefing.caveats[0]):
        assert one[heading][0] == other[heading][0]
        assert one[heading][1] == pytest.approx(other[heading][1], abs=2.6)  # a line of fine print
    frame = drawn.maps[0].view.frame
    for side in ("left", "right", "top", "bottom"):
        assert getattr(printed.frame, side) == pytest.approx(getattr(frame, side), abs=2.6)
    below = other["State border"]
    assert frame.left <= below[0] <= frame.right and below[1] > printed.frame.bottom


def test_paper_says_its_own_projection(make_briefing: Callable[..., Briefing]) -> None:
    """The map of a page is in Web Mercator, that of a PDF is not, and each says so."""
    briefing = make_briefing()
    svg = paper.render_paper(layout.build_paper(briefing))
    assert "Web Mercator" in svg and "Lambert" not in svg
    assert svg.count("<svg") == 1 and "data-map=" in svg


@pytest.mark.parametrize("page", ["a4", "letter"])
def test_both_papers_hold_the_same(make_briefing: Callable[..., Briefing], page: str) -> None:
    """A sheet of Letter has what one of A4 has, within its margins, and says for which paper its scale holds."""
    size = PAGES[page]
    drawing = layout.build_figure(make_briefing(), size).drawing
    places = [mark.content for mark in drawing.marks if mark.kind == "text"]
    words = [text for _, _, text, _ in places]
    assert all(heading in words for heading in ORDER)
    assert any(text.endswith(f"at {size.title}") for text in words)
    assert all(0 < x < size.width_mm and y <= size.height_mm - size.margin_mm for x, y, *_ in places)


@pytest.mark.parametrize("name", ["islands", "crossing-the-front", "tiny"])
def test_the_legend_ends_above_the_imprint(name: str) -> None:
    """It has room for the sign of lines of equal distance, which may come later."""
    briefing = build_briefing(build_options()[name], find_front("2025-03-27"))
    drawing = layout.build_paper(briefing).drawing
    texts = [(mark.part[0], mark.content[1]) for mark in drawing.marks if mark.kind == "text"]
    legend = [y for part, y in texts if part in ("legend", "isolines")]
    imprint = [y for part, y in texts if part not in ("legend", "isolines") and y > max(legend)]
    assert min(imprint) - max(legend) > 5
