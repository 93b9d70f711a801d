"""What a reader can take away from a page: the table and the zones as files, the key sentence as text."""

from __future__ import annotations

from dataclasses import dataclass

from geo import style, tables, zonefile
from geo.briefing import Briefing


@dataclass(frozen=True)
class File:
    """A file that the page hands out, its text inside the page; ``kind`` is its media type."""

    name: str
    kind: str
    text: str


def build_files(briefing: Briefing) -> dict[str, File]:
    """Return the files by the name that a button asks for, each the same as the command line writes it."""
    name = briefing.scenario.id
    csv = tables.render_csv([(briefing.metrics, briefing.front)])
    return {
        "distances": File(f"{name}-distances.csv", "text/csv", csv),
        "zones": File(f"{name}.geojson", "application/geo+json", zonefile.render_zonefile(briefing.scenario)),
    }


def build_citation(briefing: Briefing) -> str:
    """Return the key sentence with what it rests on and how to read it, for pasting into another text."""
    front, scenario = briefing.front, briefing.scenario
    reports = "; ".join(
        f"{source.title.rstrip('.')} ({source.publisher.rstrip('.')}, {style.format_date(source.published)})"
        for source in briefing.sources
    )
    return " ".join(
        sentence
        for sentence in (
            f"{scenario.title}: {briefing.headline}",
            f"Measured as {briefing.metrics.method} to the {tables.describe_front(front)}; "
            f"line: {front.source.rstrip('.')}.",
            f"Scenario after: {reports}." if reports else "",
            *briefing.caveats,
        )
        if sentence
    )
