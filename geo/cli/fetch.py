"""``geo fronts fetch``: a newer front from its publisher, an address or a file, when the user asks for it."""

from __future__ import annotations

import contextlib
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from geo.cli import chosen, messages, options
from geo.cli.progress import Progress
from geo.errors import DataError, UsageError

if TYPE_CHECKING:
    from geo.fronts.published.publishers import Publisher
    from geo.fronts.published.storing import Stored
    from geo.fronts.published.wishes import Failure

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument(
    "given",
    required=False,
    metavar="[SOURCE|URL|FILE]",
    shell_complete=lambda ctx, param, start: _complete(start),
)
@click.option(
    "--date", "day", type=_DAY, metavar="DAY", help="The front of this day (2026-08-22). Default: the newest."
)
@click.option("--since", type=_DAY, metavar="DAY", help="The front of every day from this one to today.")
@click.option(
    "--accept-terms", is_flag=True, help="Accept the publisher's terms without being asked, as scripts do."
)
@click.option("--sha256", metavar="HEX", help="Take the file only if this is its SHA-256.")
@options.with_choice
@options.with_facts
@messages.with_quiet
def fetch(
    given: str | None,
    day: datetime | None,
    since: datetime | None,
    accept_terms: bool,
    sha256: str | None,
) -> None:
    """Fetch a newer front once, for --front; without SOURCE, list where fronts are published and on which terms.

    SOURCE is one of that list. URL is any web address of a file of lines or of the occupied area; {YYYY}, {MM} and {DD}
    in it stand for the day. FILE is such a file on this machine, or an archive (.zip) with a dated one for each day.
    What comes is checked and kept in your data folder (GEO_DATA names another), so it is there offline from then on.

    \b
    Examples:
      geo fronts fetch
      geo fronts fetch viina
      geo fronts fetch deepstate-archive --since 2026-08-01
      geo fronts fetch https://example.org/fronts/{YYYY}{MM}{DD}.geojson --date 2026-08-22
    """
    from geo.briefing import fetching as words
    from geo.fronts.published import publishers

    if given is None:
        messages.say("\n\n".join(map(words.describe_publisher, publishers.read_publishers().values())))
        return
    if day and since:
        raise UsageError("--date and --since contradict each other. Give one of them.")
    publisher = _take_facts(publishers.find_publisher(given))
    _ask_terms(publisher, accept_terms)
    found, failures = _fetch(publisher, day, since, sha256)
    if found:
        messages.note_front(max(found, key=lambda each: each.front.as_of).front)
    for sentence in words.sum_up(found, failures):
        messages.note(sentence)
    if not all(each.is_missing for each in failures):
        raise click.exceptions.Exit(1)


def _take_facts(publisher: Publisher) -> Publisher:
    """Return a publisher with what ``--source`` and ``--licence`` say of fronts whose publisher is not in the table.

    Raises
    ------
    UsageError
        It is in the table, which says both.
    """
    from geo.fronts.published import publishers

    said = chosen.read_facts()
    if publisher.citation and (said["source"] or said["licence"]):
        raise UsageError(f"--source and --licence of {publisher.id} are known. Leave them out.")
    return publishers.with_facts(publisher, source=said["source"], licence=said["licence"])


def _ask_terms(publisher: Publisher, accepts: bool) -> None:
    """Show who publishes what and on which terms, and go on only where the user accepts; once for each publisher.

    Raises
    ------
    UsageError
        Nobody can be asked, or the user does not accept.
    """
    from geo.briefing import fetching as words
    from geo.fronts.published import acceptance

    if acceptance.has_accepted(publisher):
        return
    if not accepts and not _is_terminal():
        raise UsageError(words.refuse_terms(publisher))
    messages.say(words.describe_terms(publisher), err=True)
    if not accepts and not click.confirm(words.ASK, err=True):
        raise UsageError("The terms were not accepted, so nothing was fetched.")
    acceptance.save_acceptance(publisher)


def _is_terminal() -> bool:
    return sys.stdin.isatty()


def _fetch(
    publisher: Publisher, day: datetime | None, since: datetime | None, sha256: str | None
) -> tuple[list[Stored], list[Failure]]:
    """Fetch what is asked for, and say so of each front; return what was stored, and what of a series was not."""
    from geo.briefing import fetching as words
    from geo.fronts.published import fetching, wishes

    wish = wishes.Wish(
        today=datetime.now(UTC).date(),
        day=day.date() if day else None,
        since=since.date() if since else None,
        sha256=_validate_hash(sha256),
        choice=chosen.read_choice(),
        uncertainty_km=chosen.read_facts()["uncertainty_km"],
    )
    found: list[Stored] = []
    failures: list[Failure] = []
    with contextlib.closing(Progress()) as progress:
        for each in fetching.fetch(publisher, wish, lambda what, done, of: _tell(progress, what, done, of)):
            progress.pause()
            if isinstance(each, wishes.Failure):
                failures.append(each)
                if not each.is_missing:
                    messages.echo_error(DataError(f"{each.what}: {each.error.file}", each.error.problems))
                continue
            found.append(each)
            messages.say(_render(each))
            if sentence := words.describe_state(each):
                messages.note(sentence)
    return found, failures


def _tell(progress: Progress, what: str, done: int, of: int) -> None:
    if of:  # a server that does not say how much will come gives nothing to show
        progress.tell(what, done, of)


def _validate_hash(text: str | None) -> str | None:
    if text is None:
        return None
    folded = text.strip().lower().removeprefix("sha256:")
    if len(folded) != 64 or set(folded) - set("0123456789abcdef"):
        raise UsageError(f"--sha256 takes 64 hexadecimal digits, not {text[:80]!r}.")
    return folded


def _render(stored: Stored) -> str:
    from geo import numerals
    from geo.briefing import attribution, notes
    from geo.fronts import fetched

    front = stored.front
    length = numerals.format_km(front.length_km)
    name = fetched.name_file(stored.file)
    return f"{name}  {notes.describe_front(front)}, {length} long. {attribution.name_drawer(front)}."


def _complete(incomplete: str) -> list[str]:
    from geo.fronts.published import publishers

    return [name for name in publishers.read_publishers() if name.startswith(incomplete)]
