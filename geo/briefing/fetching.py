"""What is said of sources of fronts before and after one is fetched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from geo import numerals
from geo.fronts import fetched
from geo.fronts.fetched import Record
from geo.fronts.front import FORBIDDEN, KINDS
from geo.fronts.published.publishers import Publisher
from geo.fronts.published.storing import CHANGED, SAME, Stored
from geo.fronts.published.wishes import Failure

ASK = "Do you accept these terms?"


def describe_publisher(publisher: Publisher) -> str:
    """Return what a source of the table gives, from which day on, and on which terms, for a list."""
    since = f", since {numerals.format_date(publisher.since)}" if publisher.since else ""
    lines = [f"{publisher.id}  {publisher.name}{since}", f"  {publisher.publisher}: {publisher.about}."]
    lines += [f"  {say_terms(publisher)}"] if publisher.terms else []
    lines += [f"  Not to be fetched from here. {publisher.needs}"] if publisher.needs else []
    return "\n".join(lines)


def describe_terms(publisher: Publisher) -> str:
    """Return who publishes what is about to be fetched, and on which terms."""
    lines = [f"{publisher.name}", f"Publisher: {publisher.publisher}", say_terms(publisher)]
    if publisher.redistribution == FORBIDDEN:
        lines.append("What is fetched is for your own use. Every map that shows it will say so.")
    return "\n".join(lines)


def say_terms(publisher: Publisher) -> str:
    """Return the terms of a source in our words, and where they stand."""
    where = f" See {publisher.terms_address}." if publisher.terms_address else ""
    return f"Terms: {publisher.terms}{where}"


def refuse_terms(publisher: Publisher) -> str:
    """Return what a script is told that fetches without having accepted the terms."""
    return (
        f"{publisher.id} has terms that you have not accepted yet. {say_terms(publisher)} "
        "If you accept them, run the command again with --accept-terms."
    )


def describe_state(stored: Stored) -> str | None:
    """Return what became of a day that was there before; None for a new one."""
    day = numerals.format_date(stored.front.as_of)
    if stored.state == SAME:
        return f"The front of {day} was there already, the same."
    if stored.state == CHANGED:
        return f"Another front of {day} was here, which differs. It is kept as {stored.earlier}."
    return None


def sum_up(found: Sequence[Stored], failures: Sequence[Failure]) -> Iterator[str]:
    """Yield what is said once all that was asked for was fetched: what failed, where the rest is, what is next."""
    if missing := [each.what for each in failures if each.is_missing]:
        yield f"Not published, or not yet: {_list(missing)}."
    if failed := [each.what for each in failures if not each.is_missing]:
        yield f"Failed: {_list(failed)}. The same command asks for them again, and for nothing that is here."
    if not found:
        if not failed:
            yield "Nothing new: every day that was asked for is here, or is not published."
        return
    newest = max(found, key=lambda each: each.front.as_of)
    yield f"Stored in {newest.file.parent}."
    yield f"Measure to it: geo render dnipro-line --front {fetched.name_files()[newest.file]}"
    if len(found) > 1:
        yield f"Through time: geo history dnipro-line --fronts {quote(newest.file.parent)}"


def _list(what: Sequence[str]) -> str:
    return ", ".join(what[:5]) + (f" and {len(what) - 5} more" if len(what) > 5 else "")


def describe_record(name: str, record: Record) -> str:
    """Return one line on a front that was fetched."""
    kind, length = KINDS[record.definition], numerals.format_km(record.length_km)
    day = numerals.format_date(date.fromisoformat(record.as_of))
    return f"{name}  {kind} of {day}, {length} long, fetched. {record.drawn_by.rstrip('.')}."


def describe_series(records: Sequence[Record], newest: str) -> str:
    """Return one line on the days of one source, ``newest`` being the name of the last of them."""
    first, last = (numerals.format_date(date.fromisoformat(each.as_of)) for each in (records[0], records[-1]))
    drawn_by = records[-1].drawn_by.rstrip(".")
    return f"{newest}  the newest of {len(records)} days, {first} to {last}, fetched. {drawn_by}."


def quote(path: Path) -> str:
    """Return a path as it can be typed."""
    return f'"{path}"' if " " in str(path) else str(path)
