"""A briefing becomes the bytes of a file to attach."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from geo import numerals
from geo.briefing import sections
from geo.briefing.briefing import Briefing
from geo.briefing.comparison import Comparison
from geo.renderers.figure import compare, files, layout, limits, pages
from geo.renderers.figure.sheet import PAGES, Page


@files.with_settings
def render_png(briefing: Briefing, page: Page = PAGES["a4"], *, dpi: float = files.DPI) -> bytes:
    """Return the figure as a PNG.

    Raises
    ------
    UsageError
        If the page at this number of dots per inch would be too large to draw.
    """
    limits.validate_size(page, dpi)
    sheet = layout.build_figure(briefing, page).sheet
    return files.write_png(sheet, title=briefing.alt_short, description=briefing.alt_long, dpi=dpi)


@files.with_settings
def render_svg(briefing: Briefing, page: Page = PAGES["a4"]) -> bytes:
    """Return the figure as an SVG with title and description."""
    sheet = layout.build_figure(briefing, page).sheet
    return files.write_svg(sheet, title=briefing.alt_short, description=briefing.alt_long)


@files.with_settings
def render_pdf(briefing: Briefing, page: Page = PAGES["a4"]) -> bytes:
    """Return a PDF: the figure, then the pages with all figures, claims and the method."""
    sheets = [layout.build_figure(briefing, page).sheet, *pages.build_pages(briefing, page)]
    return files.write_pdf(
        sheets, title=briefing.scenario.title, subject=briefing.alt_long, keywords=derive_keywords(briefing)
    )


@dataclass(frozen=True)
class Picture:
    """A map as PNG, and the zones (from 0) that it names by a number of its table."""

    data: bytes
    numbered: frozenset[int]


@files.with_settings
def render_map_png(
    briefing: Briefing, width_mm: float, height_mm: float, *, listed: Collection[int], dpi: float = files.DPI
) -> Picture:
    """Return the map alone as a PNG of the given size, for a slide that has its words elsewhere.

    ``listed`` are the zones (from 0) that stand in the slide's table, so that a number on the map can be looked up.
    """
    limits.validate_size(Page("map", width_mm, height_mm, 0), dpi)
    built = layout.build_map(briefing, width_mm, height_mm, listed=listed)
    data = files.write_png(built.sheet, title=briefing.alt_short, description=briefing.alt_long, dpi=dpi)
    return Picture(data, built.map.numbered)


def derive_keywords(briefing: Briefing) -> list[str]:
    """Return what a search in a folder of documents should find the file by."""
    front = briefing.front
    countries = sorted({zone.country for zone in briefing.scenario.zones if zone.country})
    return [briefing.scenario.id, front.kind, numerals.format_date(front.as_of), *countries, "illustrative"]


@files.with_settings
def render_comparison_png(
    comparison: Comparison, page: Page = PAGES["a4"], *, dpi: float = files.DPI
) -> bytes:
    """Return the figure of a comparison as a PNG."""
    limits.validate_size(page, dpi)
    sheet = compare.build_comparison_figure(comparison, page)
    return files.write_png(sheet, title=comparison.alt_short, description=comparison.alt_long, dpi=dpi)


@files.with_settings
def render_comparison_svg(comparison: Comparison, page: Page = PAGES["a4"]) -> bytes:
    """Return the figure of a comparison as an SVG with title and description."""
    sheet = compare.build_comparison_figure(comparison, page)
    return files.write_svg(sheet, title=comparison.alt_short, description=comparison.alt_long)


@files.with_settings
def render_comparison_pdf(comparison: Comparison, page: Page = PAGES["a4"]) -> bytes:
    """Return a PDF: the figure of a comparison, then for each scenario the pages with its figures and claims."""
    sheets = [compare.build_comparison_figure(comparison, page)]
    for briefing in comparison.briefings:
        sheets += pages.build_pages(briefing, page, before=len(sheets))
    keywords = [word for each in comparison.briefings for word in derive_keywords(each)]
    return files.write_pdf(
        sheets, title=sections.COMPARISON, subject=comparison.alt_long, keywords=list(dict.fromkeys(keywords))
    )


@files.with_settings
def render_comparison_maps_png(
    comparison: Comparison, width_mm: float, height_mm: float, *, dpi: float = files.DPI
) -> bytes:
    """Return the maps of a comparison as a PNG of the given size, for a slide that has the table itself."""
    limits.validate_size(Page("maps", width_mm, height_mm, 0), dpi)
    sheet = compare.build_comparison_maps(comparison, width_mm, height_mm)
    return files.write_png(sheet, title=comparison.alt_short, description=comparison.alt_long, dpi=dpi)
