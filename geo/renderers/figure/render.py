"""A briefing or a comparison is laid out on a page once, and becomes the bytes of a PNG, SVG and PDF."""

from __future__ import annotations

from geo import numerals
from geo.briefing import sections
from geo.briefing.briefing import Briefing
from geo.briefing.changes import Changes
from geo.briefing.comparison import Comparison
from geo.renderers.figure import changed, compare, files, layout, pages
from geo.renderers.figure.layout import Printout
from geo.renderers.figure.sheet import PAGES, PageSize

build_map = files.with_settings(layout.build_map)
build_comparison_maps = files.with_settings(compare.build_comparison_maps)


@files.with_settings
def build_printout(shown: Briefing | Comparison | Changes, page: PageSize = PAGES["a4"]) -> Printout:
    """Lay a briefing, a comparison or what changed out on a page, for all the formats it is written to."""
    if isinstance(shown, Changes):
        return changed.build_figure(shown, page)
    if isinstance(shown, Comparison):
        return compare.build_comparison_figure(shown, page)
    return layout.build_figure(shown, page)


def render_png(printout: Printout, *, dpi: float = files.DPI) -> bytes:
    """Return what was laid out as a PNG.

    Raises
    ------
    UsageError
        If the page at this number of dots per inch would be too large to draw.
    """
    shown = printout.shown
    return files.write_png(printout.drawing, title=shown.alt_short, description=shown.alt_long, dpi=dpi)


def render_svg(printout: Printout) -> bytes:
    """Return what was laid out as an SVG with title and description."""
    shown = printout.shown
    return files.write_svg(printout.drawing, title=shown.alt_short, description=shown.alt_long)


@files.with_settings
def render_pdf(printout: Printout) -> bytes:
    """Return a PDF: what was laid out, then for each scenario the pages with all figures, claims and the method."""
    shown, drawings = printout.shown, [printout.drawing]
    for briefing in _list_briefings(shown):
        drawings += pages.build_pages(briefing, printout.drawing.page, before=len(drawings))
    title = sections.COMPARISON if isinstance(shown, Comparison) else shown.scenario.title
    return files.write_pdf(drawings, title=title, subject=shown.alt_long, keywords=derive_keywords(shown))


def derive_keywords(shown: Briefing | Comparison) -> list[str]:
    """Return what a search in a folder of documents should find the file by, each word once."""
    words: dict[str, None] = {}
    for briefing in _list_briefings(shown):
        countries = sorted({zone.country for zone in briefing.scenario.zones if zone.country})
        day = numerals.format_date(briefing.front.as_of)
        words |= dict.fromkeys([briefing.scenario.id, briefing.front.kind, day, *countries, "illustrative"])
    return list(words)


def _list_briefings(shown: Briefing | Comparison) -> tuple[Briefing, ...]:
    return shown.briefings if isinstance(shown, Comparison) else (shown,)
