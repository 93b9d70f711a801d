"""Fronts are fetched: of one day, of the newest, or of every day since one, from a publisher, an address or a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from geo import numerals
from geo.errors import DataError, UsageError
from geo.files import document, limits
from geo.fronts import dating
from geo.fronts.published import archives, originals, publishers, storing, tables, wishes
from geo.fronts.published.answers import LeaveError, MissingError
from geo.fronts.published.publishers import Publisher
from geo.fronts.published.storing import Stored
from geo.fronts.published.wishes import Failure, Piece, Pieces, Tell, Wish
from geo.fronts.reported import ReportedFront, read_reported

_BACK = 7
"""Days before today of which the newest is looked for, where every day has an address of its own."""
_FIRST = date(2014, 1, 1)
"""No front is older: Crimea was occupied in the February of that year."""
_MOST_FAILED = 3
"""Days in a row of which a server gives none; it is asked for no more then."""


def fetch(
    publisher: Publisher, wish: Wish, tell: Tell = lambda what, done, of: None
) -> Iterator[Stored | Failure]:
    """Fetch what is asked for, and yield each front as it is stored.

    Of a series, days that are stored already are not asked for again, and what fails is yielded too: the days after it
    are fetched all the same.

    Raises
    ------
    DataError
        What came is no front, or nothing came.
    UsageError
        The publisher cannot have the days asked for.
    """
    _validate(publisher, wish)
    if publisher.format == publishers.PLACES:
        pieces = tables.fetch_areas(publisher, wish, tell)
    elif publisher.is_dated:
        pieces = _fetch_days(publisher, wish, tell)
    else:
        pieces = _fetch_file(publisher, wish, tell)
    for piece in pieces:
        yield piece if isinstance(piece, Failure) else _store(piece, publisher, wish)


def _validate(publisher: Publisher, wish: Wish) -> None:
    for day in filter(None, (wish.day, wish.since)):
        if not _FIRST <= day <= wish.today:
            raise UsageError(f"There is no front of {day}. Choose a day from {_FIRST} to {wish.today}.")
        if publisher.since and day < publisher.since and day == wish.day:
            raise UsageError(f"{publisher.id} begins on {publisher.since}. Choose a later day.")
    if wish.since and wish.sha256:
        raise UsageError("--sha256 is for one file. Leave it out with --since.")


def _store(piece: Piece, publisher: Publisher, wish: Wish) -> Stored | Failure:
    """Recognise, check and store a front, and keep the file that it was made of."""
    try:
        reported = _add_uncertainty(_read(piece, wish), wish.uncertainty_km)
        if not _FIRST <= reported.facts.as_of <= wish.today:
            why = "and there is no front before 2014, or of a day to come"
            raise _refuse_day(piece, reported.facts.as_of, why, "Correct the day in it")
        stored = storing.store(reported, publisher, piece.original, piece.method)
    except UsageError as error:  # what the user chose fits nothing in this file
        if not (wish.since and piece.day):
            raise
        what = str(error).removeprefix(f"{piece.content.path}: ").rstrip(".")
        return Failure(
            str(piece.day), DataError.of(piece.content.path, what, "Choose otherwise for this day.")
        )
    except DataError as error:
        # it names where the front would have stood
        named = DataError(str(piece.content.path), error.problems)
        if wish.since and piece.day:
            return Failure(str(piece.day), named)
        raise named from None
    originals.keep(piece.original)
    return stored


def _read(piece: Piece, wish: Wish) -> ReportedFront:
    try:
        return read_reported(piece.content, as_of=piece.day or wish.day, choice=wish.choice)
    except dating.OtherDayError as error:
        if piece.day is None:
            raise UsageError(str(error).replace("--as-of", "--date")) from None
        asked = f"not {numerals.format_date(piece.day)}"
        raise _refuse_day(piece, error.day, asked, "Choose another day") from None
    except DataError as error:
        problems = [replace(each, remedy=each.remedy.replace("--as-of", "--date")) for each in error.problems]
        raise DataError(error.file, problems) from None


def _refuse_day(piece: Piece, day: date, why: str, remedy: str) -> DataError:
    what = f"The file describes {numerals.format_date(day)}, {why}"
    return DataError.of(piece.content.path, what, f"Nothing was stored. {remedy}.")


def _add_uncertainty(reported: ReportedFront, km: float | None) -> ReportedFront:
    if km is None or reported.facts.uncertainty_km is not None:
        return reported
    return replace(reported, facts=replace(reported.facts, uncertainty_km=km))


def _fetch_days(publisher: Publisher, wish: Wish, tell: Tell) -> Pieces:
    if wish.since:
        yield from _fetch_series(publisher, wish, wish.since, tell)
    else:
        yield (
            _fetch_day(publisher, wish.day, wish, tell) if wish.day else _fetch_newest(publisher, wish, tell)
        )


def _fetch_series(publisher: Publisher, wish: Wish, since: date, tell: Tell) -> Pieces:
    """Yield a file for each day that has an address of its own and is not here, or why it did not come."""
    failed = 0
    first = max(since, publisher.since or since)
    for day in (first + timedelta(days=later) for later in range((wish.today - first).days + 1)):
        if wishes.is_here(publisher, day):
            continue
        try:
            yield _fetch_day(publisher, day, wish, tell)
            failed = 0
        except DataError as error:
            yield Failure(str(day), error)
            failed = 0 if isinstance(error, MissingError) else failed + 1
            if failed == _MOST_FAILED or isinstance(error, LeaveError):
                break
    if failed and day < wish.today:
        what = "The days after it were not asked for, because the server gives nothing"
        yield Failure(f"after {day}", DataError.of(publisher.id, what, "Run the command again later."))


def _fetch_newest(publisher: Publisher, wish: Wish, tell: Tell) -> Piece:
    for back in range(_BACK):
        try:
            return _fetch_day(publisher, wish.today - timedelta(days=back), wish, tell)
        except MissingError:
            continue
    what = f"None of the last {_BACK} days is there"
    raise DataError.of(publisher.id, what, "Choose a day with --date.")


def _fetch_day(publisher: Publisher, day: date, wish: Wish, tell: Tell) -> Piece:
    content, original = wishes.ask(publisher.find_address(day), wish, tell)
    return Piece(content, original, wishes.describe_file(publisher, content, original), day)


def _fetch_file(publisher: Publisher, wish: Wish, tell: Tell) -> Pieces:
    """Yield the fronts of one file, which may be an archive with a file a day."""
    if publisher.file:
        content = document.read_content(publisher.file, max_bytes=limits.DOWNLOAD_BYTES)
        original = originals.describe(content.data)
        if wish.sha256 not in (None, original.sha256):
            raise DataError.of(publisher.file, f"Its SHA-256 is {original.sha256}", "Nothing was stored.")
    else:
        content, original = wishes.ask(publisher.find_address(wish.today), wish, tell)
    archive = archives.find_days(content)
    if archive is None:
        if wish.since:
            raise UsageError(
                "--since needs an address with {YYYY}, {MM} and {DD} where the day stands, or an archive (.zip) with "
                "a dated file a day."
            )
        yield Piece(content, original, wishes.describe_file(publisher, content, original))
        return
    original = originals.keep(original)
    first, *_, newest = archive.entries
    chosen = [day for day in archive.entries if wish.wants(day)] if wish.day or wish.since else [newest]
    if not chosen:
        what = f"The archive holds {len(archive.entries)} days, from {first} to {newest}, and none that is asked for"
        raise DataError.of(content.path, what, f"The newest is had with --date {newest}.")
    for day in chosen:
        try:
            file = archive.read(day)
        except DataError as error:
            if not wish.since:
                raise
            yield Failure(str(day), error)
            continue
        yield Piece(file, original, wishes.describe_file(publisher, file, original), day)
