"""The rows of a GeoParquet file, through pyarrow, which the extra ``points`` brings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import shapely

from geo.errors import DataError, needing
from geo.files import limits
from geo.files.document import Content
from geo.files.rows import BROKEN, Row, bring, derive_plain
from geo.geodesy import transforms

_AT_ONCE = 16
"""Rows of a batch: a dictionary repeats one long value for many, which only shows when they are read."""
_REMEDY = "Write the file again with geopandas or QGIS, as GeoParquet with the encoding WKB."


def read_rows(content: Content, most: int) -> Iterator[Row]:
    """Yield the primary geometry, in lon, lat, and the plain columns of each of at most so many rows, and one more.

    Raises
    ------
    DataError
        It is damaged, no GeoParquet, larger than `limits.UNPACKED_BYTES` unpacked, or in an unknown reference system.
    UsageError
        pyarrow is not installed.
    """
    with needing("Reading GeoParquet"):
        import pyarrow as pa
        import pyarrow.parquet as pq
    try:
        file = pq.ParquetFile(pa.BufferReader(content.data))
        groups = [file.metadata.row_group(index) for index in range(file.metadata.num_row_groups)]
        if sum(group.total_byte_size for group in groups) > limits.UNPACKED_BYTES:
            raise _too_large(content)
        name, crs = _find_geometry(content, file.schema_arrow.metadata or {})
        wanted = [
            field.name for field in file.schema_arrow if field.name == name or _is_plain(pa, field.type)
        ]
        left, size = most + 1, 0
        columns = wanted[: limits.COLUMNS] + [name] * (name not in wanted)
        for batch in file.iter_batches(_AT_ONCE, columns=columns):
            size += batch.nbytes
            if size > limits.UNPACKED_BYTES:
                raise _too_large(content)
            rows = batch.slice(0, left).to_pylist()
            for row in rows:
                shape = shapely.from_wkb(row.pop(name), on_invalid="ignore")
                yield Row(bring(shape, crs), {key: derive_plain(value) for key, value in row.items()})
            left -= len(rows)
            if left <= 0:
                return
    except (pa.ArrowException, KeyError, TypeError, OSError, *BROKEN):
        raise DataError.of(content.path, "The GeoParquet file is damaged", _REMEDY) from None


def _too_large(content: Content) -> DataError:
    what = f"The file unpacks to more than {limits.UNPACKED_BYTES / 1e6:.0f} MB"
    return DataError.of(content.path, what, "Save the one layer that is wanted.")


def _is_plain(pa: Any, kind: Any) -> bool:
    asks = (pa.types.is_string, pa.types.is_large_string, pa.types.is_integer, pa.types.is_floating)
    return any(ask(kind) for ask in (*asks, pa.types.is_boolean, pa.types.is_date, pa.types.is_timestamp))


def _find_geometry(content: Content, metadata: dict[bytes, bytes]) -> tuple[str, str]:
    """Return the name of the primary column of geometry, and its reference system."""
    try:
        geo = json.loads(metadata[b"geo"])
        name = str(geo["primary_column"])
        column = geo["columns"][name]
        encoding, crs = str(column.get("encoding")), column.get("crs", "OGC:CRS84")  # which its absence means
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        what = "The Parquet file has no column of geometry"
        raise DataError.of(content.path, what, _REMEDY) from None
    if encoding != "WKB":
        raise DataError.of(content.path, f"The geometry is encoded as {encoding[:40]!r}", _REMEDY)
    text = transforms.derive_name(crs) if isinstance(crs, dict) else crs
    if not isinstance(text, str) or not transforms.is_known(text):
        what = "The file declares no coordinate reference system that is known"
        raise DataError.of(content.path, what, "Save it again in WGS 84 (EPSG:4326).")
    return name, text
