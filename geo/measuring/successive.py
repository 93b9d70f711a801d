"""A scenario measured against one front after another: zones that no change of the line reaches are left alone."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely.geometry import MultiLineString

from geo.fronts.front import Front
from geo.fronts.remembering import list_edges, number_edges
from geo.geodesy import Floats, Polyline, ellipsoid, groups
from geo.measuring import intervals, metrics
from geo.measuring.metrics import Measured, Metrics
from geo.scenarios.scenario import Scenario, Zone

_DIAGONALS = 3.0
"""How many sides of a cell a point, and the point of the line nearest to it, may be off: two diagonals, rounded up."""
_TOGETHER = 64  # cells in a group
_ARC = 1.001  # an arc of less than 900 km over its chord


@dataclass(frozen=True)
class _Earlier:
    """A front that was measured, the edges of its line, what was measured of each zone, and the piece nearest to it."""

    front: Front
    edges: dict[bytes, int]
    measured: tuple[Measured, ...]
    pieces: tuple[MultiLineString, ...]


class _Cells:
    """The cells that a zone is measured with, and groups of neighbours among them.

    ``middles`` (n, 2) are cells that stand for the groups, of which no other is farther from its own than ``reach_km``.
    """

    def __init__(self, zone: Zone) -> None:
        self.points, _ = metrics.cut_cells(zone.geometry)
        self.order = groups.derive_order(self.points)
        self.starts = np.arange(0, len(self.order), _TOGETHER)
        first = self.order[self.starts]
        self.middles = self.points[first]
        self.counts = np.diff(self.starts, append=len(self.order))
        xyz = ellipsoid.earth_centred(self.points)
        chords = xyz[:, self.order] - np.repeat(xyz[:, first], self.counts, axis=1)
        self.reach_km = _ARC * np.maximum.reduceat(np.sqrt((chords**2).sum(axis=0)), self.starts) / 1000

    def is_clear(self, changed: Polyline, gaps_km: Floats, limits_km: Floats) -> bool:
        """Ask whether each cell is farther than its limit from what changed; its middles are so far as ``gaps_km``."""
        most_km = np.maximum.reduceat(limits_km[self.order], self.starts)
        near = self.order[np.repeat(gaps_km - self.reach_km <= most_km, self.counts)]
        return bool((changed.measure(groups.Cloud(self.points[near]))[2] > limits_km[near]).all())


class Successive:
    """Measures a scenario against fronts, one after another, best in the order of their days.

    A zone keeps what was measured of it against the front before where every edge of the line that came or went is
    farther from each of its points than the line was. The figures are those of `geo.measuring.metrics.measure`.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self._earlier: _Earlier | None = None
        self._cells = [_Cells(zone) for zone in scenario.zones]
        self._cuts = np.cumsum([len(cells.middles) for cells in self._cells])[:-1]
        self._middles = groups.Cloud(np.concatenate([cells.middles for cells in self._cells]))

    def measure(self, front: Front) -> Metrics:
        """Measure the scenario against a front; errors are those of `geo.measuring.metrics.measure`."""
        edges = _list_edges(front)
        changed = self._find_changed(front, edges)
        kept: list[Measured | None] = [None] * len(self.scenario.zones)
        if changed is not None:
            gaps_km = self._find_gaps(changed)
            kept = [self._keep(number, front, changed, each) for number, each in enumerate(gaps_km)]
        measured = [
            each or metrics.measure_zone(zone.name, zone.geometry, self.scenario, front)
            for each, zone in zip(kept, self.scenario.zones, strict=True)
        ]
        pieces = tuple(_find_piece(front, each) for each in measured)
        self._earlier = _Earlier(front, edges, tuple(measured), pieces)
        return metrics.build_metrics(self.scenario, measured, front)

    def _find_changed(self, front: Front, edges: dict[bytes, int]) -> Polyline | None:
        """Return the edges that one of the two lines has and the other has not; None where they cannot be compared."""
        before = self._earlier
        # where each sector has a precision of its own, intervals depend on more than the line
        if before is None or any(
            each.occupied is None or each.precisions_km for each in (before.front, front)
        ):
            return None
        changed = sorted(before.edges.keys() ^ edges.keys())
        return Polyline(MultiLineString(np.frombuffer(b"".join(changed)).reshape(-1, 2, 2).tolist()))

    def _find_gaps(self, changed: Polyline) -> list[Floats]:
        """Return for each zone how far the middles of its cells are from what changed, in kilometres, to 3 cm."""
        if not len(changed.starts):
            return [np.full(len(cells.middles), np.inf) for cells in self._cells]
        return np.split(changed.measure(self._middles)[2], self._cuts)

    def _keep(self, number: int, front: Front, changed: Polyline, gaps_km: Floats) -> Measured | None:
        """Return what was measured of a zone before, where it holds for a front as well."""
        assert self._earlier is not None
        before, zone, cells = self._earlier.measured[number], self.scenario.zones[number], self._cells[number]
        if not before.is_clear or shapely.intersects(zone.geometry, front.line):
            return None
        if not front.sides.split(zone.geometry)[1].is_empty:
            return None
        slack_km = _DIAGONALS * intervals.find_cell_km(zone.geometry, before.area_km2)
        if not cells.is_clear(changed, gaps_km, before.spread.distances_km + slack_km):
            return None
        least_km = float((gaps_km - cells.reach_km).min()) - slack_km
        is_same_piece = _find_piece(front, before).equals_exact(self._earlier.pieces[number], 0.0)
        if is_same_piece and before.without_km is not None and least_km > before.without_km:
            return before
        return replace(before, without_km=metrics.measure_without(zone.geometry, before.nearest, front))


def _find_piece(front: Front, measured: Measured) -> MultiLineString:
    """Return the piece of a line that an area is nearest to."""
    return front.find_sector(measured.nearest.target, is_reported=True).line


def _list_edges(front: Front) -> dict[bytes, int]:
    """Return the edges of a line, each once, lon and lat of start and end."""
    return number_edges(
        list_edges(*shapely.get_coordinates(shapely.get_parts(front.line), return_index=True))
    )
