"""Figures and attributions as words, the same in every output."""

from __future__ import annotations

from geo import numerals
from geo.briefing.briefing import Briefing
from geo.briefing.comparison import Comparison
from geo.fronts.front import Front
from geo.measuring.metrics import Band, ZoneMetrics
from geo.scenarios.evidence import Claim

COLUMNS = ("Zone", "Nearest", "Mean", "Median", "Farthest", "Area")
"""Headings of the table of distances; lengths in km, areas in km²."""

TABLE_NOTE = "km, geodesic on WGS 84, rounded to 1 km below 50 km and to 5 km above; area in km²"
"""What the figures of that table are."""

NOT_A_POSITION = (
    "An arithmetic comparison only: no source places these troops along the front, "
    "which is longer than any line drawn of it, so these are upper bounds."
)
"""What has to stand beside troops per 100 km of front."""


def describe_cells(row: ZoneMetrics) -> tuple[str, ...]:
    """Return nearest, mean, median, farthest and area for people, units left to the heading."""
    lengths = (row.nearest_km, row.mean_km, row.median_km, row.farthest_km)
    return (
        *(numerals.format_km(km).removesuffix(" km") for km in lengths),
        numerals.format_area_km2(row.area_km2).removesuffix(" km²"),
    )


def describe_band(band: Band) -> str:
    """Return the name of a distance band: ``100–200 km``, ``over 500 km``."""
    if band.to_km is None:
        return f"over {band.from_km:,.0f} km"
    return f"{band.from_km:,.0f}–{band.to_km:,.0f} km"


def describe_shares(row: ZoneMetrics) -> str:
    """Return how much of a zone lies in which band, in words; bands without any are left out."""
    words = [
        f"{describe_band(band)}: {numerals.format_share(band.share)}" for band in row.bands if band.share > 0
    ]
    if row.beyond_share > 0:
        words.append(f"beyond the front, not counted: {numerals.format_share(row.beyond_share)}")
    return ", ".join(words)


def describe_front(front: Front) -> str:
    """Return what the front is, its day and its uncertainty: ``line of contact of 27 March 2025 (±5 km)``."""
    known = front.uncertainty_km is not None
    uncertainty = f"±{front.uncertainty_km:g} km" if known else "uncertainty not stated"
    return f"{front.kind} of {numerals.format_date(front.as_of)} ({uncertainty})"


def describe_attribution(claim: Claim, briefing: Briefing) -> str:
    """Return who said a claim, when, and who reported it."""
    reporter = claim.reported_by or next(
        (source.publisher for source in briefing.sources if claim.id.startswith(f"{source.id}/")), None
    )
    said = f" ({claim.said})" if claim.said else ""
    reported = f"; reported by {reporter}" if reporter else ""
    return f"Attributed to {claim.attributed_to}{said}{reported}, {numerals.format_date(claim.reported)}"


def describe_forces(briefing: Briefing) -> list[str]:
    """Return a sentence for each reported force size, spread along the front to two digits."""
    length = numerals.format_km(briefing.metrics.front_length_km)
    return [
        f"{force.troops:,} troops are about {float(f'{force.per_100_km_of_front:.2g}'):,.0f} for every 100 km of the "
        f"{length} of front as drawn."
        for force in briefing.metrics.force
    ]


def describe_sources(shown: Briefing | Comparison) -> str:
    """Return the published texts that what is shown rests on, with what they cite themselves."""
    if not shown.sources:
        return "Sources: none given."
    texts = []
    for source in shown.sources:
        cites = f", citing {', '.join(source.cites)}" if source.cites else ""
        texts.append(f"{source.publisher}{cites}")
    return f"Sources: {'; '.join(texts)}. Claims are paraphrased and attributed."
