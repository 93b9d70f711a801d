"""The place for a manifest in GeoPackage: GDAL's item of metadata, read back through SQLite.

GDAL writes it, and a database moves its bytes about as it is used; so there is no seal over them.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from xml.sax.saxutils import unescape

from geo.provenance.seal import Container

_ITEM = re.compile(r'<MDI key="geo-manifest">([^<]*)</MDI>')


def _extract(data: bytes) -> tuple[bytes, str] | None:
    """Return no content, because none is sealed, and the manifest."""
    with closing(sqlite3.connect(":memory:")) as database:
        try:
            database.deserialize(data)
            database.execute("PRAGMA trusted_schema = OFF")
            rows = database.execute("SELECT metadata FROM gpkg_metadata").fetchall()
        except (sqlite3.Error, OverflowError):
            return None
    found = [item for (text,) in rows if isinstance(text, str) for item in _ITEM.findall(text)]
    return (b"", unescape(found[-1], {"&quot;": '"', "&apos;": "'"})) if found else None


CONTAINER = Container(b"sqlite format 3\0", _extract)
