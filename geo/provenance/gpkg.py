"""The place for a manifest in GeoPackage: GDAL's item of metadata, read back through SQLite.

GDAL writes it, and a database moves its bytes about as it is used; so there is no seal over them, and the table of the
zones is compared with the manifest.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import Any
from xml.sax.saxutils import unescape

from geo.provenance.seal import Container

_ITEM = re.compile(r'<MDI key="geo-manifest">([^<]*)</MDI>')
_STEPS = 20_000_000  # of SQLite's machine, a second or so; a file can hold a calculation without end
_ROWS = 100_000


def read_zones(data: bytes) -> list[dict[str, Any]]:
    """Return the rows of the zones, column by column without their outlines; none where they cannot be read."""
    return [
        {("zone" if key == "name" else key): value for key, value in row.items()}
        for row in _read_table(data, "zones")
    ]


def _extract(data: bytes) -> tuple[bytes, str] | None:
    """Return no content, because none is sealed, and the manifest."""
    texts = (row.get("metadata") for row in _read_table(data, "gpkg_metadata"))
    found = [item for text in texts if isinstance(text, str) for item in _ITEM.findall(text)]
    return (b"", unescape(found[-1], {"&quot;": '"', "&apos;": "'"})) if found else None


def _read_table(data: bytes, name: str) -> list[dict[str, Any]]:
    """Return the rows of a table, none of a view: that would compute what it likes."""
    with closing(sqlite3.connect(":memory:")) as database:
        try:
            database.deserialize(data)
            database.execute("PRAGMA trusted_schema = OFF")
            database.set_progress_handler(lambda: 1, _STEPS)
            wanted = "type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name = ?"
            if not database.execute(f"SELECT 1 FROM sqlite_master WHERE {wanted}", (name,)).fetchone():
                return []
            rows = database.execute(f'SELECT * FROM "{name}" ORDER BY rowid LIMIT {_ROWS}')
            return [dict(zip([column[0] for column in rows.description], row, strict=True)) for row in rows]
        except (sqlite3.Error, OverflowError, UnicodeError):
            return []


CONTAINER = Container(b"sqlite format 3\0", _extract)
