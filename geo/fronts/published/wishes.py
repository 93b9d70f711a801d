"""What is asked of a publisher, how it is asked for, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from geo.errors import DataError
from geo.files.document import Content
from geo.fronts import fetched
from geo.fronts.choosing import ALL, Choice
from geo.fronts.published import originals
from geo.fronts.published.answers import MissingError
from geo.fronts.published.originals import Original
from geo.fronts.published.publishers import Publisher

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


class Failure(NamedTuple):
    """What of a series did not come, such as a day, and why."""

    what: str
    error: DataError

    @property
    def is_missing(self) -> bool:
        """Whether there is nothing to be had, so that nothing went wrong."""
        return isinstance(self.error, MissingError)


Pieces = Iterator[Piece | Failure]


def is_here(publisher: Publisher, day: date) -> bool:
    """Ask whether a day of a publisher is stored already, with what is known of it."""
    file = fetched.find_series(publisher.id) / f"{day}.geojson"
    return file.is_file() and fetched.read_record(file) is not None


def ask(address: str, wish: Wish, tell: Tell) -> tuple[Content, Original]:
    """Return the file at an address, under the name that it has there.

    Raises
    ------
    DataError
        It is not to be had.
    """
    name = unquote(urlsplit(address).path.rpartition("/")[2]) or "download"
    original = originals.fetch_original(
        address, sha256=wish.sha256, tell=lambda done, of: tell(name, done, of)
    )
    return Content(Path(name), original.data), original


def describe_file(publisher: Publisher, content: Content, original: Original) -> str:
    """Say which file a front was made of, and where it came from."""
    origin = f", fetched from {publisher.host}" if publisher.address else ""
    return f"From {content.path.name} (SHA-256 {original.sha256}){origin}."
