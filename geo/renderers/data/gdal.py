"""Layers of data through GDAL into one file, in a scratch folder, under a fixed date of writing."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geo import geodesy
from geo.errors import OutputError
from geo.files import saving
from geo.measuring.columns import Column, Kind
from geo.renderers.data.layers import Layer

_ALONE = threading.Lock()  # the date of writing is a setting of the whole process
_DRIVERS = {"gpkg": "GPKG", "fgb": "FlatGeobuf"}
_TYPES: Mapping[Kind, Any] = {
    Kind.TEXT: object,
    Kind.NUMBER: np.float64,
    Kind.WHOLE: np.int64,
    Kind.TRUTH: np.bool_,
    Kind.DAY: "datetime64[D]",
}
_NOTHING: Mapping[Kind, Any] = {
    Kind.TEXT: None,
    Kind.NUMBER: np.nan,
    Kind.WHOLE: 0,
    Kind.TRUTH: False,
    Kind.DAY: np.datetime64("NaT"),
}


def render_layers(
    layers: Sequence[Layer],
    suffix: str,
    day: date,
    *,
    dataset_options: Mapping[str, str] | None = None,
    layer_options: Mapping[str, str] | None = None,
    dataset_metadata: Mapping[str, str] | None = None,
    layer_metadata: Mapping[str, str] | None = None,
) -> bytes:
    """Return the bytes of a file with these layers, in the order given.

    ``day`` is when the file says that it was written, so that the same data give the same bytes.

    Raises
    ------
    OutputError
        There is no room for it, or none may be used.
    """
    from pyogrio.errors import DataLayerError, DataSourceError, FeatureError

    try:
        with saving.make_scratch() as folder, _dated(day):
            file = folder / f"written.{suffix}"
            for number, layer in enumerate(layers):
                first = {"dataset_options": dataset_options, "dataset_metadata": dataset_metadata}
                more = {"append": True} if number else first
                _write_layer(
                    layer,
                    file,
                    _DRIVERS[suffix],
                    layer_options=layer_options,
                    layer_metadata=layer_metadata,
                    **more,
                )
            return file.read_bytes()
    except (OSError, DataSourceError, DataLayerError, FeatureError) as error:
        raise OutputError(
            f"The file could not be written to {tempfile.gettempdir()} first: {error}. "
            "Free some space there, or set TMPDIR to another folder."
        ) from error


@contextmanager
def _dated(day: date) -> Iterator[None]:
    """Let GDAL write a fixed date, in one thread at a time."""
    import pyogrio

    with _ALONE:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{day.isoformat()}T00:00:00.000Z"})
        try:
            yield
        finally:
            pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def _write_layer(layer: Layer, file: Path, driver: str, **more: Any) -> None:
    from pyogrio import raw

    rows = layer.rows
    filled = [_fill(column, rows) for column in layer.columns]
    shapes = layer.shapes
    raw.write(
        file,
        layer=layer.name,
        driver=driver,
        geometry=None if shapes is None else shapely.to_wkb(np.asarray(shapes, dtype=object)),
        geometry_type=None if shapes is None else shapes[0].geom_type,
        crs=None if shapes is None else geodesy.CRS,
        fields=[column.key for column in layer.columns],
        field_data=[values for values, _ in filled],
        field_mask=[mask for _, mask in filled],
        **{key: dict(value) if isinstance(value, Mapping) else value for key, value in more.items()},
    )


def _fill(column: Column, rows: Sequence[Mapping[str, Any]]) -> tuple[NDArray[Any], NDArray[np.bool_] | None]:
    """Return the values of a column, and where there are none, if the type has no value for that."""
    values = [row[column.key] for row in rows]
    empty = np.array([value is None for value in values])
    data = np.array(
        [_NOTHING[column.kind] if value is None else value for value in values], dtype=_TYPES[column.kind]
    )
    return data, empty if column.kind in (Kind.WHOLE, Kind.TRUTH) else None
