"""A briefing or a comparison is laid out on a page once, and becomes the bytes of a PNG, SVG and PDF."""

from __future__ import annotations

from geo.briefing import sections
from geo.briefing.briefing import Briefing
from geo.briefing.changes import Changes
from geo.briefing.comparison import Comparison, derive_keywords, list_briefings
from geo.renderers.figure import changed, compare, files, layout, pages
from geo.renderers.figure.layout import Printout
from geo.renderers.figure.sheet import PAGES, PageSize


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
    for briefing in list_briefings(shown):
        drawings += pages.build_pages(briefing, printout.drawing.page, before=len(drawings))
    title = sections.COMPARISON if isinstance(shown, Comparison) else shown.scenario.title
    return files.write_pdf(drawings, title=title, subject=shown.alt_long, keywords=derive_keywords(shown))
