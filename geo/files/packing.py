"""A packed file is opened: the one map in a zip archive, a KMZ or a gzip file, unpacked within limits."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from geo.errors import DataError, UsageError, show
from geo.files import fields, formats, limits
from geo.files.document import SIDECARS, Content

_OFFICE = {
    "xl/": "an Excel workbook",
    "word/": "a Word document",
    "ppt/": "a PowerPoint file",
    "META-INF/manifest.xml": "an OpenDocument file",
}
_STEP = 4096
"""Bytes that are inflated at once: each makes a thousand at most, and what a member leaves of them is copied."""
_REMEDY = "Pack one map into it: a GeoJSON file, a GeoPackage, or a Shapefile (.shp, .shx, .dbf, .prj)."


def unpack(content: Content, layer: str | None, option: str = "--layer") -> tuple[Content, str | None]:
    """Return what a packed file holds, and the layer still to be chosen there; any other file comes back as it is.

    Of an archive with several maps, the one that is called like ``layer`` is taken; ``option`` chooses it.
    Nothing in an archive is unpacked twice: an archive in an archive is left packed.

    Raises
    ------
    DataError
        It cannot be unpacked, unpacks to more than `limits.UNPACKED_BYTES`, or holds no map, or several.
    """
    found = formats.recognise(content.data)
    if found.key == "gzip":
        return Content(content.path, inflate(content)), layer
    if found.key == "zip":
        return _open_archive(content, layer, option)
    return content, layer


def list_layers(noun: str, names: Collection[str]) -> str:
    """Return how many layers there are and what the first of them are called."""
    listed = ", ".join(repr(name[:40]) for name in list(names)[:6])
    return f"{len(names)} {noun}: {listed}{', …' if len(names) > 6 else ''}"


def choose(path: Path, wanted: str, layers: Mapping[str, str]) -> str:
    """Return what goes by the name of the layer wanted, in any case.

    Raises
    ------
    UsageError
        There is none; suggests the nearest.
    """
    for name, value in layers.items():
        if name.casefold() == wanted.strip().casefold():
            return value
    what, hint = fields.describe_unknown("layer", wanted, list(layers))
    raise UsageError(show(f"{path}: {what}. {hint if layers else 'Leave the layer out.'}"))


def inflate(content: Content) -> bytes:
    """Return the bytes that a gzip file of one or more members holds.

    Raises
    ------
    DataError
        It is damaged, cut off, or unpacks to more than `limits.UNPACKED_BYTES`.
    """
    pieces, at, size = [], 0, 0
    try:
        while content.data[at : at + 2] == b"\x1f\x8b":
            member = zlib.decompressobj(wbits=31)
            while not member.eof:
                step = content.data[at : at + _STEP]
                if not step:
                    raise zlib.error("cut off")
                if piece := member.decompress(step):
                    pieces.append(piece)
                at, size = at + len(step) - len(member.unused_data), size + len(piece)
                if size > limits.UNPACKED_BYTES:
                    raise _too_large(content.path)
    except zlib.error:
        what = "The gzip file is damaged or cut off"
        raise DataError.of(content.path, what, "Fetch or pack it again.") from None
    return b"".join(pieces)


@contextmanager
def open_zip(content: Content) -> Iterator[zipfile.ZipFile]:
    """Open a zip archive, to read what its entries hold.

    Raises
    ------
    DataError
        It, or what is read of it, is damaged, or packed in a way that is not known here.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content.data)) as archive:
            yield archive
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError, KeyError):
        what = "This is not a zip archive that can be opened"
        raise DataError.of(content.path, what, "Fetch or pack it again, without a password.") from None
    except (zlib.error, lzma.LZMAError):
        raise DataError.of(content.path, "The zip archive is damaged", "Fetch or pack it again.") from None


def _open_archive(content: Content, layer: str | None, option: str) -> tuple[Content, str | None]:
    path = content.path
    with open_zip(content) as archive:
        entries = {entry.filename: entry for entry in archive.infolist()}
        if sum(entry.file_size for entry in entries.values()) > limits.UNPACKED_BYTES:
            raise _too_large(path)
        name, layer = _choose_map(path, list(entries), layer, option)
        stem, _, ending = name.rpartition(".")
        beside = {each[len(stem) :].lower(): each for each in entries if each.rpartition(".")[0] == stem}
        wanted = SIDECARS if ending.lower() == "shp" else ()
        parts = {part: archive.read(beside[part]) for part in wanted if part in beside}
        return Content(path, archive.read(name), parts), layer


def _choose_map(path: Path, names: list[str], layer: str | None, option: str) -> tuple[str, str | None]:
    """Return the name of the one map in an archive, and the layer to choose within it."""
    for start, words in _OFFICE.items():
        if any(name.startswith(start) for name in names):
            raise formats.refuse(path, formats.Format("office", words), "a map")
    if any(".gdb/" in name.lower() for name in names):
        remedy = "Export its layer as GeoPackage or GeoJSON."
        raise DataError.of(path, "The archive holds a File Geodatabase (.gdb), which is not read", remedy)
    maps = [name for name in names if _is_map(name)]
    documents = [name for name in maps if name.lower().endswith(".kml")]
    if documents and (path.suffix.lower() == ".kmz" or "doc.kml" in names):
        return documents[0], layer  # the first one is the document, as KML has it
    maps = [
        name for name in maps if not name.lower().endswith(".json")
    ] or maps  # which may describe the others
    stems = {formats.derive_stem(Path(name)): name for name in maps}
    if layer is not None and layer.strip().casefold() in {stem.casefold() for stem in stems}:
        return choose(path, layer, stems), None
    if len(maps) > 1 and layer is not None:
        return choose(path, layer, stems), None
    if len(maps) != 1:
        what = "no map" if not maps else list_layers("maps", maps)
        chosen = f"Choose one with {option} {next(iter(stems))[:40]}. " if maps else ""
        raise DataError.of(path, f"The archive holds {what}", chosen + _REMEDY)
    return maps[0], layer


def is_aside(name: str) -> bool:
    """Tell whether an entry is what a system adds to an archive beside the user's files."""
    return name.startswith("__MACOSX") or name.rpartition("/")[2].startswith(".")


def _is_map(name: str) -> bool:
    last = name.lower()
    return (
        last.endswith(formats.ENDINGS) and not last.endswith((*formats.PACKED, ".kmz")) and not is_aside(name)
    )


def _too_large(path: Path) -> DataError:
    what = f"The file unpacks to more than {limits.UNPACKED_BYTES / 1e6:.0f} MB"
    return DataError.of(path, what, "Pack the one layer that is wanted.")
