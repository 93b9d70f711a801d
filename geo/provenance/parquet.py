"""The place for a manifest in Parquet: the key-value metadata of the file, in the footer."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from typing import Any

from geo.provenance.seal import Container

_KEY = b"geo-manifest"
_PLACE = re.compile(_KEY + rb'\x18[\x80-\xff]{0,4}[\x00-\x7f](?=\{"manifest":)')
"""The key, then the type and length of its value as Thrift packs them; no text in a manifest has a bare quote."""
_SIGNATURE = b"PAR1"


def _embed(data: bytes, manifest: str) -> bytes:
    """Write a file anew with a manifest in its metadata."""
    # here, so that a file is verified without the package
    from pyarrow import parquet

    file = parquet.ParquetFile(io.BytesIO(data))
    kept = {key: value for key, value in (file.metadata.metadata or {}).items() if key != _KEY}
    return write_table(file.read(), {**kept, _KEY: manifest.encode()})


def write_table(table: Any, metadata: Mapping[bytes, bytes]) -> bytes:
    """Return a table of Arrow as a file; its metadata stand there once and as they are."""
    from pyarrow import parquet

    stream = io.BytesIO()
    bare = table.replace_schema_metadata()
    with parquet.ParquetWriter(stream, bare.schema, store_schema=False) as writer:
        writer.write_table(bare)
        writer.add_key_value_metadata(metadata)
    return stream.getvalue()


def _extract(data: bytes) -> tuple[bytes, str] | None:
    """Return a file without its manifest, and the manifest."""
    found = list(_PLACE.finditer(data))
    if not found or not data.endswith(_SIGNATURE):
        return None
    start = found[-1].end()
    rest = data[start:].decode("latin-1")
    try:
        _, length = json.JSONDecoder().raw_decode(rest)
    except (ValueError, RecursionError):
        return None
    return data[:start] + data[start + length :], rest[:length]


CONTAINER = Container(_SIGNATURE.lower(), _extract, _embed)
