"""What a caller may give for a scenario or a front becomes one: an id, a file, a GeoDataFrame, GeoJSON, a geometry."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from geo.errors import DataError, Problem, UsageError
from geo.files import frames, geojson
from geo.files.document import Content
from geo.files.features import raise_problems
from geo.files.fields import Fields, derive_day, derive_title, shorten
from geo.fronts import reading, said
from geo.fronts.choosing import Choice
from geo.fronts.front import DEFINITIONS, Front
from geo.scenarios import scenario as scenarios
from geo.scenarios import writing
from geo.scenarios.scenario import Scenario, Zone


class GeoInterface(Protocol):
    """Whatever describes itself as GeoJSON: a GeoDataFrame, a GeoSeries, a shapely geometry."""

    @property
    def __geo_interface__(self) -> Any:
        """The description."""


Day: TypeAlias = date | str
ScenarioLike: TypeAlias = Scenario | str | os.PathLike[str] | Mapping[str, Any] | GeoInterface
FrontLike: TypeAlias = Front | Day | os.PathLike[str] | Mapping[str, Any] | GeoInterface


def scenario(
    given: ScenarioLike,
    /,
    *,
    layer: str | None = None,
    name_column: str | None = None,
    id: str | None = None,  # noqa: A002
    title: str | None = None,
) -> Scenario:
    """Return a scenario: one that ships, or zones of your own from a file, a GeoDataFrame or GeoJSON.

    Parameters
    ----------
    given
        The id of a scenario that ships, the path of a file, a GeoDataFrame in any reference system, a dict of GeoJSON
        (lon, lat degrees), a shapely geometry, or a `Scenario`, which is checked as a file is.
    layer
        Which of several layers of a file to read.
    name_column
        The column that holds the names of the zones, where they are not found by themselves.
    id, title
        What to call it, instead of what the file is called. ``notes`` of the scenario say what was mended or left out.

    Raises
    ------
    GeoError
        Something is wrong with it; the message names every problem.

    Examples
    --------
    >>> import geo
    >>> geo.scenario("dnipro-line")
    <Scenario 'dnipro-line': 'Along the Dnipro in central Ukraine', 4 zones>
    >>> from shapely import box
    >>> geo.scenario(box(30, 50, 31, 51), id="my-zone")
    <Scenario 'my-zone': 'My zone', 1 zone>
    """
    if isinstance(given, Scenario):
        if layer is not None or name_column is not None:
            raise UsageError("A Scenario is read already. Give layer and name_column with its file.")
        found = _validate_scenario(given)
    elif isinstance(given, str | os.PathLike):
        found = scenarios.find_scenario(os.fspath(given), layer=layer, name_column=name_column)
    else:
        content = frames.render_content(given)
        if content is None:
            raise _unfit("scenario", given, "an id, a path, a GeoDataFrame or a dict of GeoJSON")
        read = scenarios.read_scenario(content, layer=layer, name_column=name_column)
        is_named = isinstance(given, Mapping) and "scenario" in given
        found = (
            replace(read, sha256=None) if is_named else replace(read, id="zones", title="Zones", sha256=None)
        )
    return _name_scenario(found, id, title)


def front(
    given: FrontLike | None = None,
    /,
    *,
    as_of: Day | None = None,
    definition: str | None = None,
    where: Mapping[str, str | Sequence[str]] | None = None,
    layer: str | None = None,
    day: Day | None = None,
    source: str | None = None,
    licence: str | None = None,
    uncertainty_km: float | None = None,
) -> Front:
    """Return a front: the newest that ships, one that ships or was fetched, or your own lines or occupied area.

    Parameters
    ----------
    given
        None for the newest that ships, ``"latest"`` for the newest that ships or was fetched with ``geo fronts fetch``,
        a day, the path of a file, a GeoDataFrame of lines or of
        occupied polygons in any reference system, a dict of GeoJSON (lon, lat degrees), or a shapely geometry.
    as_of
        The day it describes, where the file or the frame does not say so.
    definition
        What to take of an occupied area: ``"contact"``, its line of contact, or ``"edge"``, any edge of it.
    where, layer, day
        Which features are the front: those with these values in these columns, of this layer, of this day.
    source, licence, uncertainty_km
        What its file does not say of it.

    Raises
    ------
    GeoError
        Something is wrong with it, or with the options.

    Examples
    --------
    >>> import geo
    >>> geo.front("2025-03-27")
    <Front '2025-03-27': line of contact of 27 March 2025>
    >>> from shapely import LineString
    >>> geo.front(LineString([(37.9, 50.1), (36.2, 47.5), (32.4, 46.6)]), as_of="2025-04-01")
    <Front 'front': line of contact of 1 April 2025>
    """
    how = {
        "definition": validate_definition(definition),
        "as_of": read_day("as_of", as_of),
        "choice": build_choice(where, layer, day),
    }
    facts = {
        "source": read_text("source", source),
        "licence": read_text("licence", licence),
        "uncertainty_km": _read_number("uncertainty_km", uncertainty_km),
    }
    return said.add_facts(_read_front(given, how), facts)


def choose_front(shown: Iterable[Scenario]) -> Front:
    """Return the front that scenarios are measured to by default: the one that all of them name, else the newest."""
    named = {each.front for each in shown}
    return reading.find_front(named.pop() if len(named) == 1 else None)


def build_choice(
    where: Mapping[str, str | Sequence[str]] | None, layer: str | None, day: Day | None
) -> Choice:
    """Return what of a file is the front: features with these values, of this layer, of this day.

    Raises
    ------
    UsageError
        ``where`` is no dict, or ``day`` no day.
    """
    if not isinstance(where, Mapping | None):
        raise UsageError('where is a dict of columns and values, such as {"status": "occupied"}.')
    pairs = tuple(
        (str(column), str(value))
        for column, values in (where or {}).items()
        for value in ([values] if isinstance(values, str) or not isinstance(values, Iterable) else values)
    )
    return Choice(pairs, layer, read_day("day", day))


def validate_definition(definition: str | None) -> str | None:
    """Return the definition of a front.

    Raises
    ------
    UsageError
        It is none.
    """
    if definition is not None and definition not in DEFINITIONS:
        raise UsageError(f"definition={shorten(str(definition))} is none of {', '.join(DEFINITIONS)}.")
    return definition


def read_day(name: str, value: Day | None) -> date | None:
    """Return a day that was given as such or as text.

    Raises
    ------
    UsageError
        It is no day.
    """
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    day = derive_day(str(value))
    if day is None:
        raise UsageError(f"{name}={shorten(str(value))} is no day. Write it as in 2025-03-27.")
    return day


def read_text(name: str, value: str | None) -> str | None:
    """Return a text that was given.

    Raises
    ------
    UsageError
        It is none.
    """
    if value is not None and not isinstance(value, str):
        raise UsageError(f"{name}={shorten(str(value))} is no text, but of the type {type(value).__name__}.")
    return value


def _read_number(name: str, value: float | None) -> float | None:
    try:
        return None if value is None else float(value)
    except (TypeError, ValueError):
        raise UsageError(f"{name}={shorten(str(value))} is no number.") from None


def _validate_scenario(made: Scenario) -> Scenario:
    """Return a scenario that may have been made in Python, checked as a file is; nothing is mended."""
    label = str(made.file or made.id)
    if not isinstance(made.zones, Sequence) or not all(isinstance(each, Zone) for each in made.zones):
        raise DataError.of(label, "Its zones are no tuple of Zone", "Make each with geo.Zone().")
    if not all(isinstance(each.properties, Mapping) for each in made.zones):
        raise DataError.of(label, "The properties of a zone are no dict", "Give a dict, or leave them out.")
    strict = replace(scenarios.KIND, is_strict=True)
    content = Content(Path(label), writing.render_geojson(made))
    read = scenarios.build_scenario(geojson.parse_collection(content, strict))
    names = ("id", "title", "summary", "zones", "claims", "front")
    return replace(made, **{name: getattr(read, name) for name in names})


def _name_scenario(found: Scenario, name: str | None, title: str | None) -> Scenario:
    if name is None and title is None:
        return found
    problems: list[Problem] = []
    fields = Fields({"id": name, "title": title}, "scenario", problems)
    name, title = fields.read_id("id"), fields.read_text("title")
    raise_problems(str(found.file), problems)
    if title is None:
        is_derived = name is not None and found.title == derive_title(found.id)
        title = derive_title(str(name)) if is_derived else found.title
    return replace(found, id=name or found.id, title=title)


def _read_front(given: FrontLike | None, how: dict[str, Any]) -> Front:
    if isinstance(given, Front):
        if any(how[key] for key in ("definition", "as_of")) or how["choice"].build_record():
            raise UsageError("A Front is read already. Give these options with its file, when it is read.")
        return given
    if isinstance(given, date):
        given = (given.date() if isinstance(given, datetime) else given).isoformat()
    if given is None or isinstance(given, str | os.PathLike):
        return reading.find_front(None if given is None else os.fspath(given), **how)
    content = frames.render_content(given)
    if content is None:
        raise _unfit("front", given, "a day, a path, a GeoDataFrame or a shapely geometry")
    return replace(reading.read_front(content, **how), id="front", sha256=None)


def _unfit(kind: str, given: object, wanted: str) -> UsageError:
    return UsageError(f"A {kind} is {wanted}; this is of the type {type(given).__name__}.")
