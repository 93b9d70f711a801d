"""Whether what a file says about itself still holds: its content, and scenario, front and metrics as they are here."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from geo import briefing, catalogue, document, front, provenance, scenario, style
from geo.errors import DataError, Problem, UnknownNameError
from geo.front import Front
from geo.provenance.manifest import describe_rows
from geo.scenario import Scenario

MAX_BYTES = 200_000_000
TOLERANCE = 0.01
"""How far figures, in km or as a share of km², may lie apart that another processor or library has computed."""

_FIGURES = ("nearest_km", "mean_km", "median_km", "farthest_km")


@dataclass(frozen=True)
class Check:
    """One thing that was looked at: what it is, what was found, and whether it is as it was."""

    what: str
    found: str
    holds: bool


@dataclass(frozen=True)
class Verdict:
    """What a file shows, in phrases, and what became of it since it was written."""

    shows: tuple[tuple[str, str], ...]
    checks: tuple[Check, ...]

    @property
    def holds(self) -> bool:
        """Tell whether everything is as it was."""
        return all(check.holds for check in self.checks)


def verify_file(path: Path, *, scenario_file: str | None = None, front_file: str | None = None) -> Verdict:
    """Read a file's manifest back and check it against the file and against the data here.

    A scenario or front that does not ship is looked for in the file given.

    Raises
    ------
    DataError
        The file carries no manifest of this program, or one that cannot be read.
    """
    sealed = provenance.read_manifest(document.read_bytes(path, max_bytes=MAX_BYTES))
    if sealed is None:
        what = "It carries no manifest of this program"
        remedy = "It was made otherwise, or a program that saved it again dropped the manifest; it cannot be verified."
        raise DataError(str(path), [Problem(what, remedy)])
    try:
        return _judge(sealed, scenario_file, front_file)
    except (KeyError, TypeError, AttributeError, ValueError):
        what = "Its manifest is not complete, so somebody changed it"
        raise DataError(str(path), [Problem(what, "Ask for the file again, or render it anew.")]) from None


def _judge(sealed: Any, scenario_file: str | None, front_file: str | None) -> Verdict:
    manifest = sealed.manifest
    written = f"geo {manifest['version']} wrote it"
    state = f"unchanged since {written}" if sealed.is_unchanged else f"CHANGED after {written}"
    checks = [Check("content", state, sealed.is_unchanged)]
    line = _find("front", manifest["front"], front_file, checks)
    for entry in manifest["scenarios"]:
        option = _find("scenario", entry, scenario_file, checks)
        if isinstance(option, Scenario) and isinstance(line, Front):
            checks.append(_check_metrics(entry, option, line))
    return Verdict(tuple(_describe(manifest)), tuple(checks))


def _describe(manifest: dict[str, Any]) -> list[tuple[str, str]]:
    titles = [f"{entry['title']} ({entry['id']})" for entry in manifest["scenarios"]]
    about = manifest["front"]
    kind = "line of contact" if about["definition"] == "contact" else "edge of the occupied area"
    day = style.format_date(date.fromisoformat(about["as_of"]))
    sources = [source["publisher"] for source in manifest["sources"]] or ["none given"]
    shows = [
        ("shows", "; ".join(titles)),
        ("front", f"{kind} of {day} ({about['id']})"),
        ("sources", "; ".join(sources)),
    ]
    return shows + ([("marking", str(manifest["marking"]))] if manifest["marking"] else [])


def _find(kind: str, entry: dict[str, Any], file: str | None, checks: list[Check]) -> Scenario | Front | None:
    """Read the scenario or front of a manifest's entry from here, and note whether it is still the same."""
    name = str(entry["id"])
    known = catalogue.scenarios() if kind == "scenario" else catalogue.fronts()
    if file is None and name not in known:
        checks.append(
            Check(f"{kind} {name}", f"not among those that ship; name its file with --{kind}", False)
        )
        return None
    reader = scenario.find_scenario if kind == "scenario" else front.find_front
    try:
        here = reader(file or name)
    except (DataError, UnknownNameError) as error:
        checks.append(Check(f"{kind} {name}", f"cannot be read here: {str(error).splitlines()[0]}", False))
        return None
    same = here.sha256 == entry["sha256"]
    checks.append(Check(f"{kind} {name}", "the same here" if same else "DIFFERENT here", same))
    return here


def _check_metrics(entry: dict[str, Any], option: Scenario, line: Front) -> Check:
    """Measure anew and compare each figure."""
    here = describe_rows(briefing.measure_scenario(option, line).rows)
    there = entry["zones"]
    what = f"figures of {entry['id']}"
    if [row["zone"] for row in here] != [row["zone"] for row in there]:
        return Check(what, "DIFFERENT here: other zones", False)
    apart = [
        f"{row['zone']} {figure.removesuffix('_km')} {style.format_km(old[figure])} there, "
        f"{style.format_km(row[figure])} here"
        for row, old in zip(here, there, strict=True)
        for figure in _FIGURES
        if abs(row[figure] - old[figure]) > TOLERANCE
    ]
    areas = all(
        math.isclose(row["area_km2"], old["area_km2"], rel_tol=1e-4, abs_tol=TOLERANCE)
        for row, old in zip(here, there, strict=True)
    )
    if apart or not areas:
        return Check(what, f"DIFFERENT here: {apart[0] if apart else 'an area'}", False)
    return Check(what, "measured anew, the same", True)
