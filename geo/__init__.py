"""Deployment scenarios measured against a dated front line, rendered as offline briefing maps.

Everything below is loaded when it is first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.errors import DataError, GeoError, OutputError, UnknownNameError, UsageError

if TYPE_CHECKING:
    from geo.fronts.front import Front
    from geo.library.calls import brief, changes, compare, history
    from geo.library.given import front, scenario
    from geo.library.points import distance_km
    from geo.library.values import Briefing, Changes, Comparison, History
    from geo.scenarios.scenario import Scenario, Zone

__version__ = "0.1.0"

__all__ = [
    "Briefing",
    "Changes",
    "Comparison",
    "DataError",
    "Front",
    "GeoError",
    "History",
    "OutputError",
    "Scenario",
    "UnknownNameError",
    "UsageError",
    "Zone",
    "__version__",
    "brief",
    "changes",
    "compare",
    "distance_km",
    "front",
    "history",
    "scenario",
]

_HOMES = {
    "Briefing": "library.values",
    "Changes": "library.values",
    "Comparison": "library.values",
    "Front": "fronts.front",
    "History": "library.values",
    "Scenario": "scenarios.scenario",
    "Zone": "scenarios.scenario",
    "brief": "library.calls",
    "changes": "library.calls",
    "compare": "library.calls",
    "distance_km": "library.points",
    "front": "library.given",
    "history": "library.calls",
    "scenario": "library.given",
}
"""The module of each name that is loaded late."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    value = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
