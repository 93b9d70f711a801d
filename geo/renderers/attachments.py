"""What can be attached to a message: each format with its file name, rendered, its manifest inside."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from geo.errors import UsageError

if TYPE_CHECKING:
    from geo.briefing.briefing import Briefing
    from geo.briefing.comparison import Comparison

FORMATS = ("html", "png", "svg", "pdf", "pptx")
"""What a scenario is rendered to."""

COMPARISON_FORMATS = ("png", "svg", "pdf", "pptx")
"""What a comparison is rendered to, apart from what is printed."""

DRAWN = ("png", "svg", "pdf")
"""Those whose every letter is drawn with the fonts that come along; browsers and office programs have others."""

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


def validate_letters(marking: str | None, forms: Collection[str]) -> None:
    """Refuse a handling line that a drawn format would print otherwise than it was given.

    Raises
    ------
    UsageError
        One of `DRAWN` is asked for, and its fonts lack a letter of the line.
    """
    if not marking or not set(forms) & {*DRAWN}:
        return
    from geo.renderers.figure import fonts

    if missing := fonts.find_unknown(marking):
        drawn = ", ".join(form.upper() for form in DRAWN)
        raise UsageError(
            f"The fonts of {drawn} have no letters for “{missing}”, and a marking has to be exact. "
            "Write it in other letters, or ask for html or pptx alone."
        )


def describe_unknown_letters(briefing: Briefing) -> str | None:
    """Return a sentence on the letters of a scenario's texts that no picture can print, None where there are none."""
    from geo.renderers.figure import fonts

    scenario = briefing.scenario
    texts = [scenario.title, scenario.summary, *(zone.name for zone in scenario.zones)]
    texts += [zone.basis or "" for zone in scenario.zones]
    missing = fonts.find_unknown(" ".join(texts))
    if not missing:
        return None
    return (
        f"The fonts of PNG, SVG, PDF and of the slide's map have no letters for “{missing[:12]}”; "
        "\N{REPLACEMENT CHARACTER} stands in their place. HTML, and the words of a slide, keep them."
    )


def render_attachment(briefing: Briefing, form: str, page: str) -> bytes:
    """Return a briefing as a file of one of `FORMATS`, with its manifest inside."""
    from geo import provenance

    return provenance.seal_bytes(_render(briefing, form, page), form, provenance.build_manifest(briefing))


def render_comparison_page(comparison: Comparison, maps: Collection[str]) -> bytes:
    """Return a comparison as a page of HTML with its manifest inside; ``maps`` are the ids whose map lies beside it."""
    from geo import provenance
    from geo.renderers import webmap

    data = webmap.render_comparison(comparison, maps=maps)
    return provenance.seal_bytes(data, "html", provenance.build_comparison_manifest(comparison))


def render_gallery(briefings: Sequence[Briefing], *, has_comparison: bool) -> bytes:
    """Return the page that leads to the maps of a folder, with its manifest inside."""
    from geo import provenance
    from geo.renderers import webmap

    data = webmap.render_gallery(briefings, has_comparison=has_comparison)
    return provenance.seal_bytes(data, "html", provenance.build_gallery_manifest(briefings))


def render_comparison(comparison: Comparison, form: str, page: str) -> bytes:
    """Return a comparison as a file of one of `COMPARISON_FORMATS`, with its manifest inside."""
    from geo import provenance
    from geo.renderers import figure

    if form == "pptx":
        from geo.renderers import slides

        data = slides.render_comparison_pptx(comparison)
    else:
        renderers = {"png": figure.render_png, "svg": figure.render_svg, "pdf": figure.render_pdf}
        data = renderers[form](figure.build_printout(comparison, figure.PAGES[page]))
    return provenance.seal_bytes(data, form, provenance.build_comparison_manifest(comparison))


def _render(briefing: Briefing, form: str, page: str) -> bytes:
    if form == "html":
        from geo.renderers import webmap

        return webmap.render_html(briefing)
    if form == "pptx":
        from geo.renderers import slides

        return slides.render_pptx(briefing)
    from geo.renderers import figure

    renderers = {"png": figure.render_png, "svg": figure.render_svg, "pdf": figure.render_pdf}
    return renderers[form](figure.build_printout(briefing, figure.PAGES[page]))
