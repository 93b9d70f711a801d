"""Everything one rendering needs, assembled in one place: the `Briefing` that every renderer draws."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shapely.geometry import LineString, MultiPolygon

from geo import geodesy, numerals
from geo.fronts.front import Front
from geo.geodesy import Area
from geo.measuring import isolines, metrics
from geo.measuring.isolines import Isoline
from geo.measuring.metrics import Metrics, ZoneMetrics
from geo.reference import basemap
from geo.reference.basemap import Basemap
from geo.scenarios import evidence
from geo.scenarios.evidence import Claim, Source
from geo.scenarios.scenario import Scenario

ILLUSTRATIVE = (
    "Every zone is illustrative: the sources give no coordinates, and the outlines were drawn for this map."
)
NO_SOURCE = "No source is given for this scenario; it is a drawing without a reported claim behind it."
CANDIDATES = "Zones marked as candidates are this project's choice; the source names no such area."

NEAR_KM = 75
"""A place farther away than this is no help in finding a point, and the key sentence leaves it out."""


@dataclass(frozen=True)
class Briefing:
    """One scenario measured against one front, with its evidence; immutable, the only input of a renderer.

    ``headline`` is the computed key sentence and ``distance_note`` what its distances mean. ``claims`` are those the
    scenario cites, then the force sizes reported in the same ``sources``. ``uncertainty_band`` is the area within the
    front's uncertainty of its line (lon, lat; empty where the front states none), ``isolines`` are the lines of equal
    distance to it. ``caveats`` are sentences that
    must stand on every output, ``credits`` who made the reference layers. ``alt_short`` says what is drawn and
    ``alt_long`` also what it shows. ``marking`` is a handling line that was asked for, to stand at the top and the
    bottom of every page; None, as always unless somebody asks, for none.
    """

    scenario: Scenario
    front: Front
    metrics: Metrics
    claims: tuple[Claim, ...]
    sources: tuple[Source, ...]
    basemap: Basemap
    uncertainty_band: Area
    headline: str
    distance_note: str
    caveats: tuple[str, ...]
    credits: tuple[str, ...]
    alt_short: str
    alt_long: str
    isolines: tuple[Isoline, ...] = ()
    marking: str | None = None


def build_briefing(
    scenario: Scenario, front: Front, *, marking: str | None = None, measured: Metrics | None = None
) -> Briefing:
    """Measure a scenario against a front, unless it is ``measured``, and put all that a renderer needs beside it.

    Raises
    ------
    UnknownNameError
        If the scenario cites a claim that no shipped source holds.
    """
    cited = tuple(evidence.find_claim(claim) for claim in scenario.claims)
    sources = _cited_sources(cited)
    sizes = _reported_sizes(sources)
    measured = measured or metrics.measure(scenario, front, sizes)
    reference = basemap.read_basemap()
    return Briefing(
        scenario=scenario,
        front=front,
        metrics=measured,
        claims=(*cited, *(claim for claim in sizes if claim not in cited)),
        sources=sources,
        basemap=reference,
        uncertainty_band=_uncertainty_band(front),
        headline=_headline(scenario, front, measured),
        distance_note=_distance_note(front),
        caveats=tuple(_caveats(scenario, front, measured)),
        credits=(*reference.credits, f"Front: {front.source}. Licence: {front.licence}."),
        alt_short=_alt_short(scenario, front),
        alt_long=f"{_alt_short(scenario, front)} {' '.join(_sentences(measured))}",
        isolines=isolines.find_isolines(front),
        marking=marking,
    )


def measure_scenario(scenario: Scenario, front: Front) -> Metrics:
    """Measure a scenario as its briefing does, force sizes included, without the layers a rendering needs."""
    cited = tuple(evidence.find_claim(claim) for claim in scenario.claims)
    return metrics.measure(scenario, front, _reported_sizes(_cited_sources(cited)))


def _cited_sources(claims: tuple[Claim, ...]) -> tuple[Source, ...]:
    sources = evidence.read_sources()
    return tuple(sources[name] for name in dict.fromkeys(claim.id.partition("/")[0] for claim in claims))


def _reported_sizes(sources: tuple[Source, ...]) -> tuple[Claim, ...]:
    return tuple(
        claim
        for source in sources
        for claim in source.claims
        if claim.about == "size" and claim.unit == "troops" and claim.value is not None
    )


def _uncertainty_band(front: Front) -> Area:
    if not front.uncertainty_km:
        return MultiPolygon()
    return geodesy.derive_band(front.line, front.uncertainty_km)


def _headline(scenario: Scenario, front: Front, measured: Metrics) -> str:
    """Return the one sentence to remember: how near, near where, and how far half of the area is."""
    rows = {zone.name: row for zone, row in zip(scenario.zones, measured.zones, strict=True)}
    nearest = min(rows.values(), key=lambda row: row.nearest_km)
    one = len(rows) == 1
    target = front.kind
    if nearest.nearest_km == 0:
        subject = "The zone" if one else f"The nearest of {len(rows)} zones, {nearest.zone},"
        return f"{subject} touches or crosses the {target}; its distance is 0."
    # The place stands with the zone's point that it is near: beside the front's name it would seem to lie on the front.
    subject = "The zone's" if one else f"The nearest of {len(rows)} zones is {nearest.zone}: its"
    half = "half of it" if one else "half of the whole area"
    return (
        f"{subject} nearest point{_near(*nearest.nearest_from)} lies about "
        f"{numerals.format_km(nearest.nearest_km)} from the {target}; "
        f"{half} is farther than {numerals.format_km(measured.total.median_km)}."
    )


def _near(lon: float, lat: float) -> str:
    """Return a place to find a point by, as an inserted phrase; nothing where none is close."""
    place = basemap.nearest_place(lon, lat)
    way = LineString([(lon, lat), (place.lon, place.lat)])
    return "" if geodesy.length_km(way) > NEAR_KM else f", near {place.name},"


def _distance_note(front: Front) -> str:
    derived = f" The line was derived from an occupied area. {front.rule}" if front.rule else ""
    if front.uncertainty_km is None:
        uncertainty = "The front's file states no uncertainty, so none can be given for the distances."
    else:
        uncertainty = f"The line is uncertain by about {front.uncertainty_km:g} km, and so is every distance."
    return (
        f"Distances are shortest geodesics on the WGS 84 ellipsoid to the {front.kind} of "
        f"{numerals.format_date(front.as_of)}, rounded to 1 km below 50 km and to 5 km above. {uncertainty}{derived}"
    )


def _caveats(scenario: Scenario, front: Front, measured: Metrics) -> Iterator[str]:
    yield ILLUSTRATIVE
    if any(zone.candidate for zone in scenario.zones):
        yield CANDIDATES
    if not scenario.claims:
        yield NO_SOURCE
    for row in measured.zones:
        if row.beyond_share > 0:
            yield f"{metrics.describe_beyond(row, front)}."
    yield (
        f"The front is as of {numerals.format_date(front.as_of)} and has moved since; "
        "it is generalised, not a record of positions."
    )


def _alt_short(scenario: Scenario, front: Front) -> str:
    count = (
        "one illustrative zone" if len(scenario.zones) == 1 else f"{len(scenario.zones)} illustrative zones"
    )
    return (
        f"Map of the scenario “{scenario.title}”: {count} and the {front.kind} of "
        f"{numerals.format_date(front.as_of)}."
    )


def _sentences(measured: Metrics) -> Iterator[str]:
    for row in measured.rows:
        yield _sentence(row)


def _sentence(row: ZoneMetrics) -> str:
    return (
        f"{row.zone}: {numerals.format_km(row.nearest_km)} from the front at its nearest point, "
        f"{numerals.format_km(row.mean_km)} on average, {numerals.format_km(row.farthest_km)} at most."
    )
