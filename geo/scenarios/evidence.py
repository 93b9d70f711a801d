"""Sources and the claims they carry: who said what, reported by whom, when."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from geo import shipped
from geo.errors import DataError, Problem, UnknownNameError
from geo.files import document, limits
from geo.files.fields import LONG, Fields, derive_day, describe_value, is_id

ABOUT = ("location", "size", "participation", "timing", "position")
"""What a claim can be about."""

SOURCE_KEYS = ("publisher", "title", "published", "cites", "url", "archive", "note")
CLAIM_KEYS = (
    "id",
    "about",
    "attributed_to",
    "reported_by",
    "reported",
    "said",
    "statement",
    "value",
    "unit",
)
SOURCE_REQUIRED = ("publisher", "title", "published")
CLAIM_REQUIRED = ("id", "about", "attributed_to", "reported", "statement")


@dataclass(frozen=True)
class Claim:
    """One reported statement, paraphrased.

    ``id`` is ``SOURCE/CLAIM``; ``attributed_to`` is who said it; ``reported_by`` who published it, where that
    is not the source's own publisher; ``reported`` the day of that report. ``said`` is when it was said, in
    words exactly as fine as the source dates it (``"mid-March 2025"``), or None where the source does not.
    ``value`` and ``unit`` are set where the claim holds a number, e.g. 10000 and ``"troops"``.
    """

    id: str
    about: str
    attributed_to: str
    reported_by: str | None
    reported: date
    statement: str
    value: float | None = None
    unit: str | None = None
    said: str | None = None


@dataclass(frozen=True)
class Source:
    """One published text: ``cites`` names the outlets it relies on itself.

    ``url`` is its address and ``archive`` that of a copy which stays as it is; ``note`` says what has to be known
    about our copy of it. Each is None where the file has none.
    """

    id: str
    publisher: str
    title: str
    published: date
    cites: tuple[str, ...]
    claims: tuple[Claim, ...]
    note: str | None = None
    url: str | None = None
    archive: str | None = None


def read_source(path: str | Path) -> Source:
    """Read one source with its claims from a TOML file; its id is the file's name.

    Raises
    ------
    DataError
        The file is not TOML or does not hold a source; all its problems at once.
    """
    file = Path(path)
    content = _parse(file)
    problems: list[Problem] = []
    top = Fields(content, "the file", problems)
    top.validate_keys(("source", "claim"), required=("source", "claim"))
    if not is_id(file.stem):
        top.note(
            f"The file name {file.stem[:60]!r} is not an id", "Use lower-case letters, digits and hyphens."
        )
    source = _read_head(_read_table(top, "source"), file.stem, problems)
    claims = _read_claims(top, source, problems)
    if problems or source is None:
        raise DataError(str(file), problems)
    return replace(source, claims=claims)


def read_sources() -> dict[str, Source]:
    """Read every source that ships, id to source, in alphabetical order; each file is read once."""
    return {name: _read_shipped(file) for name, file in shipped.sources().items()}


def find_claim(name: str) -> Claim:
    """Return the shipped claim with this id, ``SOURCE/CLAIM``.

    Raises
    ------
    UnknownNameError
        There is no such claim; suggests the nearest.
    """
    claims = read_claims()
    if name not in claims:
        raise UnknownNameError("claim", name, list(claims))
    return claims[name]


def list_sources(claims: Iterable[str]) -> tuple[Source, ...]:
    """Return the shipped sources that hold these claims, given by their ids, each once.

    Raises
    ------
    UnknownNameError
        If no shipped source holds one of them.
    """
    sources = read_sources()
    return tuple(
        sources[name] for name in dict.fromkeys(find_claim(claim).id.partition("/")[0] for claim in claims)
    )


def read_claims() -> dict[str, Claim]:
    """Read every claim that ships, id to claim, source by source in file order."""
    return {claim.id: claim for source in read_sources().values() for claim in source.claims}


@functools.cache
def _read_shipped(file: Path) -> Source:
    return read_source(file)


def _parse(file: Path) -> dict[str, Any]:
    text = document.derive_text(document.read_bytes(file, max_bytes=limits.SOURCE_BYTES), file)
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        reason = "it nests too deeply" if isinstance(error, RecursionError) else str(error)
        what = f"This is not TOML: {reason}"
        raise DataError.of(file, what, "Correct that place; see https://toml.io.") from None


def _read_table(top: Fields, key: str) -> dict[str, Any]:
    table = top.values.get(key, {})
    if isinstance(table, dict):
        return table
    top.note(f"{key!r} is {describe_value(table)}, not a table", f"Write [{key}] above its keys.")
    return {}


def _read_head(table: dict[str, Any], name: str, problems: list[Problem]) -> Source | None:
    """Return the source without its claims, or None if something is wrong with it."""
    fields = Fields(table, "source", problems)
    if table:
        fields.validate_keys(SOURCE_KEYS, required=SOURCE_REQUIRED)
    publisher, title = fields.read_text("publisher"), fields.read_text("title", limit=LONG)
    published, cites = fields.read_date("published"), fields.read_texts("cites")
    note = fields.read_text("note", limit=LONG)
    url, archive = fields.read_address("url"), fields.read_address("archive")
    _note_text_dates(fields, "published")
    if publisher is None or title is None or published is None:
        return None
    return Source(name, publisher, title, published, cites, (), note, url, archive)


def _read_claims(top: Fields, source: Source | None, problems: list[Problem]) -> tuple[Claim, ...]:
    tables = top.values.get("claim", [])
    if not isinstance(tables, list):
        top.note(
            f"'claim' is {describe_value(tables)}, not a list of tables", "Write [[claim]] above each claim."
        )
        return ()
    claims: list[Claim] = []
    seen: set[str] = set()
    for i, table in enumerate(tables):
        if not isinstance(table, dict):
            top.note(
                f"claim[{i}] is {describe_value(table)}, not a table", "Write [[claim]] above each claim."
            )
            continue
        fields = Fields(table, f"claim[{i}]", problems)
        claim = _read_claim(fields, source)
        claims += [claim] if claim else []
        if (name := str(table.get("id"))) in seen:
            fields.note(f"claim[{i}].id is {name[:60]!r}, like that of an earlier claim", "Choose another.")
        seen |= {str(table["id"])} if "id" in table else set()
    return tuple(claims)


def _read_claim(fields: Fields, source: Source | None) -> Claim | None:
    """Return one claim, or None if something is wrong with it."""
    fields.validate_keys(CLAIM_KEYS, required=CLAIM_REQUIRED)
    name, about = fields.read_id("id"), fields.read_choice("about", ABOUT)
    attributed_to, reported_by = fields.read_text("attributed_to"), fields.read_text("reported_by")
    reported, said = fields.read_date("reported"), fields.read_text("said")
    statement = fields.read_text("statement", limit=LONG)
    value, unit = fields.read_number("value"), fields.read_text("unit")
    _note_text_dates(fields, "reported")
    if ("value" in fields.values) != ("unit" in fields.values):
        there, missing = ("value", "unit") if "value" in fields.values else ("unit", "value")
        fields.note(f"{fields.where} has a {there!r} without a {missing!r}", "Give both, or neither.")
    if source is not None and reported is not None and reported > source.published:
        fields.note(
            f"{fields.where}.reported, {reported}, is after the source was published, {source.published}",
            "Correct one of the two dates.",
        )
    if not (source and name and about and attributed_to and reported and statement):
        return None
    full = f"{source.id}/{name}"
    return Claim(full, about, attributed_to, reported_by, reported, statement, value, unit, said)


def _note_text_dates(fields: Fields, key: str) -> None:
    """Note a date written as a text, which JSON needs and TOML does not."""
    value = fields.values.get(key)
    if isinstance(value, str) and derive_day(value):
        fields.note(f"{fields.where}.{key} is a text", "Write the date without quotes, as in 2025-03-27.")
