"""Scenario and front become one table of distances; what each column means stands in `ZoneMetrics`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import shapely

from geo import geodesy, numerals
from geo.errors import DataError, Problem
from geo.fronts.front import Front, FrontFacts
from geo.geodesy import Area, LonLat
from geo.scenarios.evidence import Claim
from geo.scenarios.scenario import Scenario, Zone

if TYPE_CHECKING:
    import geopandas as gpd

METHOD = "WGS 84 geodesic"
BAND_EDGES_KM = (0.0, 50.0, 100.0, 200.0, 300.0, 500.0)
"""Lower edges of the distance bands in kilometres; the last band is open."""
FARTHEST_FIT_KM = 2500.0
"""A front farther than this from every zone is taken for a mistake; Lisbon lies 3,300 km from the line of contact."""
TOTAL = "All zones"
"""Name of the row over the union of a scenario's zones."""


@dataclass(frozen=True)
class Band:
    """The share (0 to 1) of a zone whose distance to the front is at least from_km and below to_km (None: no limit)."""

    from_km: float
    to_km: float | None
    share: float


@dataclass(frozen=True)
class ZoneMetrics:
    """One row of the table: one zone, or the union of a scenario's zones.

    ``nearest_km`` is the shortest WGS 84 geodesic from any point of the zone to any point of the front, 0 where they
    touch or cross; it runs from ``nearest_from`` (on the zone) to ``nearest_to`` (on the front), both (lon, lat), and
    leaves the zone at ``bearing_deg`` (clockwise from north; None where the distance is 0). ``mean_km``, ``median_km``
    and ``bands`` are over the zone's area, ``farthest_km`` is the largest distance in it.

    ``beyond_share`` is the share of the area that lies across the front. Distances grow again over there, so that
    part is left out of mean, median, farthest and bands, and named wherever they are shown. A zone that does not cross
    the front has 0.
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


@dataclass(frozen=True)
class Force:
    """A reported force size spread along the whole front: so many troops for every 100 km of it."""

    claim: str
    troops: int
    per_100_km_of_front: float


@dataclass(frozen=True)
class Metrics:
    """Everything measured for one scenario against one front."""

    scenario: str
    front_length_km: float
    zones: tuple[ZoneMetrics, ...]
    total: ZoneMetrics
    force: tuple[Force, ...]
    method: str = METHOD

    @property
    def rows(self) -> tuple[ZoneMetrics, ...]:
        """The zones, then the total where there is more than one zone."""
        return self.zones if len(self.zones) == 1 else (*self.zones, self.total)

    def to_geodataframe(self, scenario: Scenario) -> gpd.GeoDataFrame:
        """Return one row per zone with its outline (lon, lat) and every scalar column of `ZoneMetrics`."""
        import geopandas as gpd

        rows: list[dict[str, Any]] = [asdict(row) for row in self.zones]
        for row in rows:
            for band in row.pop("bands"):
                upper = "plus" if band["to_km"] is None else f"{band['to_km']:.0f}"
                row[f"share_{band['from_km']:.0f}_{upper}_km"] = band["share"]
        outlines = [zone.geometry for zone in scenario.zones]
        return gpd.GeoDataFrame(rows, geometry=outlines, crs=geodesy.CRS)


@dataclass(frozen=True)
class _Sample:
    """The cells of an area: each one's distance and area."""

    distances_km: geodesy.Floats
    weights_km2: geodesy.Floats

    def mean_km(self) -> float:
        return float(np.average(self.distances_km, weights=self.weights_km2))


_Measured: TypeAlias = tuple[ZoneMetrics, _Sample]


def measure(scenario: Scenario, front: Front, size_claims: Iterable[Claim] = ()) -> Metrics:
    """Measure every zone of a scenario, and their union, against a front.

    ``size_claims`` are the reported force sizes (claims in troops) to set against the length of the front.
    """
    measured = [_measure_area(zone.name, zone.country, zone.geometry, front) for zone in scenario.zones]
    total = _measure_total(scenario.zones, measured, front)
    _check_fit(scenario, front, total)
    return Metrics(
        scenario=scenario.id,
        front_length_km=front.length_km,
        zones=tuple(row for row, _ in measured),
        total=total,
        force=tuple(_spread(claim, front.length_km) for claim in size_claims),
    )


def _check_fit(scenario: Scenario, front: Front, total: ZoneMetrics) -> None:
    """Refuse a front that cannot be about the scenario's part of the world.

    Raises
    ------
    DataError
        Front and scenario are farther apart than any two places of one war.
    """
    if total.nearest_km > FARTHEST_FIT_KM:
        lon, lat = total.nearest_to
        what = (
            f"The front lies {numerals.format_km(total.nearest_km)} from the scenario '{scenario.id}', its "
            f"nearest point at longitude {lon:.1f}, latitude {lat:.1f}: another part of the world"
        )
        remedy = "Look whether longitude and latitude are swapped, or the reference system is wrong, in one of them."
        raise DataError(front.id, [Problem(what, remedy)])


def describe_beyond(row: ZoneMetrics, front: FrontFacts) -> str:
    """Say how much of a zone that crosses the front lies beyond it, and what that does to the figures."""
    guessed = (
        ""
        if front.held_side
        else " (which side is held its file does not say; the larger part is taken as near)"
    )
    if row.beyond_share == 1:
        return f"{row.zone} lies wholly beyond the front; its distances are measured from there"
    return (
        f"{row.zone} crosses the front: {numerals.format_share(row.beyond_share)} of its area lies beyond it and is "
        f"left out of mean, median, farthest and bands{guessed}"
    )


def _measure_total(zones: tuple[Zone, ...], measured: list[_Measured], front: Front) -> ZoneMetrics:
    """Return the row over the union: put together from the zones' where they lie apart, measured anew elsewhere."""
    countries = ", ".join(sorted({zone.country for zone in zones if zone.country})) or None
    outlines = [zone.geometry for zone in zones]
    union = shapely.union_all(outlines)
    overlap = shapely.area(outlines).sum() - union.area
    if overlap > 1e-9 * union.area or any(row.nearest_km == 0 or row.beyond_share > 0 for row, _ in measured):
        return _measure_area(TOTAL, countries, union, front)[0]
    nearest = min((row for row, _ in measured), key=lambda row: row.nearest_km)
    sample = _Sample(
        np.concatenate([each.distances_km for _, each in measured]),
        np.concatenate([each.weights_km2 for _, each in measured]),
    )
    return replace(
        nearest,
        zone=TOTAL,
        country=countries,
        area_km2=sum(row.area_km2 for row, _ in measured),
        mean_km=sample.mean_km(),
        median_km=_weighted_median(sample.distances_km, sample.weights_km2),
        farthest_km=max(row.farthest_km for row, _ in measured),
        bands=_shares(sample.distances_km, sample.weights_km2),
    )


def _measure_area(name: str, country: str | None, area: Area, front: Front) -> _Measured:
    nearest = geodesy.nearest_pair(area, front.polyline)
    area_km2 = geodesy.area_km2(area)
    near, beyond = front.sides.split(area)
    beyond_share = 0.0 if beyond.is_empty else min(1.0, geodesy.area_km2(beyond) / area_km2)
    counted = area if near.is_empty else near
    points, weights = geodesy.equal_area_lattice(counted)
    sample = _Sample(front.polyline.distances_km(points), weights)
    row = ZoneMetrics(
        zone=name,
        country=country,
        area_km2=area_km2,
        nearest_km=nearest.distance_km,
        nearest_from=nearest.origin,
        nearest_to=nearest.target,
        bearing_deg=nearest.bearing_deg,
        mean_km=sample.mean_km(),
        median_km=_weighted_median(sample.distances_km, weights),
        farthest_km=geodesy.farthest_km(counted, front.polyline),
        bands=_shares(sample.distances_km, weights),
        beyond_share=beyond_share,
    )
    return row, sample


def _weighted_median(values: geodesy.Floats, weights: geodesy.Floats) -> float:
    """Return the value below which half of the weight lies, interpolated between cells."""
    order = np.argsort(values)
    middle = np.cumsum(weights[order]) - weights[order] / 2
    return float(np.interp(weights.sum() / 2, middle, values[order]))


def _shares(distances: geodesy.Floats, weights: geodesy.Floats) -> tuple[Band, ...]:
    band_of = np.digitize(distances, BAND_EDGES_KM) - 1
    sums = np.bincount(band_of, weights=weights, minlength=len(BAND_EDGES_KM))
    shares = sums / sums.sum()
    tops = [*BAND_EDGES_KM[1:], None]
    return tuple(
        Band(low, top, float(share)) for low, top, share in zip(BAND_EDGES_KM, tops, shares, strict=True)
    )


def _spread(claim: Claim, front_length_km: float) -> Force:
    troops = int(claim.value or 0)
    return Force(claim.id, troops, troops / front_length_km * 100)
