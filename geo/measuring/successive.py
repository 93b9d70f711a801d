"""A scenario measured against one front after another: zones that no change of the line reaches are left alone."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import shapely

from geo.fronts.front import Front
from geo.geodesy import Floats
from geo.geodesy.groups import Cloud
from geo.geodesy.nearest import Polyline
from geo.measuring import intervals, metrics
from geo.measuring.metrics import Measured, Metrics
from geo.scenarios.scenario import Scenario, Zone

_DIAGONALS = 3.0
"""How many sides of a cell a point, and the point of the line nearest to it, may be off: two diagonals, rounded up."""


@dataclass(frozen=True)
class _Earlier:
    """A front that was measured, and what was measured of each zone."""

    front: Front
    measured: tuple[Measured, ...]


class Successive:
    """Measures a scenario against fronts, one after another, best in the order of their days.

    A zone keeps what was measured of it against the front before where every edge of the line that came or went is
    farther from each of its points than the line was. The figures are those of `geo.measuring.metrics.measure`.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self._earlier: _Earlier | None = None
        cells = [metrics.cut_cells(zone.geometry)[0] for zone in scenario.zones]
        self._cells = Cloud(np.concatenate(cells))
        self._cuts = np.cumsum([len(points) for points in cells])[:-1]

    def measure(self, front: Front) -> Metrics:
        """Measure the scenario against a front; errors are those of `geo.measuring.metrics.measure`."""
        changed = self._find_changed(front)
        gaps_km = [None] * len(self.scenario.zones) if changed is None else self._find_gaps(changed)
        measured = [
            kept
            if (kept := self._keep(number, zone, front, gaps_km[number])) is not None
            else metrics.measure_zone(zone.name, zone.geometry, self.scenario, front)
            for number, zone in enumerate(self.scenario.zones)
        ]
        self._earlier = _Earlier(front, tuple(measured))
        return metrics.build_metrics(self.scenario, measured, front)

    def _find_changed(self, front: Front) -> Polyline | None:
        """Return the edges that one of the two lines has and the other has not; None where they cannot be compared."""
        before = self._earlier.front if self._earlier else None
        if before is None or any(each.occupied is None or each.precisions_km for each in (before, front)):
            return (
                None  # where each sector has a precision of its own, intervals depend on more than the line
            )
        changed = np.setxor1d(_list_edges(before), _list_edges(front), assume_unique=True)
        return Polyline(shapely.MultiLineString(changed.view(np.float64).reshape(-1, 2, 2).tolist()))

    def _find_gaps(self, changed: Polyline) -> list[Floats]:
        """Return for each zone how far its cells are from what changed, in kilometres, to 3 cm."""
        if not len(changed.starts):
            return [np.array(np.inf)] * len(self.scenario.zones)
        return np.split(changed.measure(self._cells)[2], self._cuts)

    def _keep(self, number: int, zone: Zone, front: Front, gaps_km: Floats | None) -> Measured | None:
        """Return what was measured of a zone before, where it holds for a front as well."""
        if self._earlier is None or gaps_km is None:
            return None
        before = self._earlier.measured[number]
        if not before.is_clear or shapely.intersects(zone.geometry, front.line):
            return None
        if not front.sides.split(zone.geometry)[1].is_empty:
            return None
        slack_km = _DIAGONALS * intervals.find_cell_km(zone.geometry, before.area_km2)
        if (gaps_km <= before.distances_km + slack_km).any():
            return None
        return replace(before, without_km=metrics.measure_without(zone.geometry, before.nearest, front))


def _list_edges(front: Front) -> Floats:
    """Return the edges of a line, each once, as one value each, lon and lat of start and end."""
    edges = [
        np.hstack([points[:-1], points[1:]])
        for points in (shapely.get_coordinates(part) for part in front.line.geoms)
    ]
    whole = np.ascontiguousarray(np.concatenate(edges))
    return np.unique(whole.view([("", np.float64)] * 4).reshape(-1))
