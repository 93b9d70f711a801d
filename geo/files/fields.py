"""The fields of one object in a data file, read with their types and limits checked."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from geo.errors import Problem, UnknownNameError
from geo.files import limits

SHORT, LONG = 120, 2000
"""How many characters a name or title, and a sentence or paragraph, may have."""

ID_PATTERN = "^[a-z0-9]+(-[a-z0-9]+)*$"
"""What an id looks like: it becomes a file name and part of a command."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

ADDRESS_PATTERN = (
    r"[Hh][Tt][Tt][Pp][Ss]://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(/[A-Za-z0-9_.~!$&()*+,;=:@%/?#-]*)?"
)
"""A public address: no port, no user name, nothing that ends a link or a line."""


@dataclass(frozen=True)
class Fields:
    """One JSON object or TOML table being read; what is wrong with it goes into ``problems``.

    ``where`` is how messages call the object (``scenario``, ``claim[2]``). A key that is absent or null gives
    None, and so does a value that does not fit, after its problem has been noted.
    """

    values: Mapping[str, Any]
    where: str
    problems: list[Problem]
    feature: int | None = None
    name: str | None = None

    def note(self, what: str, remedy: str) -> None:
        """Add a problem of this object to the list."""
        self.problems.append(Problem(what, remedy, self.feature, self.name))

    def validate_keys(self, known: Collection[str], *, required: Collection[str] = ()) -> None:
        """Note every key that is not ``known``, with the nearest one, and every ``required`` one missing."""
        for key in [key for key in self.values if key not in known][: limits.UNKNOWN_KEYS]:
            _, hint = describe_unknown("key", key, known)
            self.note(f"{self.where} has the unknown key {shorten(key)}", hint)
        for key in required:
            if self.values.get(key) is None:
                self.note(f"{self.where} has no {key!r}", "Add it.")

    def read_text(self, key: str, *, limit: int = SHORT) -> str | None:
        """Return a text without surrounding blanks, if it is neither empty nor overlong nor unprintable."""
        value = self.values.get(key)
        if value is None:
            return None
        label = f"{self.where}.{key}"
        if not isinstance(value, str):
            self.note(f"{label} is {describe_value(value)}, not a text", "Write a text in double quotes.")
        elif not value.strip():
            self.note(f"{label} is empty", "Write something there, or take the key out.")
        elif len(value) > limit:
            self.note(f"{label} is {len(value):,} characters long", f"Shorten it to {limit:,} or fewer.")
        elif (bad := _find_unprintable(value, lines=limit > SHORT)) is not None:
            self.note(f"{label} holds the control character U+{ord(bad):04X}", "Take that character out.")
        else:
            return value.strip()
        return None

    def read_id(self, key: str) -> str | None:
        """Return a text that is an id: lower-case letters, digits and single hyphens."""
        value = self.read_text(key)
        if value is not None and not is_id(value):
            self.note(
                f"{self.where}.{key} is {shorten(value)}, which is not an id",
                "Use lower-case letters a-z, digits and single hyphens, as in 'dnipro-line'.",
            )
            return None
        return value

    def read_address(self, key: str) -> str | None:
        """Return a text that is the address of a public page, https only."""
        value = self.read_text(key, limit=LONG)
        if value is not None and not re.fullmatch(ADDRESS_PATTERN, value):
            self.note(
                f"{self.where}.{key} is {shorten(value)}, which is not an address",
                "Write the whole address of a public page, as in 'https://example.org/report'.",
            )
            return None
        return value

    def read_choice(self, key: str, allowed: Collection[str]) -> str | None:
        """Return a text that is one of ``allowed``."""
        value = self.read_text(key)
        if value is not None and value not in allowed:
            words = " or ".join(repr(word) for word in allowed)
            self.note(f"{self.where}.{key} is {shorten(value)}", f"Write {words}.")
            return None
        return value

    def read_texts(self, key: str, *, most: int = limits.NAMES) -> tuple[str, ...]:
        """Return a list of at most so many different, non-empty texts; an absent key is an empty list."""
        value = self.values.get(key, [])
        if value is None:
            return ()
        if not isinstance(value, list):
            self.note(
                f"{self.where}.{key} is {describe_value(value)}, not a list", 'Write a list, as in ["..."].'
            )
            return ()
        if len(value) > most:
            self.note(f"{self.where}.{key} names {len(value):,}; the limit is {most:,}", "Name fewer.")
            return ()
        items = Fields({f"{key}[{i}]": v for i, v in enumerate(value)}, self.where, self.problems)
        texts = [text for text in map(items.read_text, items.values) if text is not None]
        for repeated in (text for text, times in Counter(texts).items() if times > 1):
            self.note(f"{self.where}.{key} names {shorten(repeated)} more than once", "Name it once.")
        return tuple(dict.fromkeys(texts))

    def read_number(self, key: str, *, least: float = 0.0) -> float | None:
        """Return a finite number that is not below ``least``."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.note(
                f"{self.where}.{key} is {describe_value(value)}, not a number",
                "Write a number without quotes.",
            )
        elif not least <= value <= 1e12 or math.isnan(value):
            self.note(
                f"{self.where}.{key} is {describe_value(value)}, which is out of range",
                f"Write a number that is {least:g} or more.",
            )
        else:
            return float(value)
        return None

    def read_boolean(self, key: str) -> bool | None:
        """Return true or false."""
        value = self.values.get(key)
        if value is None or isinstance(value, bool):
            return value
        self.note(f"{self.where}.{key} is {describe_value(value)}", "Write true or false, without quotes.")
        return None

    def read_date(self, key: str) -> date | None:
        """Return a day: a TOML date, which is a date already, or a text in the form 2025-03-27."""
        value = self.values.get(key)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        day = derive_day(value) if isinstance(value, str) else None
        if day is None:
            self.note(
                f"{self.where}.{key} is {describe_value(value)}, not a date", "Write it as in 2025-03-27."
            )
        return day


def is_id(text: str) -> bool:
    """Ask whether a text can be an id: lower-case letters, digits, single hyphens, at most `SHORT` long."""
    return len(text) <= SHORT and re.fullmatch(ID_PATTERN.strip("^$"), text) is not None


def derive_id(text: str, *, otherwise: str) -> str:
    """Turn any text, such as a file name, into an id; ``otherwise`` where no letter or digit is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall("[a-z0-9]+", plain))[:SHORT].strip("-") or otherwise


def derive_title(identifier: str) -> str:
    """Turn an id into words for people: ``my-plan`` becomes ``My plan``."""
    words = identifier.replace("-", " ")
    return words[:1].upper() + words[1:]


def derive_day(text: str) -> date | None:
    """Read a day written as 2025-03-27; None where it is written otherwise or no such day exists."""
    if not _DAY.fullmatch(text):
        return None  # date.fromisoformat also takes 20250327 and 2025-W13-4, which people misread
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def describe_value(value: object) -> str:
    """Say what a value from a file is, in few words; safe for huge, nested and hostile values."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"the text {shorten(value)}"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return f"the number {str(value)[:24]}" if isinstance(value, int | float) else f"the value {value}"


def describe_unknown(kind: str, name: str, known: Collection[str]) -> tuple[str, str]:
    """Return what is wrong with an unknown name, and the hint at the nearest known ones."""
    name = name[:60]
    message, what = str(UnknownNameError(kind, name, list(known))), f"There is no {kind} {name!r}"
    return what, message[len(what) + 2 :]


def shorten(text: str, most: int = 60) -> str:
    """Quote a text so that nothing in it can act on a terminal, cut to a readable length."""
    return repr(text if len(text) <= most else text[: most - 1] + "…")


def _find_unprintable(text: str, *, lines: bool) -> str | None:
    """Return the first character that no output format can carry safely, or None.

    These are control characters (line breaks may stand where ``lines``), halves of surrogate pairs, Unicode's
    non-characters, which XML forbids, and marks that reverse the direction of the text after them.
    """
    for character in text:
        code = ord(character)
        if lines and character in "\n\t":
            continue
        if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") or code & 0xFFFE == 0xFFFE:
            return character
        if 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069 or 0xFDD0 <= code <= 0xFDEF:
            return character
    return None
