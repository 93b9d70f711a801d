"""Figures stay with the zones and the front they were measured of, however a value was put together in Python."""

from __future__ import annotations

import math

from geo import geodesy
from geo.briefing.briefing import Briefing
from geo.errors import DataError
from geo.measuring.metrics import Metrics
from geo.scenarios.scenario import Scenario

_REMEDY = "Measure this scenario, with geo.brief()."


def validate_briefing(briefing: Briefing) -> None:
    """Refuse a briefing whose figures are those of other zones or of another front.

    Raises
    ------
    DataError
        They would stand on a map or in a file beside what they do not describe.
    """
    validate_zones(briefing.scenario, briefing.metrics)
    if not math.isclose(briefing.metrics.front_length_km, briefing.front.length_km):
        what = f"The figures are those of another front than '{briefing.front.id}'"
        raise DataError.of(briefing.scenario.id, what, _REMEDY)


def validate_zones(scenario: Scenario, metrics: Metrics) -> None:
    """Refuse figures whose zones have other names or other areas than those of the scenario.

    Raises
    ------
    DataError
        They are those of another scenario.
    """
    named = (metrics.scenario, [row.zone for row in metrics.zones])
    if named != (scenario.id, [zone.name for zone in scenario.zones]) or not all(
        math.isclose(geodesy.area_km2(zone.geometry), row.area_km2)
        for zone, row in zip(scenario.zones, metrics.zones, strict=True)
    ):
        what = f"The figures are those of the scenario '{metrics.scenario}' or of other zones"
        raise DataError.of(scenario.id, what, _REMEDY)
