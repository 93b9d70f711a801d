"""Everything one rendering needs, assembled in one place: the `Briefing` that every renderer draws."""

from __future__ import annotations

from dataclasses import dataclass, replace

import shapely
from shapely.geometry import MultiPolygon

from geo import geodesy, numerals
from geo.briefing import alternatives, attribution, headline, notes
from geo.briefing.imprint import NO_IMPRINT, Imprint
from geo.briefing.since import Since
from geo.files.fields import shorten
from geo.fronts.front import Front
from geo.fronts.sides import find_crimea
from geo.geodesy import Area, LonLat
from geo.measuring import isolines, metrics
from geo.measuring.figures import NEAREST
from geo.measuring.isolines import Isoline
from geo.measuring.metrics import Metrics
from geo.reference import basemap
from geo.reference.basemap import Basemap, Place
from geo.scenarios import evidence
from geo.scenarios.evidence import Claim, Source
from geo.scenarios.scenario import Scenario

NO_GROUND = MultiPolygon()


@dataclass(frozen=True, repr=False)
class Briefing:
    """One scenario measured against one front, with its evidence; immutable, the only input of a renderer.

    ``headline`` is the computed key sentence, ``place`` the one it names, if any, and ``distance_note`` what its
    distances mean. ``claims`` are those the scenario cites, then the force sizes reported in the same ``sources``.
    ``uncertainty_band`` is the area within the front's uncertainty of its line (lon, lat; empty where the front states
    none), ``isolines`` are the lines of equal distance to it. ``far_ground`` is the ground beyond the front in Ukraine,
    ``crimea`` where the name of Crimea stands if it lies there, and ``zones_beyond`` the part of each zone beyond; the
    areas may be empty. ``caveats`` are sentences that must stand on every output, ``credits`` who made the reference
    layers and the front. ``alt_short`` says what is drawn and ``alt_long`` also what it shows. ``marking`` is a
    handling line, to stand at the top and the bottom of every page; None where nobody asked for one. ``imprint`` says
    when it was issued and whom to ask. ``since`` is what a map of changes shows of an earlier front; None elsewhere.
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
    place: Place | None = None
    marking: str | None = None
    imprint: Imprint = NO_IMPRINT
    far_ground: Area = NO_GROUND
    crimea: LonLat | None = None
    zones_beyond: tuple[Area, ...] = ()
    since: Since | None = None

    def __repr__(self) -> str:
        nearest = NEAREST.say(self.metrics.total)
        return f"<Briefing of {shorten(self.scenario.id)}: {nearest}, that of {numerals.format_date(self.front.as_of)}>"


def build_briefing(
    scenario: Scenario,
    front: Front,
    *,
    measured: Metrics | None = None,
    marking: str | None = None,
    imprint: Imprint = NO_IMPRINT,
) -> Briefing:
    """Measure a scenario against a front, and put all that a renderer needs beside the figures.

    ``measured`` are the figures where `measure_scenario` has made them already.

    Raises
    ------
    UnknownNameError
        If the scenario cites a claim that no shipped source holds.
    """
    cited = tuple(evidence.find_claim(claim) for claim in scenario.claims)
    sources = evidence.list_sources(scenario.claims)
    sizes = _reported_sizes(sources)
    measured = measured or metrics.measure(scenario, front, sizes)
    reference = basemap.read_basemap()
    alt_short = alternatives.describe_map(scenario, front)
    return Briefing(
        scenario=scenario,
        front=front,
        metrics=measured,
        claims=(*cited, *(claim for claim in sizes if claim not in cited)),
        sources=sources,
        basemap=reference,
        uncertainty_band=_uncertainty_band(front),
        headline=headline.build_headline(scenario, front, measured),
        distance_note=notes.describe_distances(front, measured),
        caveats=tuple(notes.describe_caveats(scenario, front, measured)),
        credits=_list_credits(reference, front, imprint),
        alt_short=alt_short,
        alt_long=f"{alt_short} {alternatives.describe_figures(measured)}",
        isolines=isolines.find_isolines(front),
        place=headline.find_place(headline.find_nearest(measured)),
        marking=marking,
        imprint=imprint,
        far_ground=front.sides.drawn_ground,
        crimea=find_crimea(front.sides.drawn_ground),
        zones_beyond=tuple(
            front.sides.split(zone.geometry)[1] if row.beyond_share else NO_GROUND
            for zone, row in zip(scenario.zones, measured.zones, strict=True)
        ),
    )


def issue_briefing(briefing: Briefing, *, marking: str | None, imprint: Imprint) -> Briefing:
    """Return a briefing with this handling line and imprint instead of its own, without measuring again."""
    credited = _list_credits(briefing.basemap, briefing.front, imprint)
    return replace(briefing, marking=marking, imprint=imprint, credits=credited)


def measure_scenario(scenario: Scenario, front: Front) -> Metrics:
    """Measure a scenario as its briefing does, force sizes included, without the layers a rendering needs."""
    return metrics.measure(scenario, front, _reported_sizes(evidence.list_sources(scenario.claims)))


def _list_credits(reference: Basemap, front: Front, imprint: Imprint) -> tuple[str, ...]:
    return (*reference.credits, attribution.credit_front(front), *imprint.describe())


def _reported_sizes(sources: tuple[Source, ...]) -> tuple[Claim, ...]:
    return tuple(
        claim
        for source in sources
        for claim in source.claims
        if claim.about == "size" and claim.unit == "troops" and claim.value is not None
    )


def _uncertainty_band(front: Front) -> Area:
    """Return the area in which the file allows the line to be, disputed sectors included."""
    bands = [
        geodesy.derive_band(sector.line, sector.precision_km)
        for sector in front.sectors
        if front.precisions_km and sector.precision_km
    ]
    band: Area = shapely.union_all(bands) if bands else MultiPolygon()
    return band
