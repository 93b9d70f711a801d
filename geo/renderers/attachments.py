"""What holds for files of every format: the handling line, letters that fonts lack; and the gallery."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from geo.errors import UsageError
from geo.provenance import seal, text
from geo.provenance.manifest import build_gallery_manifest
from geo.renderers.formats import FORMATS

if TYPE_CHECKING:
    from geo.briefing.briefing import Briefing

PAGES = ("a4", "letter", "16x9")
"""The sizes a figure is drawn in; a slide is always 16x9."""

MARKING_LENGTH = 100
CONTACT_LENGTH = 160


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


def validate_contact(text: str | None) -> str | None:
    """Return whom to ask as it will be printed, None for nobody.

    Raises
    ------
    UsageError
        It is longer than a line or two, or holds characters that cannot be printed.
    """
    contact = " ".join((text or "").split())
    if len(contact) > CONTACT_LENGTH or not contact.isprintable():
        raise UsageError(
            f"The contact has to be one line of at most {CONTACT_LENGTH} letters, digits and signs."
        )
    return contact or None


def validate_letters(marking: str | None, forms: Collection[str]) -> None:
    """Refuse a handling line that a drawn format would print otherwise than it was given.

    Raises
    ------
    UsageError
        A format that is drawn is asked for, and its fonts lack a letter of the line.
    """
    drawn = [suffix for suffix, form in FORMATS.items() if form.is_drawn]
    if not marking or not set(forms) & {*drawn}:
        return
    from geo.renderers.figure import fonts

    if missing := fonts.find_unknown(marking):
        raise UsageError(
            f"The fonts of {', '.join(drawn).upper()} have no letters for “{missing}”, and a marking has to be exact. "
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


def render_gallery(briefings: Sequence[Briefing], *, has_comparison: bool) -> bytes:
    """Return the page that leads to the maps of a folder, with its manifest inside."""
    from geo.renderers.webmap import gallery

    data = gallery.render_gallery(briefings, has_comparison=has_comparison)
    return seal.seal_bytes(data, text.HTML, build_gallery_manifest(briefings))
