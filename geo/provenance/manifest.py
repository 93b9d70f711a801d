"""The manifest: which scenario, front, sources and program a file was made from, and the figures it shows."""

from __future__ import annotations

import json
from typing import Any

from geo import __version__
from geo.briefing import Briefing
from geo.comparison import Comparison
from geo.front import Front
from geo.metrics import ZoneMetrics

VERSION = 1
PROGRAM = "geo-scenarios"
NO_SEAL = "0" * 64
"""What stands in place of the seal while it is computed; SHA-256 has as many digits."""

DECIMALS = 3


def build_manifest(briefing: Briefing) -> dict[str, Any]:
    """Return the manifest of an output that shows one briefing: plain data, no time of writing in it."""
    return _build("briefing", (briefing,), briefing.front, briefing.marking)


def build_comparison_manifest(comparison: Comparison) -> dict[str, Any]:
    """Return the manifest of an output that shows several briefings side by side."""
    return _build("comparison", comparison.briefings, comparison.front, comparison.briefings[0].marking)


def dump_manifest(manifest: dict[str, Any]) -> str:
    """Return a manifest as JSON in ASCII without a character that means something to XML, HTML or PDF."""
    text = json.dumps(manifest, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    for character in "&<>()'":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _build(kind: str, briefings: tuple[Briefing, ...], front: Front, marking: str | None) -> dict[str, Any]:
    sources = {source.id: source.publisher for briefing in briefings for source in briefing.sources}
    return {
        "manifest": VERSION,
        "program": PROGRAM,
        "version": __version__,
        "kind": kind,
        "front": {
            "id": front.id,
            "sha256": front.sha256,
            "as_of": front.as_of.isoformat(),
            "definition": front.definition,
            "uncertainty_km": front.uncertainty_km,
            "source": front.source,
        },
        "scenarios": [_describe_scenario(briefing) for briefing in briefings],
        "sources": [{"id": name, "publisher": publisher} for name, publisher in sources.items()],
        "method": briefings[0].metrics.method,
        "marking": marking,
    }


def _describe_scenario(briefing: Briefing) -> dict[str, Any]:
    scenario = briefing.scenario
    return {
        "id": scenario.id,
        "title": scenario.title,
        "sha256": scenario.sha256,
        "claims": [claim.id for claim in briefing.claims],
        "zones": describe_rows(briefing.metrics.rows),
    }


def describe_rows(rows: tuple[ZoneMetrics, ...]) -> list[dict[str, Any]]:
    """Return the figures of a table's rows, to a metre and to a thousandth of a square kilometre."""
    return [
        {
            "zone": row.zone,
            "nearest_km": round(row.nearest_km, DECIMALS),
            "mean_km": round(row.mean_km, DECIMALS),
            "median_km": round(row.median_km, DECIMALS),
            "farthest_km": round(row.farthest_km, DECIMALS),
            "area_km2": round(row.area_km2, DECIMALS),
        }
        for row in rows
    ]
