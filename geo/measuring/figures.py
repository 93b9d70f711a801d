"""What is measured, each figure declared once: its key, meaning, unit and headings, and where people see it.

A figure is an attribute of `ZoneMetrics`. Every data file holds all of them, and its schema explains them. What people
read holds those that are declared for it, in the order of `FIGURES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Flag, auto
from typing import TYPE_CHECKING, Any, NamedTuple

from geo import numerals

if TYPE_CHECKING:
    from geo.measuring.metrics import ZoneMetrics
    from geo.measuring.spread import Band

NONE = "–"
"""What stands where a figure has no value."""


class Output(Flag):
    """The outputs for people that hold a choice of the figures."""

    TERMINAL = auto()
    MARKDOWN = auto()
    PAGE = auto()
    LEAD = auto()  # the large figures at the head of a page
    TIP = auto()  # what a zone on the map says when it is pointed at
    COMPARISON = auto()  # the tables of the comparison page, which can be sorted
    SHEET = auto()
    PDF = auto()  # the pages behind the sheet
    SLIDE = auto()  # of one scenario; that of several has what the comparison has
    HISTORY = auto()  # the table of days
    SERIES = auto()  # the chart and the page of a history
    MANIFEST = auto()  # what `geo verify` measures anew
    ALTERNATIVE = auto()  # the text for who cannot see the map, and the words of a globe
    TABLES = TERMINAL | MARKDOWN | PAGE | COMPARISON | SHEET | PDF | SLIDE


NOWHERE = Output(0)


@dataclass(frozen=True, eq=False)
class Unit:
    """How the values of one unit are written for people, rounded in a manifest and described in a schema.

    ``tolerance``, and ``relative`` to their size, is how far apart two values may lie that another processor or
    library has computed.
    """

    symbol: str
    write: Callable[[Any], str]
    schema: dict[str, Any]
    decimals: int = 3
    tolerance: float = 0.01
    relative: float = 0.0

    def write_bare(self, value: Any) -> str:
        """Return a value without its unit, which stands in the heading."""
        return self.write(value).removesuffix(f" {self.symbol}")

    def write_precisely(self, value: float) -> str:
        """Return a value as a manifest holds it, with its unit, for where the rounding of tables would hide much."""
        return f"{value:,.{self.decimals}f} {self.symbol}".rstrip()


def _write_degrees(degrees: float) -> str:
    return f"{degrees:.0f}°"


_NUMBER = {"type": "number"}
_NUMBER_OR_NONE = {"type": ["number", "null"]}
_BAND = {
    "from_km": _NUMBER,
    "to_km": _NUMBER_OR_NONE,
    "share": _NUMBER,
    "share_low": _NUMBER_OR_NONE,
    "share_high": _NUMBER_OR_NONE,
}

TEXT = Unit("", str, {"type": "string"})
KM = Unit("km", numerals.format_km, _NUMBER)
KM2 = Unit("km²", numerals.format_area_km2, _NUMBER, relative=1e-4)
DEGREES = Unit("°", _write_degrees, _NUMBER)
SHARE = Unit("", numerals.format_share, _NUMBER, decimals=6, tolerance=1e-4)
POSITION = Unit("", str, {"type": "array", "items": _NUMBER, "minItems": 2, "maxItems": 2})
BANDS = Unit("", str, {"type": "array", "items": {"type": "object", "properties": _BAND}})
TRUTH = Unit("", str, {"type": "boolean"})
NAMES = Unit("", " and ".join, {"type": "array", "items": {"type": "string"}})


class Cell(NamedTuple):
    """A figure as a table shows it: the value, and beneath it between what it lies (``260–330``), if anything."""

    text: str
    between: str = ""


@dataclass(frozen=True)
class Figure:
    """One attribute of `ZoneMetrics`; ``key`` is its name there, its key in JSON and its column in every table of data.

    ``heading`` stands above a column, ``title`` above a chart or beside a number that stands alone. ``phrase`` says it
    in a sentence, with ``{}`` for the value. ``is_optional`` figures may be None.
    """

    key: str
    unit: Unit
    meaning: str
    heading: str = ""
    title: str = ""
    phrase: str = "{}"
    shown: Output = NOWHERE
    is_optional: bool = False

    @property
    def name(self) -> str:
        """What it is called within a line of text."""
        return (self.heading or self.title).lower()

    def read(self, row: ZoneMetrics) -> Any:
        """Return the value as it was measured, to compute and to sort by."""
        return getattr(row, self.key)

    def write(self, row: ZoneMetrics) -> str:
        """Return the value for people, with its unit: ``325 km``."""
        value = self.read(row)
        return NONE if value is None else self.unit.write(value)

    def write_bare(self, row: ZoneMetrics) -> str:
        """Return the value for people where the heading has the unit: ``325``."""
        value = self.read(row)
        return NONE if value is None else self.unit.write_bare(value)

    def write_interval(self, row: ZoneMetrics) -> str:
        """Return the value for people with its unit, and between what it lies: ``325 km (260–330)``."""
        between = self.write_range(row)
        return f"{self.write(row)} ({between})" if between else self.write(row)

    def write_cell(self, row: ZoneMetrics) -> Cell:
        """Return the value for a cell of a table whose heading has the unit, and between what it lies."""
        return Cell(self.write_bare(row), self.write_range(row))

    def read_interval(self, row: ZoneMetrics) -> tuple[float, float] | None:
        """Return low and high as they were measured; None for figures without, and where the front states none."""
        low, high = (getattr(row, name_end(self.key, end), None) for end in ENDS)
        return None if low is None or high is None else (low, high)

    def write_range(self, row: ZoneMetrics) -> str:
        """Return between what the value lies: ``260–330``; nothing where it has no interval."""
        return numerals.format_range_km(self.read(row), *(self.read_interval(row) or (None, None)))

    def say(self, row: ZoneMetrics) -> str:
        """Return the value as a part of a sentence: ``390 km on average``."""
        return self.phrase.format(self.write(row))

    def build_schema(self) -> dict[str, Any]:
        """Return what a JSON Schema says of the key."""
        kind = [self.unit.schema["type"], "null"] if self.is_optional else self.unit.schema["type"]
        return {"description": self.meaning, **self.unit.schema, "type": kind}

    def round(self, row: ZoneMetrics) -> float | None:
        """Return the value as a manifest holds it."""
        value = self.read(row)
        return None if value is None else round(value, self.unit.decimals)


NEAREST = Figure(
    "nearest_km",
    KM,
    "The shortest geodesic between any point of the zone and any point of the front; 0 where they touch or cross.",
    heading="Nearest",
    title="Nearest point to the front",
    phrase="{} from the front at its nearest point",
    shown=~NOWHERE,
)
MEAN = Figure(
    "mean_km",
    KM,
    "The mean distance to the front over the zone's area.",
    heading="Mean",
    title="Mean distance to the front",
    phrase="{} on average",
    shown=~Output.SLIDE,
)
MEDIAN = Figure(
    "median_km",
    KM,
    "The distance to the front within which half of the zone's area lies.",
    heading="Median",
    title="Median distance to the front",
    shown=Output.TABLES | Output.MANIFEST,
)
FARTHEST = Figure(
    "farthest_km",
    KM,
    "The largest distance to the front in the zone.",
    heading="Farthest",
    title="Farthest point from the front",
    phrase="{} at most",
    shown=~Output.LEAD & ~Output.SERIES & ~Output.SLIDE,
)
AREA = Figure(
    "area_km2",
    KM2,
    "The area of the zone as drawn, on the ellipsoid; zones that ship end at the shore, so theirs is land.",
    heading="Area",
    title="Area of the zones",
    shown=Output.TABLES & ~Output.SLIDE | Output.LEAD | Output.TIP | Output.MANIFEST,
)

DISTANCES = (NEAREST, MEAN, MEDIAN, FARTHEST)
"""The figures that have an interval."""
ENDS = ("low", "high")


def name_end(key: str, end: str) -> str:
    """Return the key of an end of a figure's interval: ``nearest_low_km`` of ``nearest_km``."""
    stem, unit = key.rsplit("_", 1)
    return f"{stem}_{end}_{unit}"


def _declare_ends(figure: Figure) -> Iterator[Figure]:
    """Yield the figures at both ends of a figure's interval."""
    for end, least in zip(ENDS, ("least", "greatest"), strict=True):
        meaning = f"The {least} that {figure.key} can be for any line that the front's file allows."
        title = f"{end} end of the {figure.heading.lower()}".capitalize()
        key = name_end(figure.key, end)
        yield Figure(key, KM, meaning, title=title, shown=Output.MANIFEST, is_optional=True)


FIGURES = (
    Figure("zone", TEXT, "The zone's name, or that of the union of all zones."),
    Figure(
        "country", TEXT, "ISO 3166-1 alpha-2 code of the country, codes of several joined.", is_optional=True
    ),
    NEAREST,
    MEAN,
    MEDIAN,
    FARTHEST,
    AREA,
    Figure("nearest_from", POSITION, "The zone's point nearest to the front: longitude, latitude."),
    Figure("nearest_to", POSITION, "The front's point nearest to the zone: longitude, latitude."),
    Figure(
        "bearing_deg",
        DEGREES,
        "The direction from the zone to the front where the shortest geodesic leaves the zone, clockwise from north; "
        "none at distance 0.",
        heading="Bearing to front",
        shown=Output.PDF,
        is_optional=True,
    ),
    Figure(
        "nearest_across",
        NAMES,
        "The seas and third countries that the shortest geodesic crosses on a good length, in the order of the way.",
    ),
    Figure(
        "nearest_beyond", TRUTH, "Whether the shortest geodesic reaches the front from the side beyond it."
    ),
    Figure(
        "beyond_share",
        SHARE,
        "The share (0 to 1) of the area across the front, which mean, median, farthest and bands leave out.",
        title="Share beyond the front",
        shown=Output.MANIFEST,
    ),
    Figure("bands", BANDS, "The share (0 to 1) of the area in each distance band, from near to far."),
    Figure("nearest_sector", TEXT, "The sector of the front that nearest_to lies on."),
    *(end for figure in DISTANCES for end in _declare_ends(figure)),
    Figure(
        "nearest_low_sector",
        TEXT,
        "The sector that sets nearest_low_km; a disputed one counts there.",
        is_optional=True,
    ),
    Figure("nearest_low_disputed", TRUTH, "Whether that sector is a disputed one."),
    Figure(
        "nearest_without_km",
        KM,
        "What nearest_km would be without the piece that decides it, where that is a short one of a derived line.",
        is_optional=True,
    ),
)
"""Every attribute of `ZoneMetrics`, in the order in which people read them."""


def find_figures(output: Output) -> tuple[Figure, ...]:
    """Return the figures that an output shows, in the order of reading."""
    return tuple(figure for figure in FIGURES if output in figure.shown)


def write_cells(row: ZoneMetrics, output: Output) -> tuple[Cell, ...]:
    """Return the figures of a row for a table whose headings have the units."""
    return tuple(figure.write_cell(row) for figure in find_figures(output))


def name_band(band: Band) -> str:
    """Return the name of a band for people: ``100–200 km``, ``over 500 km``."""
    if band.to_km is None:
        return f"over {band.from_km:,.0f} km"
    return f"{band.from_km:,.0f}–{band.to_km:,.0f} km"
