"""What can be attached to a message: each format with its file name, rendered, its manifest inside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from geo.errors import UsageError

if TYPE_CHECKING:
    from geo.briefing import Briefing
    from geo.comparison import Comparison

FORMATS = ("html", "png", "svg", "pdf", "pptx")
"""What a scenario is rendered to."""

COMPARISON_FORMATS = ("png", "svg", "pdf", "pptx")
"""What a comparison is rendered to, apart from what is printed."""

PAGES = ("a4", "16x9")
"""The sizes a figure is drawn in; a slide is always 16x9."""

MARKING_LENGTH = 100


def name_file(name: str, form: str, page: str, as_of: date) -> str:
    """Return the name of a file: scenario, page and the front's day; a page of HTML keeps the scenario's alone."""
    if form == "html":
        return f"{name}.html"
    return f"{name}_{'16x9' if form == 'pptx' else page}_{as_of:%Y%m%d}.{form}"


def validate_marking(text: str | None) -> str | None:
    """Return a handling line as it will be printed, None for none.

    Raises
    ------
    UsageError
        If it is longer than a line, or holds characters that cannot be printed.
    """
    if text is None or not text.strip():
        return None
    marking = " ".join(text.split())
    if len(marking) > MARKING_LENGTH:
        raise UsageError(
            f"The marking has {len(marking)} characters; at most {MARKING_LENGTH} fit on a line."
        )
    if not marking.isprintable():
        raise UsageError(
            "The marking holds characters that cannot be printed. Use letters, digits and signs."
        )
    return marking


def render_attachment(briefing: Briefing, form: str, page: str) -> bytes:
    """Return a briefing as a file of one of `FORMATS`, with its manifest inside."""
    from geo import provenance

    return provenance.seal_bytes(_render(briefing, form, page), form, provenance.build_manifest(briefing))


def render_comparison(comparison: Comparison, form: str, page: str) -> bytes:
    """Return a comparison as a file of one of `COMPARISON_FORMATS`, with its manifest inside."""
    from geo import figure, provenance

    if form == "pptx":
        from geo import slides

        data = slides.render_comparison_pptx(comparison)
    else:
        renderers: dict[str, Callable[[Comparison, figure.Page], bytes]] = {
            "png": figure.render_comparison_png,
            "svg": figure.render_comparison_svg,
            "pdf": figure.render_comparison_pdf,
        }
        data = renderers[form](comparison, figure.PAGES[page])
    return provenance.seal_bytes(data, form, provenance.build_comparison_manifest(comparison))


def _render(briefing: Briefing, form: str, page: str) -> bytes:
    if form == "html":
        from geo import webmap

        return webmap.render_html(briefing)
    if form == "pptx":
        from geo import slides

        return slides.render_pptx(briefing)
    from geo import figure

    renderers: dict[str, Callable[[Briefing, figure.Page], bytes]] = {
        "png": figure.render_png,
        "svg": figure.render_svg,
        "pdf": figure.render_pdf,
    }
    return renderers[form](briefing, figure.PAGES[page])
