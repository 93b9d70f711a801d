"""A file from a user is found, read and hashed; its text is decoded, and its JSON parsed once."""

from __future__ import annotations

import codecs
import functools
import math
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from geo.errors import DataError, Problem, UnknownNameError
from geo.files import formats
from geo.files.fields import describe_value

MAX_DEPTH = 64
"""How deep lists and objects may nest; GeoJSON itself needs eight levels."""

_TOO_DEEP = Problem(
    f"The JSON nests lists or objects more than {MAX_DEPTH} levels deep",
    "Save the file again from the program it came from; no map data needs that.",
)

_NOT_FINITE = "JSON has no NaN or Infinity; write a number, or null."

SIDECARS = (".shx", ".dbf", ".prj", ".cpg")
"""The endings of the files that belong to a Shapefile."""

_BLANKS = re.compile(r"[ \t\r\n\x1e]*")
"""What may stand between JSON texts: RFC 8142 puts a record separator before each."""
_LAST = re.compile(r"[\w.+-]*\s*")
"""What may be left of a file from where it cannot be read, if it is cut off there."""

STDIN = "-"
"""The name that stands for standard input."""

Trail = tuple[str | int, ...]


class Repeated(dict[str, Any]):
    """A JSON object in which some keys stand more than once (``keys_repeated``); the last value won."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.keys_repeated = tuple(
            key for key, times in Counter(key for key, _ in pairs).items() if times > 1
        )


@dataclass(frozen=True)
class Content:
    """A file as it was read, once: its bytes, and for a Shapefile those of the files that belong to it, by ending.

    All that is hashed, recognised and parsed is this; the file itself may be replaced at any time.
    """

    path: Path
    data: bytes
    sidecars: Mapping[str, bytes] = field(default_factory=dict)

    @functools.cached_property
    def sha256(self) -> str:
        """The SHA-256 of everything that was read, as hexadecimal digits."""
        import hashlib  # here, because it loads OpenSSL, which a list of sources does not need

        return hashlib.sha256(b"".join([self.data, *self.sidecars.values()])).hexdigest()


@dataclass(frozen=True)
class Document:
    """A parsed JSON file; ``oddities`` are what JSON forbids but parsers let through, with their places.

    The ``value`` of a file with several JSON texts, such as one feature a line, is a list of them that
    ``is_sequence`` tells from any other list.
    """

    file: str
    value: Any
    sha256: str
    oddities: tuple[tuple[Trail, str, str], ...]
    is_sequence: bool = False


def find_file(kind: str, name: str | Path, shipped: Mapping[str, Path]) -> Path:
    """Return the file of a shipped id or of a path.

    Raises
    ------
    UnknownNameError
        Nothing shipped has that id and no such file exists; suggests ids, and for a path the files beside it.
    """
    text = str(name)
    if text == STDIN:
        return Path(STDIN)
    if text in shipped:
        return shipped[text]
    path = Path(text)
    try:
        if path.exists():
            return path
        siblings = sorted(str(file) for file in path.parent.glob("*.*") if formats.is_named_like_a_map(file))
    except (OSError, ValueError):  # a name too long, or with a null byte
        siblings = []
    is_file_name = len(path.parts) > 1 or formats.is_named_like_a_map(path)
    if is_file_name or f"{text}.geojson" in siblings:
        raise UnknownNameError(f"{kind} file", text, [*siblings, *shipped])
    raise UnknownNameError(kind, text, list(shipped))


def read_bytes(path: Path, *, max_bytes: int) -> bytes:
    """Read a file whole, but never more than ``max_bytes`` of it (a device can be endless)."""
    try:
        with path.open("rb") as stream:
            data = b"".join(_read_pieces(stream, max_bytes + 1))
    except IsADirectoryError:
        raise DataError.of(path, "This is a folder, not a file", "Name one of the files in it.") from None
    except FileNotFoundError:
        raise DataError.of(path, "There is no such file", "Check the name and the folder.") from None
    except PermissionError:
        raise DataError.of(
            path, "You may not read this file", "Ask its owner for permission to read it."
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise DataError.of(
            path, f"The file cannot be read ({reason})", "Check the name and the disk."
        ) from None
    _check_size(path, data, max_bytes)
    return data


def _read_pieces(stream: BinaryIO, most: int) -> Iterator[bytes]:
    """Yield what a file holds, in one piece as a rule: memory for all that it might hold is not asked for."""
    at_once = max(os.fstat(stream.fileno()).st_size, 2**16) + 1
    while most > 0 and (piece := stream.read(min(at_once, most))):
        yield piece
        most -= len(piece)


def _check_size(path: Path, data: bytes, max_bytes: int) -> None:
    if len(data) > max_bytes:
        limit = f"{max_bytes / 1e6:g} MB"
        raise DataError.of(
            path, f"The file is larger than {limit}", f"Simplify its outlines until it is under {limit}."
        )


def read_content(file: str | Path | Content, *, max_bytes: int) -> Content:
    """Read a file whole, for a Shapefile together with the files that belong to it, unless that is done already.

    The name `STDIN` stands for standard input, which can be read once.

    Raises
    ------
    DataError
        One of them cannot be read, or is larger than ``max_bytes``.
    """
    if isinstance(file, Content):
        _check_size(file.path, file.data, max_bytes)
        return file
    if str(file) == STDIN:
        return _read_stdin(max_bytes)
    path = Path(file)
    endings = SIDECARS if path.suffix.lower() == ".shp" else ()
    beside = {ending: _find_beside(path, ending) for ending in endings}
    sidecars = {
        ending: read_bytes(part, max_bytes=max_bytes) for ending, part in beside.items() if part is not None
    }
    return Content(path, read_bytes(path, max_bytes=max_bytes), sidecars)


def _read_stdin(max_bytes: int) -> Content:
    """Read standard input to its end, which works once: what asks for it again finds nothing there."""
    path, stream = Path("standard input"), getattr(sys.stdin, "buffer", None)
    data = stream.read(max_bytes + 1) if stream is not None else b""
    if not data:
        raise DataError.of(path, "Nothing came in", "Pipe one file into the command; it can be read once.")
    _check_size(path, data, max_bytes)
    return Content(path, data)


def _find_beside(path: Path, ending: str) -> Path | None:
    either = (path.with_suffix(ending), path.with_suffix(ending.upper()))
    return next((file for file in either if file.exists()), None)


def derive_text(data: bytes, path: Path) -> str:
    """Decode UTF-8, with or without the mark that some Windows programs put first, or UTF-16 with its mark."""
    is_wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = f"The file is not UTF-8 text (line {line}, byte {error.start})"
        raise DataError.of(path, what, "Save it again with the encoding UTF-8.") from None


def parse_document(content: Content) -> Document:
    """Parse what was read of a JSON file.

    Raises
    ------
    DataError
        It is not UTF-8, is not JSON (with line and column), or nests absurdly deep.
    """
    path = content.path
    values = _parse(derive_text(content.data, path), path)
    is_sequence = len(values) > 1
    value = values if is_sequence else values[0]
    return Document(str(path), value, content.sha256, tuple(_walk(value, path)), is_sequence)


def _parse(text: str, path: Path) -> list[Any]:
    """Return the JSON texts of a file: one, or as many as follow each other, with record separators or without."""
    import json  # here, because a list of sources is read from TOML

    decoder, values, at = json.JSONDecoder(object_pairs_hook=_build_object), [], _skip_blanks(text, 0)
    if at == len(text):
        raise DataError.of(path, "The file is empty", "Save the map data into it again.")
    try:
        while at < len(text):
            value, end = decoder.raw_decode(text, at)
            values.append(value)
            at = _skip_blanks(text, end)
        return values
    except json.JSONDecodeError as error:
        is_missing = error.msg.startswith("Expecting ',' delimiter") or not text[error.pos :].strip()
        before = text[: error.pos].rstrip() if is_missing else text[: error.pos]  # not in a later line
        lines = before.split("\n")
        place = f"line {len(lines)}, column {len(lines[-1]) + 1}"
        what = f"This is not JSON: {place}: {error.msg}"
        remedy = "Correct that place; often a comma or a quotation mark is missing there or before it."
        if text[at] in "{[" and (error.msg.startswith("Unterminated") or _LAST.fullmatch(text, error.pos)):
            remedy = "The file is cut off there: it ends in the middle. Fetch or save it again."
        raise DataError.of(path, what, remedy) from None
    except RecursionError:
        raise DataError(str(path), [_TOO_DEEP]) from None
    except ValueError:  # Python refuses to convert an integer of thousands of digits
        raise DataError.of(
            path, "A number in the file has thousands of digits", "Correct that number."
        ) from None


def _skip_blanks(text: str, at: int) -> int:
    match = _BLANKS.match(text, at)
    return match.end() if match else at


def _build_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    return values if len(values) == len(pairs) else Repeated(pairs)


def _walk(value: Any, path: Path) -> Iterator[tuple[Trail, str, str]]:
    """Yield repeated keys and non-finite numbers, everywhere but in coordinates, whose own check is finer."""
    trail: list[str | int] = []
    stack: list[Iterator[tuple[str | int, Any]]] = [
        iter([("", value)])
    ]  # not the items: they can be millions
    while stack:
        key, item = next(stack[-1], _END)
        del trail[len(stack) - 2 :]
        if key is None:
            stack.pop()
            continue
        if len(stack) > 1:
            trail.append(key)
        if isinstance(item, Repeated):
            for again in item.keys_repeated:
                what = f"The key {again[:60]!r} stands more than once in one object"
                yield tuple(trail), what, "Keep one of them."
        if isinstance(item, dict | list) and item:
            if len(stack) > MAX_DEPTH + 1:
                raise DataError(str(path), [_TOO_DEEP])
            stack.append(_list_items(item))
        elif isinstance(item, float) and not math.isfinite(item):
            place = ".".join(map(str, trail))[:80]
            yield tuple(trail), f"The value at {place!r} is {describe_value(item)}", _NOT_FINITE


_END = (None, None)


def _list_items(item: dict[str, Any] | list[Any]) -> Iterator[tuple[str | int, Any]]:
    if isinstance(item, list):
        return ((i, child) for i, child in enumerate(item) if isinstance(child, dict | list | float))
    return ((key, child) for key, child in item.items() if key != "coordinates")
