"""Metrics and histories as data for other programs: JSON and CSV at full precision, units in the names."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from geo.briefing import fields
from geo.briefing.fields import Row
from geo.files import schema
from geo.fronts.front import DEFINITIONS, FrontFacts
from geo.measuring import figures
from geo.measuring.columns import Column, Kind
from geo.measuring.ground import Ground
from geo.measuring.metrics import Metrics

if TYPE_CHECKING:
    from geo.briefing.changes import Change, Changes
    from geo.measuring.history import Day, History

_NUMBER = {"type": "number"}
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def build_record(metrics: Metrics, front: FrontFacts) -> dict[str, Any]:
    """Return the metrics of one scenario as plain data at full precision, units in the key names."""
    return {
        "scenario": metrics.scenario,
        "front": {
            "id": front.id,
            "as_of": front.as_of.isoformat(),
            "definition": front.definition,
            "uncertainty_km": front.uncertainty_km,
            "length_km": metrics.front_length_km,
            "source": front.source,
            **({"rule": front.rule} if front.rule else {}),
        },
        "method": metrics.method,
        "zones": [asdict(row) for row in metrics.zones],
        "total": asdict(metrics.total),
        "force": [asdict(force) for force in metrics.force],
    }


def build_metrics_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a record or a list of them: each key with its meaning and unit."""
    zone = _describe_object({figure.key: figure.build_schema() for figure in figures.FIGURES})
    force = {"claim": {"type": "string"}, "troops": {"type": "integer"}, "per_100_km_of_front": _NUMBER}
    front = {
        **{key: {"type": "string"} for key in ("id", "source", "rule")},
        "as_of": schema.describe_date("The day that the front describes.", is_required=True),
        "definition": schema.describe_choice("What the line is.", tuple(DEFINITIONS), is_required=True),
        "uncertainty_km": {"type": ["number", "null"]},
        "length_km": _NUMBER,
    }
    record = {
        "scenario": {"type": "string"},
        "front": _describe_object(front, optional="rule"),
        "method": {"type": "string"},
        "zones": {"type": "array", "items": zone},
        "total": zone,
        "force": {"type": "array", "items": _describe_object(force)},
    }
    body = {**_describe_object(record), "type": ["object", "array"], "items": {"type": "object", "$ref": "#"}}
    return schema.build_schema("metrics", "Distances of a scenario to a front, or a list of them", body)


def build_history_record(history: History) -> dict[str, Any]:
    """Return a history as plain data at full precision: each day as `geo metrics` gives it, and what was skipped."""
    return {
        "scenario": history.scenario.id,
        "days": [
            _build_day(day, history.days[index - 1] if index else None)
            for index, day in enumerate(history.days)
        ],
        "changes_of_source": [
            {"as_of": history.days[index].as_of.isoformat(), "source": history.days[index].origin}
            for index in history.changes
        ],
        "skipped": [{"file": failure.file, "reason": failure.reason} for failure in history.skipped],
    }


def render_csv(measured: Sequence[tuple[Metrics, FrontFacts]]) -> str:
    """Return one CSV row per zone and total at full precision, the front and its definition in every row."""
    rows = [Row(metrics, front, row) for metrics, front in measured for row in metrics.rows]
    return render_table(fields.METRICS, rows)


def render_table(declared: Sequence[Column], items: Iterable[Any]) -> str:
    """Return what columns say of each item as CSV (RFC 4180, but for the line ends, which are those of text files)."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(_safe_cell(column.key) for column in declared)
    writer.writerows([_safe_cell(column.read(item)) for column in declared] for item in items)
    return stream.getvalue()


def render_history_csv(history: History) -> str:
    """Return one row per day, zone and total, with the columns of ``geo metrics --format csv``."""
    return render_csv([(day.metrics, day.front) for day in history.days])


def build_changes_record(changes: Changes) -> dict[str, Any]:
    """Return what changed between two fronts as plain data at full precision; what is the same stands nowhere in it."""
    ends = [
        build_record(changes.measured, changes.before),
        build_record(changes.briefing.metrics, changes.after),
    ]
    ground = asdict(changes.ground) if changes.ground else None
    return {
        "scenario": changes.scenario.id,
        "sentence": changes.headline,
        "from": ends[0]["front"],
        "to": ends[1]["front"],
        "method": changes.measured.method,
        "is_other_source": changes.is_other_source,
        "changed": [_build_change(each) for each in changes.changed],
        "unchanged_within_uncertainty": [_build_change(each) for each in changes.uncertain],
        "ground": ground and {key: value for key, value in ground.items() if key not in ("gained", "lost")},
        "notes": list(changes.notes),
    }


def render_changes_csv(changes: Changes) -> str:
    """Return one CSV row per zone and figure that differs, then the ground that changed sides, at full precision."""
    rows = [_build_change(each) for each in (*changes.changed, *changes.uncertain)]
    rows += _list_ground(changes.ground) if changes.ground else []
    columns = [Column(key, Kind.TEXT, "", read=itemgetter(key)) for key in _CHANGE_KEYS]
    return render_table(columns, rows)


_CHANGE_KEYS = (
    "zone",
    "figure",
    "from",
    "to",
    "difference",
    "from_low",
    "from_high",
    "to_low",
    "to_high",
    "is_changed",
    "ground_of",
)
"""What stands of a figure that differs; lengths in kilometres, shares from 0 to 1.

Ground is a ``difference`` in square kilometres, ``ground_of`` a sector or an oblast, or ``all``.
"""


def _list_ground(ground: Ground) -> list[dict[str, Any]]:
    """Return the ground that lies beyond one of two lines only, of each sector or oblast and of all."""
    parts = [
        *((share.name, share.gained_km2, share.lost_km2) for share in ground.shares),
        ("all", ground.gained_km2, ground.lost_km2),
    ]
    return [
        dict.fromkeys(_CHANGE_KEYS)
        | {"figure": figure, "difference": km2, "is_changed": True, "ground_of": name}
        for name, *both in parts
        for figure, km2 in zip(("beyond_second_only_km2", "beyond_first_only_km2"), both, strict=True)
        if km2
    ]


def _build_change(change: Change) -> dict[str, Any]:
    figure, ends = change.figure, (change.before, change.after)
    intervals = [end for row in ends for end in figure.read_interval(row) or (None, None)]
    values = (*map(figure.read, ends), change.difference, *intervals, change.is_changed, None)
    return dict(zip(_CHANGE_KEYS, (change.after.zone, figure.key, *values), strict=True))


def _describe_object(properties: dict[str, Any], *, optional: str = "") -> dict[str, Any]:
    return schema.describe_object(properties, required=[key for key in properties if key != optional])


def _build_day(day: Day, before: Day | None) -> dict[str, Any]:
    record = build_record(day.metrics, day.front)
    del record["scenario"], record["force"]
    same = before is not None and before.geometry == day.geometry
    return {"as_of": day.as_of.isoformat(), "file": day.file, "same_as_day_before": same, **record}


def _safe_cell(value: Any) -> Any:
    """Put an apostrophe before text that a spreadsheet would run as a formula."""
    if isinstance(value, str) and value.lstrip().startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value
