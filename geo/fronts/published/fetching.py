"""Fronts are fetched: of one day, of the newest, or of every day since one, from a publisher, an address or a file."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import shapely

from geo import numerals
from geo.errors import DataError, UsageError
from geo.files import document, formats, limits
from geo.files.document import Content
from geo.fronts import dating, fetched
from geo.fronts.choosing import ALL, Choice
from geo.fronts.published import originals, places, publishers, storing
from geo.fronts.published.download import MissingError
from geo.fronts.published.originals import Original
from geo.fronts.published.publishers import Publisher
from geo.fronts.published.storing import Stored
from geo.fronts.reported import ReportedFront, read_reported

_BACK = 7
"""Days before today of which the newest is looked for, where every day has an address of its own."""

Tell = Callable[[str, int, int], None]
"""Told what is fetched, how many bytes of it came, and of how many."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the user asks for: one ``day``, every day ``since`` one, or, with neither, the newest.

    ``today`` is the day of the request, ``sha256`` the hash that the file must have, ``choice`` what of it is the
    front, and ``uncertainty_km`` how far the drawn line may lie from the true one, where the file does not say it.
    """

    today: date
    day: date | None = None
    since: date | None = None
    sha256: str | None = None
    choice: Choice = ALL
    uncertainty_km: float | None = None

    def wants(self, day: date) -> bool:
        """Tell whether a day is asked for."""
        return day == self.day or (self.since is not None and self.since <= day <= self.today)


class Piece(NamedTuple):
    """One file that holds a front: its content, the file that came, and how the front was made of it."""

    content: Content
    original: Original
    method: str
    day: date | None = None


def fetch(
    publisher: Publisher, wish: Wish, tell: Tell = lambda what, done, of: None
) -> Iterator[Stored | date]:
    """Fetch what is asked for, and yield each front as it is stored; a day of a series that is not there, as a day.

    Of a series, days that are stored already are not asked for again.

    Raises
    ------
    DataError
        What came is no front, or nothing came.
    UsageError
        The publisher cannot have the days asked for.
    """
    _validate(publisher, wish)
    if publisher.format == publishers.PLACES:
        pieces = _fetch_places(publisher, wish, tell)
    elif publisher.is_dated:
        pieces = _fetch_days(publisher, wish, tell)
    else:
        pieces = _fetch_file(publisher, wish, tell)
    for piece in pieces:
        yield piece if isinstance(piece, date) else _store(piece, publisher, wish)


def _validate(publisher: Publisher, wish: Wish) -> None:
    for day in filter(None, (wish.day, wish.since)):
        if day > wish.today:
            raise UsageError(f"{day} lies in the future. Choose a day until {wish.today}.")
        if publisher.since and day < publisher.since and day == wish.day:
            raise UsageError(f"{publisher.id} begins on {publisher.since}. Choose a later day.")
    if wish.since and wish.sha256:
        raise UsageError("--sha256 is for one file. Leave it out with --since.")


def _store(piece: Piece, publisher: Publisher, wish: Wish) -> Stored:
    """Recognise, check and store a front."""
    reported = _add_uncertainty(_read(piece, wish), wish.uncertainty_km)
    day = reported.facts.as_of
    if piece.day not in (None, day):
        what = f"The file describes {numerals.format_date(day)}, not {numerals.format_date(piece.day or day)}"
        raise DataError.of(piece.content.path, what, "Nothing was stored. Choose another day.")
    if day > wish.today:
        what = f"The file describes {numerals.format_date(day)}, which lies in the future"
        raise DataError.of(
            piece.content.path, what, "Nothing was stored. Correct the day in the file or its name."
        )
    try:
        return storing.store(reported, publisher, piece.original, piece.method)
    except DataError as error:  # it names where the front would have stood
        raise DataError(str(piece.content.path), error.problems) from None


def _read(piece: Piece, wish: Wish) -> ReportedFront:
    try:
        return read_reported(piece.content, as_of=piece.day or wish.day, choice=wish.choice)
    except UsageError as error:
        raise UsageError(str(error).replace("--as-of", "--date")) from None
    except DataError as error:
        problems = [replace(each, remedy=each.remedy.replace("--as-of", "--date")) for each in error.problems]
        raise DataError(error.file, problems) from None


def _add_uncertainty(reported: ReportedFront, km: float | None) -> ReportedFront:
    if km is None or reported.facts.uncertainty_km is not None:
        return reported
    return replace(reported, facts=replace(reported.facts, uncertainty_km=km))


def _fetch_days(publisher: Publisher, wish: Wish, tell: Tell) -> Iterator[Piece | date]:
    """Yield a file for each day that has an address of its own."""
    if wish.day:
        yield _fetch_day(publisher, wish.day, wish, tell)
    elif wish.since:
        day = max(wish.since, publisher.since or wish.since)
        while day <= wish.today:
            if not (fetched.find_series(publisher.id) / f"{day}.geojson").is_file():
                try:
                    yield _fetch_day(publisher, day, wish, tell)
                except MissingError:
                    yield day
            day += timedelta(days=1)
    else:
        yield _fetch_newest(publisher, wish, tell)


def _fetch_newest(publisher: Publisher, wish: Wish, tell: Tell) -> Piece:
    for back in range(_BACK):
        try:
            return _fetch_day(publisher, wish.today - timedelta(days=back), wish, tell)
        except MissingError:
            continue
    what = f"None of the last {_BACK} days is there"
    raise DataError.of(publisher.id, what, "Choose a day with --date.")


def _fetch_day(publisher: Publisher, day: date, wish: Wish, tell: Tell) -> Piece:
    content, original = _ask(publisher.find_address(day), wish, tell)
    return Piece(content, original, _describe_file(publisher, content, original), day)


def _fetch_file(publisher: Publisher, wish: Wish, tell: Tell) -> Iterator[Piece]:
    """Yield the fronts of one file, which may be an archive with a file a day."""
    if publisher.file:
        content = document.read_content(publisher.file, max_bytes=limits.DOWNLOAD_BYTES)
        original = originals.describe(content.data)
        if wish.sha256 not in (None, original.sha256):
            raise DataError.of(publisher.file, f"Its SHA-256 is {original.sha256}", "Nothing was stored.")
    else:
        content, original = _ask(publisher.find_address(wish.today), wish, tell)
    dated = _split_archive(content)
    if not dated:
        if wish.since:
            raise UsageError(
                "--since needs an address with {YYYY}, {MM} and {DD} where the day stands, or an archive (.zip) with "
                "a dated file a day."
            )
        yield Piece(content, original, _describe_file(publisher, content, original))
        return
    newest = max(dated)
    chosen = [
        day for day in sorted(dated) if wish.wants(day) or (not wish.day and not wish.since and day == newest)
    ]
    if not chosen:
        what = (
            f"The archive holds {len(dated)} days, from {min(dated)} to {newest}, and none that is asked for"
        )
        raise DataError.of(content.path, what, f"The newest is had with --date {newest}.")
    for day in chosen:
        yield Piece(dated[day], original, _describe_file(publisher, dated[day], original), day)


def _fetch_places(publisher: Publisher, wish: Wish, tell: Tell) -> Iterator[Piece | date]:
    """Yield the occupied area of each day, made of the places under Russian control and the cells around them."""
    assert publisher.cells
    areas = places.read_cells(_ask(publisher.cells, replace(wish, sha256=None), tell)[0])
    for content, original in _fetch_years(publisher, wish, tell):
        days = places.read_control(content, wish.wants if wish.day or wish.since else None)
        if wish.day and not days:
            raise MissingError.of(content.path, f"The table has no {wish.day}", "Choose another day.")
        for day, names in days.items():
            if wish.since and (fetched.find_series(publisher.id) / f"{day}.geojson").is_file():
                continue
            area = places.derive_area(names, areas, str(content.path))
            method = (
                f"The cells around {numerals.format_count(len(names))} places under Russian control, joined; contested "
                f"places are left out. From {content.path.name} (SHA-256 {original.sha256}), fetched from "
                f"{_find_host(publisher)}."
            )
            geometry = shapely.to_geojson(area)
            data = f'{{"type": "Feature", "properties": {{}}, "geometry": {geometry}}}'.encode()
            yield Piece(Content(Path(f"{day}.geojson"), data), original, method, day)


def _fetch_years(publisher: Publisher, wish: Wish, tell: Tell) -> Iterator[tuple[Content, Original]]:
    """Yield the table of each year asked for; early in January that of the old one may still be the newest."""
    if not wish.day and not wish.since:
        try:
            yield _ask(publisher.find_address(wish.today), wish, tell)
        except MissingError:
            yield _ask(publisher.find_address(date(wish.today.year - 1, 12, 31)), wish, tell)
        return
    first = wish.day or max(wish.since or wish.today, publisher.since or date.min)
    last = wish.day or wish.today
    for year in range(first.year, last.year + 1):
        yield _ask(publisher.find_address(date(year, 1, 1)), wish, tell)


def _ask(address: str, wish: Wish, tell: Tell) -> tuple[Content, Original]:
    name = unquote(urlsplit(address).path.rpartition("/")[2]) or "download"
    original = originals.fetch_original(
        address, sha256=wish.sha256, tell=lambda done, of: tell(name, done, of)
    )
    return Content(Path(name), original.data), original


def _split_archive(content: Content) -> dict[date, Content]:
    """Return the files of a zip archive that holds a dated one for each of several days; none for any other file."""
    if formats.recognise(content.data).key != "zip":
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(content.data)) as archive:
            entries = [
                entry
                for entry in archive.infolist()
                if formats.is_named_like_a_map(Path(entry.filename))
                and not entry.filename.startswith("__MACOSX")
            ]
            days = [dating.derive_days(Path(entry.filename).stem) for entry in entries]
            if len(entries) < 2 or any(len(each) != 1 for each in days):
                return {}
            if sum(entry.file_size for entry in entries) > limits.ARCHIVE_BYTES:
                what = f"The archive unpacks to more than {limits.ARCHIVE_BYTES / 1e6:,.0f} MB"
                raise DataError.of(content.path, what, "Pack fewer days.")
            return {
                day: Content(Path(Path(entry.filename).name), archive.read(entry))
                for (day,), entry in zip(days, entries, strict=True)
            }
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError, zlib.error):
        raise DataError.of(
            content.path, "This is not a zip archive that can be opened", "Fetch it again."
        ) from None


def _describe_file(publisher: Publisher, content: Content, original: Original) -> str:
    origin = f", fetched from {_find_host(publisher)}" if publisher.address else ""
    return f"From {content.path.name} (SHA-256 {original.sha256}){origin}."


def _find_host(publisher: Publisher) -> str:
    return urlsplit(publisher.address or "").hostname or ""
