"""The columns of every table of data that is handed on: one name each in all formats, with type, unit and meaning."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from geo.briefing import attribution, legend
from geo.measuring import columns, figures
from geo.measuring.columns import Column, Kind

if TYPE_CHECKING:
    from geo.fronts.front import Front, FrontFacts, Sector
    from geo.measuring.isolines import Isoline
    from geo.measuring.metrics import Metrics, ZoneMetrics
    from geo.scenarios.evidence import Claim, Source
    from geo.scenarios.scenario import Zone


class Row(NamedTuple):
    """What a row of zones is about; ``zone`` is None for a total, and where only figures are handed on."""

    metrics: Metrics
    front: FrontFacts
    measured: ZoneMetrics
    zone: Zone | None = None


class Stretch(NamedTuple):
    """What a row of the front is about."""

    front: Front
    sector: Sector


class Statement(NamedTuple):
    """What a row of claims is about."""

    claim: Claim
    source: Source


class Level(NamedTuple):
    """What a row of lines of equal distance is about."""

    front: Front
    isoline: Isoline


def read_row(declared: Iterable[Column], item: Any) -> dict[str, Any]:
    """Return what a row says, a value or None for each column."""
    return {column.key: column.read(item) for column in declared}


def _of_figures(*keys: str) -> tuple[Column, ...]:
    """Return the columns of some figures, or of all, to be read of a `Row`."""
    return tuple(
        replace(each, read=_read_measured(each)) for each in columns.COLUMNS if not keys or each.key in keys
    )


def _read_measured(column: Column) -> Callable[[Row], Any]:
    return lambda row: column.read(row.measured)


_TEXT, _NUMBER, _TRUTH, _DAY = Kind.TEXT, Kind.NUMBER, Kind.TRUTH, Kind.DAY

_SCENARIO = Column("scenario", _TEXT, "The scenario's id.", read=lambda row: row.metrics.scenario)
_IS_TOTAL = Column(
    "is_total",
    _TRUTH,
    "Whether the row is about the union of all zones of a scenario, and not one of them.",
    read=lambda row: row.measured is row.metrics.total,
)
_ZONE, *_FIGURES = _of_figures()
_DRAWN = (
    Column(
        "status",
        _TEXT,
        "Always 'illustrative': no source gives coordinates.",
        read=lambda row: row.zone and row.zone.status,
    ),
    Column(
        "candidate",
        _TRUTH,
        "Whether the zone is one of several places of which only some are meant.",
        read=lambda row: row.zone and row.zone.candidate,
    ),
    Column(
        "basis",
        _TEXT,
        "How the outline was drawn, and from what.",
        read=lambda row: row.zone and row.zone.basis,
    ),
)
_MEASURED_TO = (
    Column("front", _TEXT, "The id of the front that was measured to.", read=lambda row: row.front.id),
    Column("front_as_of", _DAY, "The day that front describes.", read=lambda row: row.front.as_of),
    Column(
        "front_definition",
        _TEXT,
        "'contact', a line of contact, or 'edge', any edge of an occupied area.",
        read=lambda row: row.front.definition,
    ),
    Column(
        "front_uncertainty_km",
        _NUMBER,
        "How far the drawn line may lie from the true one, where a sector says nothing of its own.",
        "km",
        lambda row: row.front.uncertainty_km,
    ),
    Column(
        "front_length_km",
        _NUMBER,
        "The length of that front as drawn.",
        "km",
        lambda row: row.metrics.front_length_km,
    ),
    Column("method", _TEXT, "How distances were measured.", read=lambda row: row.metrics.method),
)

METRICS = (_SCENARIO, _ZONE, _IS_TOTAL, *_FIGURES, *_MEASURED_TO)
"""What `geo metrics` and `geo history` hand on: a row for each zone and for the total."""

ZONES = (_SCENARIO, _ZONE, _FIGURES[0], *_DRAWN, *_FIGURES[1:], *_MEASURED_TO)
"""A row for each zone, with its outline."""

TOTALS = (_SCENARIO, _ZONE, *_FIGURES, *_MEASURED_TO)
"""One row, the union of all zones, with its outline."""

TABLE = (_SCENARIO, _ZONE, _IS_TOTAL, _FIGURES[0], *_DRAWN, *_FIGURES[1:], *_MEASURED_TO)
"""Zones and total in one table, without outlines."""


def _say_front(front: Any = lambda item: item.front) -> tuple[Column, ...]:
    return (
        Column("as_of", _DAY, "The day that the front describes.", read=lambda item: front(item).as_of),
        Column("source", _TEXT, "Who drew the front, and from what.", read=lambda item: front(item).source),
        Column(
            "licence",
            _TEXT,
            "What may be done with the front.",
            read=lambda item: attribution.say_licence(front(item)),
        ),
    )


FRONT = (
    Column("sector", _TEXT, "The name of the sector.", read=lambda item: item.sector.name),
    Column(
        "status",
        _TEXT,
        "'reported', or 'disputed' where reports of the day contradict each other.",
        read=lambda item: item.sector.status,
    ),
    Column(
        "precision_km",
        _NUMBER,
        "How far the true line may lie from this sector.",
        "km",
        lambda item: item.sector.precision_km,
    ),
    Column(
        "definition",
        _TEXT,
        "'contact', a line of contact, or 'edge', any edge of an occupied area.",
        read=lambda item: item.front.definition,
    ),
    Column(
        "uncertainty_km",
        _NUMBER,
        "The same for sectors without a precision of their own.",
        "km",
        lambda item: item.front.uncertainty_km,
    ),
    Column(
        "held_side",
        _TEXT,
        "The side held by Ukraine, 'left' or 'right', seen in the direction of the line.",
        read=lambda item: item.front.held_side,
    ),
    *_say_front(),
)
"""A row for each sector of the front."""

BEYOND = (
    Column("name", _TEXT, "What the ground is.", read=lambda front: legend.FAR_GROUND),
    *_say_front(lambda front: front),
)
"""One row, the ground beyond the front in Ukraine."""

UNCERTAINTY = (
    Column("name", _TEXT, "What the area is.", read=legend.describe_band),
    *_say_front(lambda front: front),
)
"""One row, the area in which the front's file allows the line to be."""

NEAREST = (
    _ZONE,
    *_of_figures(
        "nearest_km",
        *(figures.name_end("nearest_km", end) for end in figures.ENDS),
        *("bearing_deg", "nearest_sector", "nearest_across", "nearest_beyond"),
    ),
)
"""A row for each zone, its shortest geodesic to the front."""

ISOLINES = (
    Column(
        "distance_km",
        _NUMBER,
        "How far the line is from the front, everywhere.",
        "km",
        lambda item: item.isoline.distance_km,
    ),
    *_say_front()[:1],
)
"""A row for each distance, the line of equal distance to the front."""

CLAIMS = (
    Column("id", _TEXT, "The claim's id: SOURCE/CLAIM.", read=lambda item: item.claim.id),
    Column(
        "about",
        _TEXT,
        "What the claim is about: location, size, participation, timing or position.",
        read=lambda item: item.claim.about,
    ),
    Column("statement", _TEXT, "The claim, paraphrased.", read=lambda item: item.claim.statement),
    Column("attributed_to", _TEXT, "Who said it.", read=lambda item: item.claim.attributed_to),
    Column("said", _TEXT, "When it was said, in the words of the source.", read=lambda item: item.claim.said),
    Column(
        "reported_by",
        _TEXT,
        "Who reported it, where that is not the publisher.",
        read=lambda item: item.claim.reported_by,
    ),
    Column("reported", _DAY, "The day of the report.", read=lambda item: item.claim.reported),
    Column(
        "value",
        _NUMBER,
        "The number in the claim, where it holds one.",
        "as in unit",
        lambda item: item.claim.value,
    ),
    Column("unit", _TEXT, "What that number counts.", read=lambda item: item.claim.unit),
    Column("publisher", _TEXT, "Who published the source.", read=lambda item: item.source.publisher),
    Column("source_title", _TEXT, "What the source is, in our words.", read=lambda item: item.source.title),
    Column(
        "source_published",
        _DAY,
        "The day on which the source was published.",
        read=lambda item: item.source.published,
    ),
    Column("source_url", _TEXT, "Where the source can be read.", read=lambda item: item.source.url),
)
"""A row for each claim that the scenario cites, and for each force size that the same sources report."""

LAYERS = {
    "zones": ZONES,
    "totals": TOTALS,
    "front": FRONT,
    "beyond": BEYOND,
    "uncertainty": UNCERTAINTY,
    "nearest": NEAREST,
    "isolines": ISOLINES,
    "claims": CLAIMS,
}
"""Every layer by its name, which is that of a table of a GeoPackage."""
