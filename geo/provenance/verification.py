"""Whether what a file says about itself still holds: its content, and scenario, front and metrics as they are here."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from geo import numerals, shipped
from geo.briefing import briefing
from geo.errors import DataError, GeoError, Problem, show
from geo.files import document
from geo.fronts import fetched, reading, said
from geo.fronts.choosing import Choice
from geo.fronts.front import KINDS, Front
from geo.measuring import figures, ground
from geo.measuring.figures import Output
from geo.provenance import seal
from geo.provenance.manifest import build_front, describe_ground, describe_rows
from geo.provenance.seal import Container, Sealed
from geo.scenarios import scenario
from geo.scenarios.scenario import Scenario

MAX_BYTES = 200_000_000
_MOST = 1e12  # more than any figure on this planet has
_LONGEST = 200  # characters of one text of a manifest that are printed
_LONGEST_FIGURE = 20  # the same of what stands in place of a figure
_FRONT_KEYS = ("as_of", "definition", "uncertainty_km", "source")


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
    is_unchanged: bool

    @property
    def holds(self) -> bool:
        """Tell whether everything is as it was."""
        return all(check.holds for check in self.checks)

    @property
    def summary(self) -> str:
        """What became of the file, and whether the data here still agree with it, in one phrase."""
        if not self.is_unchanged:
            return "CHANGED since it was written"
        return "as it was written" if self.holds else "unchanged, but NOT confirmed by the data here"


@dataclass(frozen=True)
class Shelf:
    """Where scenarios and fronts are looked up: the user's own files first, then what ships.

    ``scenarios`` are the user's, each under the name of its file.
    """

    scenarios: Mapping[str, Scenario] = field(default_factory=dict)
    front_files: tuple[str, ...] = ()


def read_shelf(scenario_files: Sequence[str], front_files: Sequence[str] = ()) -> Shelf:
    """Read the scenarios that a user names, once for all files to verify.

    Raises
    ------
    GeoError
        One of them cannot be read.
    """
    return Shelf({file: scenario.find_scenario(file) for file in scenario_files}, tuple(front_files))


def verify_file(path: Path, containers: Iterable[Container], shelf: Shelf | None = None) -> Verdict:
    """Read a file's manifest back and check it against the file and against the data here.

    ``containers`` are the places that formats have for one.

    Raises
    ------
    DataError
        The file carries no manifest of this program, or one that cannot be read.
    """
    data = document.read_bytes(path, max_bytes=MAX_BYTES)
    sealed = seal.read_manifest(data, containers)
    if sealed is None:
        raise DataError(str(path), [_describe_absence(path)])
    try:
        return _judge(sealed, shelf or Shelf())
    except (KeyError, TypeError, AttributeError, ValueError, IndexError, OverflowError):
        what = "Its manifest is not complete, so somebody changed it"
        raise DataError.of(path, what, "Ask for the file again, or render it anew.") from None


def _describe_absence(path: Path) -> Problem:
    if path.suffix.lower() == ".csv":
        what = "CSV has no place for a manifest, so there is nothing to verify"
        return Problem(what, "Export XLSX, GeoJSON or GeoPackage as well; those carry one.")
    what = "It carries no manifest of this program"
    remedy = (
        "It was made otherwise, or a program that saved it again dropped the manifest; it cannot be verified."
    )
    return Problem(what, remedy)


def _judge(sealed: Sealed, shelf: Shelf) -> Verdict:
    manifest = sealed.manifest
    checks = [Check("content", _describe_content(sealed), sealed.is_unchanged)]
    entries = manifest["scenarios"]
    fronts: dict[tuple[str, str], Front | None] = {}
    for entry in [manifest, *entries]:
        if "front" in entry and (name := _identify(entry["front"])) not in fronts:
            fronts[name] = _find_front(entry["front"], shelf, checks)
    for entry in entries:
        its_scenario = _find_scenario(entry, shelf, checks)
        its_front = fronts[_identify(entry.get("front", manifest["front"]))]
        if its_scenario and its_front:
            told = f" ({clean(its_front.id)})" if len(fronts) > 1 else ""
            checks.append(_check_metrics(entry, its_scenario, its_front, told))
    if manifest.get("kind") == "changes":
        before, after = fronts[_identify(entries[0]["front"])], fronts[_identify(manifest["front"])]
        checks += [_check_ground(manifest["ground"], before, after)] if before and after else []
    return Verdict(tuple(_describe(manifest)), tuple(dict.fromkeys(checks)), sealed.is_unchanged)


def _identify(entry: dict[str, Any]) -> tuple[str, str]:
    """Return what tells fronts of one file apart: two files in two folders may have one name."""
    return str(entry["id"]), str(entry["sha256"])


def _describe_content(sealed: Sealed) -> str:
    written = f"geo {clean(sealed.manifest['version'])} wrote it"
    return f"unchanged since {written}" if sealed.is_unchanged else f"CHANGED after {written}"


def _describe(manifest: dict[str, Any]) -> list[tuple[str, str]]:
    titles = list(
        dict.fromkeys(clean(f"{entry['title']} ({entry['id']})") for entry in manifest["scenarios"])
    )
    if not titles:
        raise ValueError("a manifest without a scenario is not one of ours")
    about = manifest["front"]
    kind = KINDS[about["definition"]]
    day = numerals.format_date(date.fromisoformat(about["as_of"]))
    publishers = dict.fromkeys(clean(source["publisher"]) for source in manifest["sources"])
    sources = list(publishers) or ["none given"]
    shows = [
        ("shows", "; ".join(titles)),
        ("front", f"{kind} of {day} ({clean(about['id'])})"),
        ("sources", "; ".join(sources)),
    ]
    if manifest.get("kind") == "changes":
        earlier = manifest["scenarios"][0]["front"]
        since = numerals.format_date(date.fromisoformat(earlier["as_of"]))
        shows.append(("since", f"{KINDS[earlier['definition']]} of {since} ({clean(earlier['id'])})"))
    if "days" in manifest:
        first = numerals.format_date(date.fromisoformat(manifest["days"][0]["as_of"]))
        count = len(manifest["days"])
        fronts = f"{numerals.format_several(count, 'front')} from {first} on"
        shows.append(("days", f"{fronts}; the newest is looked at here"))
    given = (("marking", manifest["marking"]), *((key, manifest.get(key)) for key in ("issued", "contact")))
    return shows + [(key, clean(text)) for key, text in given if text]


def clean(text: object) -> str:
    """Return what a file says as it may be printed: in one line of bearable length."""
    line = show(str(text))
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]} …"


def _find_scenario(entry: dict[str, Any], shelf: Shelf, checks: list[Check]) -> Scenario | None:
    """Return the scenario of a manifest's entry as it is here, and note whether it is still the same."""
    name = str(entry["id"])
    own = [each for each in shelf.scenarios.values() if each.id == name]
    if own:
        here = next((each for each in own if each.sha256 == entry["sha256"]), own[0])
    elif name in shipped.scenarios():
        here = scenario.find_scenario(name)
    else:
        held = [f"{file} holds {each.id!r}, not {name!r}" for file, each in shelf.scenarios.items()]
        checks.append(_note_missing("scenario", name, held))
        return None
    # a file lists the sizes that its sources give, too
    cited = sorted(each for each in map(str, entry["claims"]) if each in here.claims)
    said = {"title": here.title, "claims": sorted(here.claims), "sha256": here.sha256}
    checks.append(_compare("scenario", {**entry, "claims": cited}, said))
    return here


def _find_front(entry: dict[str, Any], shelf: Shelf, checks: list[Check]) -> Front | None:
    """Return the front of a manifest as it is here, and note whether it is still the same."""
    name, held = str(entry["id"]), []
    here = _find_fetched(entry, name)
    for file in () if here else shelf.front_files:
        day = date.fromisoformat(entry["as_of"])
        try:
            choice = Choice.of_record(entry.get("choice", {}))
            found = reading.find_front(file, definition=entry["definition"], as_of=day, choice=choice)
            found = said.add_facts(found, said.read_said(entry, found))
        except GeoError as error:
            held.append(f"{file} cannot be read here: {str(error).splitlines()[0]}")
            continue
        if found.id == name:
            here = found if here is None or found.sha256 == entry["sha256"] else here
            continue
        held.append(f"{file} holds {found.id!r}, not {name!r}")
    if here is None and name in shipped.fronts():
        here = reading.find_front(name)
    if here is None:
        checks.append(_note_missing("front", name, held))
        return None
    facts = build_front(here)
    checks.append(_compare("front", entry, {key: facts[key] for key in (*_FRONT_KEYS, "sha256")}))
    return here


def _find_fetched(entry: dict[str, Any], name: str) -> Front | None:
    """Return the fetched front whose file has the hash of a manifest, under the name that it had there."""
    stored = fetched.find_by_hash(str(entry["as_of"]), entry["sha256"])
    if stored is None:
        return None
    choice = Choice.of_record(entry.get("choice", {}))
    here = reading.read_front(stored, definition=entry["definition"], choice=choice)
    return replace(said.add_facts(here, said.read_said(entry, here)), id=name)


def _note_missing(kind: str, name: str, held: Sequence[str]) -> Check:
    remedy = "; ".join(held) or f"not among those that ship; name its file with --{kind}"
    return Check(f"{kind} {clean(name)}", clean(remedy), False)


def _compare(kind: str, entry: dict[str, Any], here: dict[str, Any]) -> Check:
    """Compare what a manifest's entry says with what is here: the file by its hash, then what was read in it."""
    what = f"{kind} {clean(entry['id'])}"
    if here["sha256"] != entry["sha256"]:
        return Check(what, "DIFFERENT here", False)
    for key, value in here.items():
        if entry.get(key) != value:
            told, found = (figures.NONE if each is None else clean(each) for each in (entry.get(key), value))
            return Check(what, f"DIFFERENT here: {key.replace('_', ' ')} {told} there, {found} here", False)
    return Check(what, "the same here", True)


def _check_metrics(entry: dict[str, Any], its_scenario: Scenario, its_front: Front, told: str) -> Check:
    """Measure anew and compare each figure; ``told`` names the front where a file has several."""
    here = describe_rows(briefing.measure_scenario(its_scenario, its_front).rows)
    there = entry["zones"]
    what = f"figures of {clean(entry['id'])}{told}"
    if [row["zone"] for row in here] != [row["zone"] for row in there]:
        return Check(what, "DIFFERENT here: other zones", False)
    if apart := list(_compare_figures(here, there)):
        return Check(what, f"DIFFERENT here: {apart[0]}", False)
    return Check(what, "measured anew, the same", True)


def _check_ground(there: dict[str, Any] | None, before: Front, after: Front) -> Check:
    """Measure the ground that changed sides anew and compare its areas."""
    here = describe_ground(ground.measure_ground(before, after))
    if here is None or there is None:
        same = here is there
    else:
        same = all(_is_alike(here[key], there[key], figures.KM2) for key in here)
    return Check("ground", "measured anew, the same" if same else "DIFFERENT here", same)


def _compare_figures(here: Sequence[dict[str, Any]], there: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Yield each figure that differs; one that a program before this did not know yet stands in no row of its file."""
    for figure in figures.find_figures(Output.MANIFEST):
        if not any(figure.key in old for old in there):
            continue
        for row, old in zip(here, there, strict=True):
            new, was = row[figure.key], old.get(figure.key)
            if not _is_alike(new, was, figure.unit):
                told, found = _write(was, figure.unit), _write(new, figure.unit)
                if told == found:  # as people read them
                    told, found = map(figure.unit.write_precisely, (was, new))
                yield f"{row['zone']}, {figure.name}: {told} there, {found} here"


def _write(value: Any, unit: figures.Unit) -> str:
    """Return what stands in place of a figure, in the words of the tables where it is one."""
    if value is None:
        return "none"
    if _is_number(value):
        return unit.write(value)
    if isinstance(value, float) and not math.isfinite(value):
        return "no number"
    text = clean(json.dumps(value, ensure_ascii=False))
    return text if len(text) <= _LONGEST_FIGURE else f"{text[:_LONGEST_FIGURE]} …"


def _is_alike(new: Any, was: Any, unit: figures.Unit) -> bool:
    """Tell whether a value of a file is the one measured here, as near as another machine computes it."""
    if new is None or not _is_number(was):
        return new is was
    return math.isclose(new, was, rel_tol=unit.relative, abs_tol=unit.tolerance)


def _is_number(value: Any) -> bool:
    """Tell whether a value of JSON is a number that can be measured: no text, true, NaN, or more than a float holds."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _MOST
