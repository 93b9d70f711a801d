"""The manifest: which scenario, front, sources and program a file was made from, and the figures it shows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from geo import __version__
from geo.measuring import figures
from geo.measuring.figures import Output

if TYPE_CHECKING:
    from geo.briefing.briefing import Briefing
    from geo.briefing.changes import Changes
    from geo.briefing.comparison import Comparison
    from geo.briefing.imprint import Imprint
    from geo.fronts.front import Front, FrontFacts
    from geo.measuring.ground import Ground
    from geo.measuring.history import History
    from geo.measuring.metrics import Metrics, ZoneMetrics
    from geo.scenarios.evidence import Source
    from geo.scenarios.scenario import Scenario

VERSION = 1
PROGRAM = "geo-scenarios"
NO_SEAL = "0" * 64
"""What stands in place of the seal while it is computed; SHA-256 has as many digits."""


def build_manifest(briefing: Briefing) -> dict[str, Any]:
    """Return the manifest of an output that shows one briefing: plain data, no time of writing in it."""
    return _build("briefing", (briefing,), briefing.front)


def build_comparison_manifest(comparison: Comparison) -> dict[str, Any]:
    """Return the manifest of an output that shows several briefings side by side."""
    return _build("comparison", comparison.briefings, comparison.front)


def build_table_manifest(briefings: Sequence[Briefing]) -> dict[str, Any]:
    """Return the manifest of a table of the figures of one or several briefings, all to one front."""
    kind = "briefing" if len(briefings) == 1 else "comparison"
    return _build(kind, tuple(briefings), briefings[0].front)


def build_gallery_manifest(briefings: Sequence[Briefing]) -> dict[str, Any]:
    """Return the manifest of the page that leads to several briefings, of which each may have a front of its own."""
    first = briefings[0]
    manifest = _build("gallery", tuple(briefings), first.front)
    for entry, briefing in zip(manifest["scenarios"], briefings, strict=True):
        if briefing.front != first.front:
            entry["front"] = build_front(briefing.front)
    return manifest


def build_history_manifest(history: History, imprint: Imprint) -> dict[str, Any]:
    """Return the manifest of an output through time: the figures of the newest day, the hash of every one."""
    scenario, newest = history.scenario, history.days[-1]
    from geo.scenarios import evidence  # here, because every command knows this module

    return {
        **_begin("history", newest.front, None, imprint),
        "days": [{"as_of": day.as_of.isoformat(), "sha256": day.front.sha256} for day in history.days],
        "scenarios": [_build_scenario(scenario, scenario.claims, newest.metrics)],
        "sources": _list_sources(evidence.list_sources(scenario.claims)),
        "method": newest.metrics.method,
    }


def build_changes_manifest(changes: Changes) -> dict[str, Any]:
    """Return the manifest of an output that shows what changed: the scenario at either front, and the ground.

    Of two versions of a scenario it has both, at one front.
    """
    if changes.earlier is not changes.scenario:
        manifest = _build("versions", (changes.briefing,), changes.after)
        older = _build_scenario(changes.earlier, changes.earlier.claims, changes.measured)
        return {**manifest, "scenarios": [older, *manifest["scenarios"]]}
    manifest = _build("changes", (changes.briefing,), changes.after)
    (after,) = manifest["scenarios"]
    zones = describe_rows(changes.measured.rows)
    before = {**after, "zones": zones, "front": build_front(changes.before)}
    return {**manifest, "scenarios": [before, after], "ground": describe_ground(changes.ground)}


def dump_manifest(manifest: dict[str, Any]) -> str:
    """Return a manifest as JSON in ASCII without a character that means something to XML, HTML or PDF."""
    text = json.dumps(manifest, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    for character in "&<>()'":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _build(kind: str, briefings: tuple[Briefing, ...], front: Front) -> dict[str, Any]:
    return {
        **_begin(kind, front, briefings[0].marking, briefings[0].imprint),
        "scenarios": [
            _build_scenario(each.scenario, [claim.id for claim in each.claims], each.metrics)
            for each in briefings
        ],
        "sources": _list_sources(source for briefing in briefings for source in briefing.sources),
        "method": briefings[0].metrics.method,
    }


def _list_sources(sources: Iterable[Source]) -> list[dict[str, str]]:
    publishers = {source.id: source.publisher for source in sources}
    return [{"id": name, "publisher": publisher} for name, publisher in publishers.items()]


def _begin(kind: str, front: FrontFacts, marking: str | None, imprint: Imprint) -> dict[str, Any]:
    """Return what every manifest says, whatever it is of."""
    return {
        "manifest": VERSION,
        "program": PROGRAM,
        "version": __version__,
        "kind": kind,
        "marking": marking,
        "issued": imprint.issued.isoformat() if imprint.issued else None,
        "contact": imprint.contact,
        "front": build_front(front),
    }


def build_front(front: FrontFacts) -> dict[str, Any]:
    """Return what a manifest says of a front."""
    from geo.briefing import notes  # here, because every command knows this module

    choice = front.choice.build_record()
    return {
        "id": front.id,
        "sha256": front.sha256,
        "as_of": front.as_of.isoformat(),
        "definition": front.definition,
        "uncertainty_km": front.uncertainty_km,
        "source": front.source,
        "licence": front.licence,
        **({"terms": notes.RESTRICTED} if front.is_restricted else {}),
        **({"choice": choice} if choice else {}),
    }


def _build_scenario(scenario: Scenario, claims: Sequence[str], metrics: Metrics) -> dict[str, Any]:
    return {
        "id": scenario.id,
        "title": scenario.title,
        "sha256": scenario.sha256,
        "claims": list(claims),
        "zones": describe_rows(metrics.rows),
    }


def describe_rows(rows: Sequence[ZoneMetrics]) -> list[dict[str, Any]]:
    """Return the figures of a table's rows, rounded as each is declared: lengths to a metre."""
    shown = figures.find_figures(Output.MANIFEST)
    return [{"zone": row.zone, **{figure.key: figure.round(row) for figure in shown}} for row in rows]


def describe_ground(ground: Ground | None) -> dict[str, float] | None:
    """Return the areas of ground that changed sides, rounded; None where they are not known."""
    if ground is None:
        return None
    return {key: round(getattr(ground, key), 3) for key in ("gained_km2", "lost_km2")}
