"""The place for a manifest in GeoPackage: GDAL's item of metadata, written and read through SQLite.

A database moves its bytes about as it is used. So the content that is sealed is what its tables say: every row of the
layers that this program writes, outlines and all, and the reference system that they are in.
"""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing, suppress
from typing import Any

from geo.provenance.seal import Container

PLACE = {"geo-manifest": "{}"}
"""The metadata to write a GeoPackage with, so that it has a place for a manifest."""

LAYERS = ("zones", "front", "beyond", "nearest", "claims")
LATER_LAYERS = ("totals", "uncertainty", "isolines")
"""The tables that are sealed, and those among them that not every file has; what others somebody adds is theirs."""

_ITEM = re.compile(r'<MDI key="geo-manifest">([^<]*)</MDI>')
_XML = (
    '<GDALMultiDomainMetadata>\n  <Metadata>\n    <MDI key="geo-manifest">{}</MDI>\n'
    "  </Metadata>\n</GDALMultiDomainMetadata>\n"
)
_BROKEN = (sqlite3.Error, OverflowError, UnicodeError)
_STEPS = 20_000_000  # of SQLite's machine, a second or so; a file can hold a calculation without end
_ROWS = 100_000
_VERSIONS = slice(18, 20)  # of the header of SQLite


def _embed(data: bytes, manifest: str) -> bytes:
    """Return the database with a manifest, which holds nothing that means something to XML."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(data)
        database.execute("UPDATE gpkg_metadata SET metadata = ?", (_XML.format(manifest),))
        database.commit()
        return database.serialize()


def _extract(data: bytes) -> tuple[bytes, str] | None:
    """Return what the tables say, and the manifest."""
    with closing(sqlite3.connect(":memory:")) as database, suppress(*_BROKEN):
        at_rest = bytearray(data[:100])
        at_rest[_VERSIONS] = b"\1\1"  # in memory there is no log of changes beside it
        database.deserialize(bytes(at_rest) + data[100:])
        database.execute("PRAGMA trusted_schema = OFF")
        database.set_progress_handler(lambda: 1, _STEPS)
        texts = (row.get("metadata") for row in _read_table(database, "gpkg_metadata"))
        found = [item for text in texts if isinstance(text, str) for item in _ITEM.findall(text)]
        if not found:
            return None
        rows = {name: _read_table(database, name) for name in LAYERS}
        rows |= {name: held for name in LATER_LAYERS if (held := _read_table(database, name))}
        rows["columns"] = _read_table(database, "gpkg_geometry_columns", "table_name", tuple(rows))
        systems = {row.get("srs_id") for row in rows["columns"]}
        rows["systems"] = _read_table(database, "gpkg_spatial_ref_sys", "srs_id", systems)
        from xml.sax.saxutils import unescape  # here: it brings the network, which no command waits for

        content = json.dumps(rows, default=lambda value: value.hex())
        return content.encode(), unescape(found[-1], {"&quot;": '"', "&apos;": "'"})
    return None


def _read_table(
    database: sqlite3.Connection, name: str, key: str | None = None, kept: Any = ()
) -> list[dict[str, Any]]:
    """Return the rows of a table, or those with a key that is kept; none of a view, which computes what it likes."""
    wanted = "type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name = ?"
    if not database.execute(f"SELECT 1 FROM sqlite_master WHERE {wanted}", (name,)).fetchone():
        return []
    found = database.execute(f'SELECT * FROM "{name}" ORDER BY rowid LIMIT {_ROWS}')
    rows = [dict(zip([column[0] for column in found.description], row, strict=True)) for row in found]
    return [row for row in rows if key is None or row.get(key) in kept]


CONTAINER = Container(b"sqlite format 3\0", _extract, _embed)
