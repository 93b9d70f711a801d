"""Scenario and front become one table of distances; what each column means stands in `geo.measuring.figures`."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely

from geo import geodesy
from geo.errors import DataError
from geo.files.fields import shorten
from geo.fronts.front import Front
from geo.geodesy import Area, LonLat, validity
from geo.measuring import crossings, figures, intervals, spread
from geo.measuring.intervals import Intervals
from geo.measuring.spread import Band, Spread
from geo.scenarios.evidence import Claim
from geo.scenarios.scenario import Scenario

METHOD = "WGS 84 geodesic"
FARTHEST_FIT_KM = 2500.0
"""A front farther than this from every zone is taken for a mistake; Lisbon lies 3,300 km from the line of contact."""
_DEGREE_KM = 112.0
"""More than any degree is long."""
TOTAL = "All zones"
"""Name of the row over the union of a scenario's zones."""


@dataclass(frozen=True)
class ZoneMetrics:
    """One row of the table: one zone, or the union of a scenario's zones; `geo.measuring.figures` explains each column.

    Positions are (lon, lat). Distances grow again beyond the front, so the part of a zone that lies there is left out
    of mean, median, farthest and bands, and named wherever they are shown.
    """

    zone: str
    country: str | None
    area_km2: float
    nearest_km: float
    nearest_from: LonLat
    nearest_to: LonLat
    bearing_deg: float | None
    mean_km: float
    median_km: float
    farthest_km: float
    bands: tuple[Band, ...]
    beyond_share: float
    nearest_sector: str
    nearest_low_km: float | None = None
    nearest_high_km: float | None = None
    mean_low_km: float | None = None
    mean_high_km: float | None = None
    median_low_km: float | None = None
    median_high_km: float | None = None
    farthest_low_km: float | None = None
    farthest_high_km: float | None = None
    nearest_low_sector: str | None = None
    nearest_low_disputed: bool = False
    nearest_across: tuple[str, ...] = ()
    nearest_beyond: bool = False
    nearest_without_km: float | None = None

    @property
    def is_overrun(self) -> bool:
        """Whether all of it lies beyond the front, so that its distances are measured from there."""
        return self.beyond_share == 1


@dataclass(frozen=True)
class Force:
    """A reported force size spread along the whole front: so many troops for every 100 km of it."""

    claim: str
    troops: int
    per_100_km_of_front: float


@dataclass(frozen=True, repr=False)
class Metrics:
    """Everything measured for one scenario against one front."""

    scenario: str
    front_length_km: float
    zones: tuple[ZoneMetrics, ...]
    total: ZoneMetrics
    force: tuple[Force, ...]
    method: str = METHOD

    def __repr__(self) -> str:
        nearest, mean = (figure.say(self.total) for figure in (figures.NEAREST, figures.MEAN))
        return f"<Metrics of {shorten(self.scenario)}: {nearest}, {mean}>"

    @property
    def rows(self) -> tuple[ZoneMetrics, ...]:
        """The zones, then the total where there is more than one zone."""
        return self.zones if len(self.zones) == 1 else (*self.zones, self.total)

    @property
    def nearest_first(self) -> list[int]:
        """The indices of the zones, by how near each comes to the front."""
        return sorted(range(len(self.zones)), key=lambda index: self.zones[index].nearest_km)


def join_zones(measured: Sequence[Metrics]) -> Metrics:
    """Return the metrics of the first of several scenarios with the zones of all of them."""
    return replace(measured[0], zones=tuple(row for each in measured for row in each.zones))


@dataclass(frozen=True)
class Measured:
    """What is measured of an area: its nearest point, its size, and how its distances are spread."""

    nearest: geodesy.NearestPair
    area_km2: float
    farthest_km: float
    beyond_share: float
    spread: Spread
    without_km: float | None

    @property
    def is_clear(self) -> bool:
        """Whether the whole area lies on the near side, whatever line the front's file allows."""
        return self.nearest.distance_km > 0 and self.beyond_share == 0 and self.spread.is_sure


def measure(scenario: Scenario, front: Front, size_claims: Iterable[Claim] = ()) -> Metrics:
    """Measure every zone of a scenario, and their union, against a front.

    ``size_claims`` are the reported force sizes (claims in troops) to set against the length of the front.
    """
    _check_world(scenario, front)
    measured = [measure_zone(zone.name, zone.geometry, scenario, front) for zone in scenario.zones]
    return build_metrics(scenario, measured, front, size_claims)


def build_metrics(
    scenario: Scenario, measured: list[Measured], front: Front, size_claims: Iterable[Claim] = ()
) -> Metrics:
    """Make the table of what was measured of each zone, and add the union of the zones."""
    with validity.blame(front.id, "The front"):
        zones = tuple(
            _build_row(zone.name, zone.country, each, front)
            for zone, each in zip(scenario.zones, measured, strict=True)
        )
    countries = ", ".join(sorted({zone.country for zone in scenario.zones if zone.country})) or None
    with validity.blame(scenario.file or scenario.id, "The union of its zones"):
        total = _build_row(TOTAL, countries, _measure_union(scenario, measured, front), front)
    total = replace(total, nearest_across=min(zones, key=lambda row: row.nearest_km).nearest_across)
    _check_fit(scenario, front, total.nearest_km, total.nearest_to)
    return Metrics(
        scenario=scenario.id,
        front_length_km=front.length_km,
        zones=zones,
        total=total,
        force=tuple(_spread(claim, front.length_km) for claim in size_claims),
    )


def _check_world(scenario: Scenario, front: Front) -> None:
    """Refuse a front that is surely too far away, before anything is measured: far lines are slow to measure to."""
    starts = np.array([shapely.get_coordinates(zone.geometry)[0] for zone in scenario.zones])
    west, south, east, north = np.array([zone.geometry.bounds for zone in scenario.zones]).T
    nearest = front.polyline.nearest(starts)
    surely_km = geodesy.geodesic_km(starts, nearest) - _DEGREE_KM * np.hypot(east - west, north - south)
    _check_fit(scenario, front, surely_km.min(), nearest[surely_km.argmin()])


def _check_fit(scenario: Scenario, front: Front, km: float, target: Sequence[float]) -> None:
    """Refuse a front that cannot be about the scenario's part of the world.

    Raises
    ------
    DataError
        Front and scenario are farther apart than any two places of one war.
    """
    if km > FARTHEST_FIT_KM:
        lon, lat = target
        what = (
            f"The front lies more than {FARTHEST_FIT_KM:,.0f} km from the scenario '{scenario.id}', near longitude "
            f"{lon:.1f}, latitude {lat:.1f}: another part of the world"
        )
        remedy = "Look whether longitude and latitude are swapped, or the reference system is wrong, in one of them."
        raise DataError.of(front.id, what, remedy)


def _measure_union(scenario: Scenario, measured: list[Measured], front: Front) -> Measured:
    """Measure the union of zones: put together from the zones' where they lie apart, measured anew elsewhere."""
    union, overlap = _unite(tuple(zone.geometry for zone in scenario.zones))
    if overlap > 1e-9 * union.area or not all(each.is_clear for each in measured):
        return measure_zone(TOTAL, union, scenario, front)
    return Measured(
        nearest=min((each.nearest for each in measured), key=lambda pair: pair.distance_km),
        area_km2=sum(each.area_km2 for each in measured),
        farthest_km=max(each.farthest_km for each in measured),
        beyond_share=0.0,
        spread=spread.join(tuple(each.spread for each in measured)),
        without_km=_join_without(measured, front),
    )


@functools.lru_cache(maxsize=4)
def _unite(outlines: tuple[Area, ...]) -> tuple[Area, float]:
    """Return the union of outlines, and by how much more they cover, in square degrees."""
    union: Area = shapely.union_all(outlines)
    return union, float(shapely.area(outlines).sum() - union.area)


def _join_without(measured: list[Measured], front: Front) -> float | None:
    """Return how far all zones would be from the line without the piece that decides the nearest of them."""

    def name(each: Measured) -> str:
        return front.find_sector(each.nearest.target, is_reported=True).name

    decider = name(min(measured, key=lambda each: each.nearest.distance_km))
    left = [each.without_km if name(each) == decider else each.nearest.distance_km for each in measured]
    known = [km for km in left if km is not None]
    return min(known) if len(known) == len(left) else None


def measure_zone(name: str, area: Area, scenario: Scenario, front: Front) -> Measured:
    """Measure an area; where it cannot be computed with, say which one it is."""
    with validity.blame(scenario.file or scenario.id, repr(name)):
        return _measure_area(area, front)


@functools.lru_cache(maxsize=64)
def cut_cells(area: Area) -> tuple[geodesy.Floats, geodesy.Floats]:
    """Return the cells that an area is measured with, points (n, 2) of lon and lat and weights (n,) in km²."""
    points, weights = geodesy.equal_area_lattice(area)
    points.flags.writeable = weights.flags.writeable = False
    return points, weights


def _measure_area(area: Area, front: Front) -> Measured:
    area_km2 = geodesy.area_km2(area)
    near, beyond = front.sides.split(area)
    counted = area if near.is_empty else near
    cells = cut_cells(counted)
    outline = geodesy.Polyline(area.boundary)
    line = front.polyline.narrow(outline.starts, 1500 * intervals.find_cell_km(area, area_km2))
    nearest = geodesy.nearest_pair(area, line, outline)
    return Measured(
        nearest=nearest,
        area_km2=area_km2,
        farthest_km=geodesy.farthest_km(counted, line),
        beyond_share=0.0 if beyond.is_empty else min(1.0, geodesy.area_km2(beyond) / area_km2),
        spread=Spread(
            distances_km=line.distances_km(cells[0]),
            weights_km2=cells[1],
            between=intervals.measure_intervals(area, near, beyond, cells, front),
        ),
        without_km=measure_without(area, nearest, front),
    )


def measure_without(area: Area, nearest: geodesy.NearestPair, front: Front) -> float | None:
    """Measure how far an area would be from a derived line without the short piece that it is nearest to."""
    rest = front.build_without(front.find_sector(nearest.target, is_reported=True).name)
    return None if rest is None else geodesy.nearest_pair(area, rest).distance_km


def _build_row(zone: str, country: str | None, measured: Measured, front: Front) -> ZoneMetrics:
    """Return the row of a zone or of the union: every figure is computed here, so none can be forgotten for one."""
    between, nearest = measured.spread.between, measured.nearest
    row = ZoneMetrics(
        zone=zone,
        country=country,
        area_km2=measured.area_km2,
        nearest_km=nearest.distance_km,
        nearest_from=nearest.origin,
        nearest_to=nearest.target,
        bearing_deg=nearest.bearing_deg,
        nearest_across=crossings.find_crossed(nearest.origin, nearest.target, country),
        nearest_beyond=front.sides.is_reached_from_beyond(nearest.origin, nearest.target),
        mean_km=measured.spread.mean_km,
        median_km=measured.spread.median_km,
        farthest_km=measured.farthest_km,
        bands=measured.spread.bands,
        beyond_share=measured.beyond_share,
        nearest_sector=front.find_sector(measured.nearest.target, is_reported=True).name,
        nearest_without_km=measured.without_km,
    )
    return row if between is None else _add_ends(row, between, front)


def _add_ends(row: ZoneMetrics, between: Intervals, front: Front) -> ZoneMetrics:
    """Return a row with its intervals; a search that stops a few metres early never leaves a figure outside."""
    ends = between.build_columns()
    for figure in figures.DISTANCES:
        low, high = (figures.name_end(figure.key, end) for end in figures.ENDS)
        ends[low], ends[high] = min(ends[low], figure.read(row)), max(ends[high], figure.read(row))
    return replace(row, **ends, nearest_low_disputed=ends["nearest_low_sector"] in front.disputed)


def _spread(claim: Claim, front_length_km: float) -> Force:
    troops = int(claim.value or 0)
    return Force(claim.id, troops, troops / front_length_km * 100)
