"""Who publishes newer fronts, where, and on which terms: a small table of data, and any address or file of a user."""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from geo.errors import DataError, UnknownNameError, UsageError
from geo.files import document, limits
from geo.files.fields import derive_id
from geo.fronts import dating, fetched
from geo.fronts.front import ALLOWED, FORBIDDEN

_TABLE = Path(__file__).with_suffix(".toml")

FRONT, PLACES = "front", "places"
"""What a publisher's file is: a front as any file holds it, or a table of who controls each place."""

_MARKS = (_YEAR, _MONTH, _DAY) = ("{YYYY}", "{MM}", "{DD}")

OWN = "own"
"""What fronts are stored under that come from a file of the user."""


@dataclass(frozen=True, kw_only=True)
class Publisher:
    """Where fronts come from.

    ``address`` has ``{YYYY}``, ``{MM}`` and ``{DD}`` where the day stands; None where the front is in a ``file``, or
    where there is none to be had without asking first, which ``needs`` tells. ``cells`` is the address of the ground
    around each place. ``redistribution`` is ``"forbidden"`` where the terms do not allow to pass a map on. ``origin``
    stands for who drew a front where nobody says it, so that fronts of two places are not taken for one series.
    """

    id: str
    name: str
    publisher: str
    about: str = ""
    format: str = FRONT
    address: str | None = None
    cells: str | None = None
    within: tuple[str, ...] = ()
    since: date | None = None
    terms: str = ""
    terms_address: str = ""
    licence: str | None = None
    redistribution: str | None = None
    citation: str | None = None
    origin: str | None = None
    needs: str | None = None
    file: Path | None = None

    @property
    def is_dated(self) -> bool:
        """Whether every day has an address of its own."""
        return self.address is not None and _DAY in self.address

    @property
    def is_yearly(self) -> bool:
        """Whether every year has an address of its own."""
        return self.address is not None and _YEAR in self.address

    @property
    def host(self) -> str:
        """The server that files come from."""
        return urlsplit(self.address or "").hostname or ""

    @property
    def terms_sha256(self) -> str:
        """What stands for the terms, so that new ones are shown again."""
        return hashlib.sha256(f"{self.terms}\n{self.terms_address}".encode()).hexdigest()

    def find_address(self, day: date) -> str:
        """Return the address of the file that holds a day."""
        assert self.address is not None
        address = self.address
        for mark, digits in zip(_MARKS, (f"{day:%Y}", f"{day:%m}", f"{day:%d}"), strict=True):
            address = address.replace(mark, digits)
        return address

    def has_address(self, address: str) -> bool:
        """Ask whether an address is one of this publisher's, of whatever day."""
        parts = urlsplit(address)
        if any(f"{parts.hostname}{parts.path}".lower().startswith(start) for start in self.within):
            return True
        return _fits(address, self.address or "")

    def visit(self, address: str) -> Publisher:
        """Return this publisher with one of its addresses; a file of another name than its own is a front as it is."""
        name, own = (each.rpartition("/")[2] for each in (address, self.address or ""))
        visited = replace(self, address=address, needs=None)
        return visited if _fits(name, own) else replace(visited, format=FRONT, cells=None)


def read_publishers() -> dict[str, Publisher]:
    """Read the table, id to publisher; ``publishers.toml`` in the user's folder adds to it, or takes an entry's place.

    Raises
    ------
    DataError
        The user's own table is not in order.
    """
    table = _read_table(_TABLE)
    own = fetched.folder() / _TABLE.name
    return table | _read_table(own) if own.is_file() else table


def _read_table(file: Path) -> dict[str, Publisher]:
    content = document.read_bytes(file, max_bytes=limits.SOURCE_BYTES)
    try:
        table = tomllib.loads(content.decode())
        return {name: _read_entry(name, entry) for name, entry in table.items()}
    except (ValueError, TypeError, AttributeError) as error:
        remedy = 'Write each as in [my-source], with name, publisher and address = "https://host/{YYYY}{MM}{DD}.geojson".'
        raise DataError.of(file, f"The table of sources is not in order ({error})", remedy) from None


def _read_entry(name: str, entry: dict[str, Any]) -> Publisher:
    """Return an entry of a table, its values of the types that they must have."""
    texts: dict[str, Any] = {
        key: " ".join(value.split()) for key, value in entry.items() if key not in ("since", "within")
    }
    within = entry.get("within", [])
    if not isinstance(within, list):
        raise TypeError(f"'within' of {name} is no list")
    found = Publisher(
        id=name, since=entry.get("since"), within=tuple(start.lower() for start in within), file=None, **texts
    )
    if derive_id(name, otherwise="") != name or name == OWN:
        raise ValueError(f"{name!r} is no id of small letters, digits and hyphens")
    if type(found.since) not in (date, type(None)) or found.format not in (FRONT, PLACES):
        raise ValueError(f"'since' of {name} is no day, or its format is neither {FRONT} nor {PLACES}")
    if found.redistribution not in (None, ALLOWED, FORBIDDEN):
        raise ValueError(f'\'redistribution\' of {name} is neither "{ALLOWED}" nor "{FORBIDDEN}"')
    if found.needs is None and (found.address is None or (found.format == PLACES and found.cells is None)):
        raise ValueError(f"{name} has no address")
    for address in filter(None, (found.address, found.cells)):
        _validate_address(address)
    return found


def find_publisher(name: str) -> Publisher:
    """Return the publisher of this name in the table, of a web address, or of a file.

    Raises
    ------
    UsageError
        The publisher gives nothing without being asked first, or the address is none that can be fetched.
    UnknownNameError
        There is neither such a publisher nor such a file.
    """
    known = read_publishers()
    if name in known:
        if needs := known[name].needs:
            raise UsageError(f"{name} cannot be fetched from here. {needs}")
        return known[name]
    if "://" in name:
        host = _validate_address(name)
        its = next((each for each in known.values() if each.has_address(name)), None)
        return its.visit(name) if its else _build_visited(name, host)
    file = Path(name)
    if file.is_file():
        origin = f"source not stated; the file {dating.mask_days(file.name)}"
        return Publisher(id=OWN, name=file.name, publisher="a file of your own", file=file, origin=origin)
    more = "Or name a web address (https://…), or a file that is there."
    raise UnknownNameError("source of fronts", name, list(known), more)


def _fits(address: str, pattern: str) -> bool:
    """Tell whether an address is one that a pattern stands for, of whatever day or of none."""
    escaped = re.escape(strip_address(pattern))
    for mark, digits in zip(_MARKS, (4, 2, 2), strict=True):
        escaped = escaped.replace(re.escape(mark), rf"(\d{{{digits}}}|{re.escape(mark)})")
    return re.fullmatch(escaped, strip_address(address)) is not None


def strip_address(address: str) -> str:
    """Return a web address without what may be a secret: what stands behind its question mark."""
    return urlsplit(address)._replace(query="", fragment="").geturl()


def _build_visited(address: str, host: str) -> Publisher:
    """Return the publisher that a web address stands for; its terms are not known here."""
    parts = urlsplit(address)
    site = f"{parts.scheme}://{parts.netloc}"
    folder, _, name = parts.path.rpartition("/")
    for mark in _MARKS:
        name = name.replace(mark, "*")
    name = re.sub(r"\*+", "*", dating.mask_days(name))
    place = f"{parts.netloc}{folder}/{name}"
    digest = hashlib.sha256(place.encode()).hexdigest()[:6]
    return Publisher(
        id=f"{derive_id(host, otherwise='web')[:40].strip('-')}-{digest}",
        name=strip_address(address),
        publisher=host,
        address=address,
        origin=f"source not stated; a file of {place}",
        terms="Only its publisher can say what may be done with this file. Look it up before you go on.",
        terms_address=site,
    )


def _validate_address(address: str) -> str:
    """Return the host of a web address that can be fetched.

    Raises
    ------
    UsageError
        It is none, tells a password, or says where a day stands but not all of it.
    """
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    if parts.scheme not in ("http", "https") or not host:
        raise UsageError(
            f"{address!r} is no web address that can be fetched. Write it as in https://host/file.geojson."
        )
    if _DAY in address and not (_YEAR in address and _MONTH in address):
        raise UsageError(
            f"{address!r} does not say which month a day is of. Write {{YYYY}}, {{MM}} and {{DD}}."
        )
    if "@" in parts.netloc:
        raise UsageError(
            "A name or password in a web address is not sent. Fetch the file yourself, and name the file."
        )
    return host


def with_facts(publisher: Publisher, *, source: str | None, licence: str | None) -> Publisher:
    """Return a publisher with what the user says of who drew its fronts, and under which licence."""
    return replace(publisher, citation=source or publisher.citation, licence=licence or publisher.licence)
