"""The figures as flat columns for tables of data: one plain value each, its type and unit declared with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from enum import Enum
from typing import Any

from geo.measuring import figures
from geo.measuring.figures import Figure
from geo.measuring.metrics import ZoneMetrics
from geo.measuring.spread import BAND_EDGES_KM


class Kind(Enum):
    """What the values of a column are, in the words of the field dictionary."""

    TEXT = "text"
    NUMBER = "number"
    WHOLE = "whole number"
    TRUTH = "true or false"
    DAY = "date"


@dataclass(frozen=True)
class Column:
    """A column of a table of data: its name in every format, what its values are and mean, and where they are read.

    ``read`` takes what a row is about, whatever that is in a given table, and returns the value or None.
    """

    key: str
    kind: Kind
    meaning: str
    unit: str = ""
    read: Callable[[Any], Any] = field(default=lambda item: None, repr=False, compare=False)


SHARE_UNIT = "0 to 1"
DEGREES_UNIT = "°"
_KINDS = {"string": Kind.TEXT, "number": Kind.NUMBER, "boolean": Kind.TRUTH}


def name_band_column(index: int, end: str = "") -> str:
    """Return the name of a band's column: ``band_0_50_km_share``, ``band_500_plus_km_share_low``."""
    edges = [f"{edge:.0f}" for edge in BAND_EDGES_KM] + ["plus"]
    return f"band_{edges[index]}_{edges[index + 1]}_km_share{f'_{end}' if end else ''}"


def build_columns(row: ZoneMetrics) -> dict[str, Any]:
    """Return every figure of a row as flat columns at full precision, positions as lon and lat, a column a band."""
    return {column.key: column.read(row) for column in COLUMNS}


def _declare(figure: Figure) -> Iterator[Column]:
    """Yield the columns of a figure."""
    key = figure.key
    if figure.unit is figures.POSITION:
        for index, axis in enumerate(("lon", "lat")):
            yield Column(
                f"{key}_{axis}",
                Kind.NUMBER,
                f"{'Longitude' if axis == 'lon' else 'Latitude'} (WGS 84): {_lower(figure.meaning.split(':')[0])}.",
                DEGREES_UNIT,
                _read_item(key, index),
            )
    elif figure.unit is figures.BANDS:
        for end in ("", *figures.ENDS):
            yield from (_declare_band(index, end) for index in range(len(BAND_EDGES_KM)))
    elif figure.unit is figures.NAMES:
        yield Column(key, Kind.TEXT, figure.meaning, "", lambda row: ", ".join(getattr(row, key)) or None)
    else:
        unit = SHARE_UNIT if figure.unit is figures.SHARE else figure.unit.symbol
        kind = _KINDS[figure.unit.schema["type"]]
        yield Column(key, kind, figure.meaning, unit, figure.read)


def _read_item(key: str, index: int) -> Callable[[ZoneMetrics], Any]:
    return lambda row: getattr(row, key)[index]


def _declare_band(index: int, end: str) -> Column:
    edges = [f"{edge:.0f}" for edge in BAND_EDGES_KM]
    is_last = index + 1 == len(edges)
    where = f"{edges[index]} km or more" if is_last else f"from {edges[index]} to under {edges[index + 1]} km"
    least = "least" if end == "low" else "greatest"
    meaning = (
        f"The {least} that {name_band_column(index)} can be for any line that the front's file allows."
        if end
        else f"The share of the area that lies {where} from the front."
    )
    attribute = f"share_{end}" if end else "share"
    return Column(
        name_band_column(index, end),
        Kind.NUMBER,
        meaning,
        SHARE_UNIT,
        lambda row: getattr(row.bands[index], attribute),
    )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


COLUMNS = tuple(
    column
    for attribute in fields(ZoneMetrics)
    for figure in figures.FIGURES
    if figure.key == attribute.name
    for column in _declare(figure)
)
"""The columns of every figure, in the order in which JSON has them."""
