"""What Python shows is saved as the commands save it: in the same formats, with the same manifest."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from geo.briefing import briefing, comparison
from geo.briefing.briefing import Briefing
from geo.briefing.comparison import Comparison
from geo.briefing.imprint import Imprint
from geo.errors import UsageError
from geo.files import saving
from geo.library import pairing
from geo.library.given import Day, read_day, read_text
from geo.renderers import attachments, formats, names
from geo.renderers.formats import Shown


def save_briefing(
    shown: Briefing,
    path: str | PathLike[str],
    *,
    page: str,
    marking: str | None,
    issued: Day | None,
    contact: str | None,
) -> Path:
    """Save a briefing as ``geo render`` does, or as ``geo export`` does where the ending is of data."""
    suffix = formats.find_suffix(str(path), "render", "export")
    command = "render" if suffix in formats.find_suffixes("render") else "export"
    line = _validate_options(page, marking, suffix)
    if line and command == "export":
        raise UsageError(f"{path}: a data file has no place for a marking. Leave it out, or save a page.")
    imprint = build_imprint(issued, contact)
    pairing.validate_briefing(shown)
    return save(Shown(briefing.issue_briefing(shown, marking=line, imprint=imprint), page), path, command)


def save_comparison(
    shown: Comparison,
    path: str | PathLike[str],
    *,
    page: str,
    marking: str | None,
    issued: Day | None,
    contact: str | None,
) -> Path:
    """Save a comparison as ``geo compare`` does."""
    line = _validate_options(page, marking, formats.find_suffix(str(path), "compare"))
    imprint = build_imprint(issued, contact)
    for each in shown.briefings:
        pairing.validate_briefing(each)
    issue = [briefing.issue_briefing(each, marking=line, imprint=imprint) for each in shown.briefings]
    beside = names.find_maps_beside(Path(path).parent, [each.scenario for each in issue], shown.front)
    return save(Shown(comparison.combine_briefings(issue, shown.front), page, beside), path, "compare")


def save(shown: Shown, path: str | PathLike[str], command: str) -> Path:
    """Save what a command shows in the format of the path's ending, and return the path.

    Raises
    ------
    GeoError
        The command has no format of that ending, or the file cannot be written.
    """
    file = Path(path)
    saving.save_bytes(formats.render_file(shown, command, formats.find_suffix(str(path), command)), file)
    return file


def build_imprint(issued: Day | None, contact: str | None) -> Imprint:
    """Return the day of issue and whom to ask, checked as the commands' options are."""
    return Imprint(read_day("issued", issued), attachments.validate_contact(read_text("contact", contact)))


def _validate_options(page: str, marking: str | None, suffix: str) -> str | None:
    """Return the handling line as it will be printed, once it and the page are such as the commands take."""
    validate_page(page)
    line = attachments.validate_marking(read_text("marking", marking))
    attachments.validate_letters(line, [suffix])
    return line


def validate_page(page: str) -> str:
    """Return the size of a page, or raise `UsageError` for one that the commands do not have."""
    if page not in attachments.PAGES:
        raise UsageError(f"page={page!r} is none of {', '.join(attachments.PAGES)}.")
    return page
