"""Scenario and front become one table of distances; what each column means stands in `ZoneMetrics`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import shapely

from geo import geodesy, style
from geo.evidence import Claim
from geo.front import Front
from geo.geodesy import Area, LonLat
from geo.scenario import Scenario, Zone

if TYPE_CHECKING:
    import geopandas as gpd

METHOD = "WGS 84 geodesic"
BAND_EDGES_KM = (0.0, 50.0, 100.0, 200.0, 300.0, 500.0)
"""Lower edges of the distance bands in kilometres; the last band is open."""
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
    front_length_km = geodesy.length_km(front.line)
    return Metrics(
        scenario=scenario.id,
        front_length_km=front_length_km,
        zones=tuple(row for row, _ in measured),
        total=_measure_total(scenario.zones, measured, front),
        force=tuple(_spread(claim, front_length_km) for claim in size_claims),
    )


def describe_beyond(row: ZoneMetrics) -> str:
    """Say how much of a zone that crosses the front lies beyond it, and what that does to the figures."""
    return (
        f"{row.zone} crosses the front: {style.format_share(row.beyond_share)} of its area lies beyond it and is left "
        "out of mean, median, farthest and bands"
    )


def _measure_total(zones: tuple[Zone, ...], measured: list[_Measured], front: Front) -> ZoneMetrics:
    """Return the row over the union: put together from the zones' where they lie apart, measured anew elsewhere."""
    countries = ", ".join(sorted({zone.country for zone in zones if zone.country})) or None
    outlines = [zone.geometry for zone in zones]
    union = shapely.union_all(outlines)
    overlap = shapely.area(outlines).sum() - union.area
    if overlap > 1e-9 * union.area or any(row.nearest_km == 0 for row, _ in measured):
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
    nearest = geodesy.nearest_pair(area, front.line)
    area_km2 = geodesy.area_km2(area)
    counted, beyond_share = area, 0.0
    if nearest.distance_km == 0:
        near, beyond = geodesy.split_at(area, front.line, front.held_side)
        if not beyond.is_empty:
            beyond_share = min(1.0, geodesy.area_km2(beyond) / area_km2)
            counted = area if near.is_empty else near
    points, weights = geodesy.equal_area_lattice(counted)
    sample = _Sample(geodesy.Polyline(front.line).distances_km(points), weights)
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
        farthest_km=geodesy.farthest_km(counted, front.line),
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
