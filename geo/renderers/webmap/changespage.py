"""`Changes` become one HTML file: the later front's page, with the earlier line and the ground that changed sides."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from shapely.geometry import mapping

from geo.briefing import change_words, legend, notes, sections
from geo.briefing.changes import Changes
from geo.briefing.extent import view_extent
from geo.measuring import figures
from geo.measuring.figures import NEAREST
from geo.renderers.figure import changed
from geo.renderers.webmap import openings, pagedata, panel, paper, still
from geo.renderers.webmap.assets import PageKind
from geo.renderers.webmap.map import ALWAYS, PAGE_SHEETS, PANES, build_on, render_map
from geo.renderers.webmap.page import MapPage

_KIND = PageKind(
    template="changes.html",
    entry="changes",
    sheets=(*PAGE_SHEETS, "ground", "changes"),
    has_series=True,
    script_less="noscript",
)
_VERSIONS = replace(_KIND, sheets=(*_KIND.sheets, "versions"))


def render_html(changes: Changes) -> bytes:
    """Return what changed as one HTML file in UTF-8: no outside request, the same bytes for the same input."""
    briefing = changes.briefing
    data = pagedata.build_page_data(briefing) | {"since": _pack_since(changes)}
    pale = openings.list_pale(briefing)
    for zone, is_pale in zip(data["zones"], pale, strict=True):
        zone.update({"series": 0} if is_pale else {})
    page = MapPage(
        _VERSIONS if briefing.since and briefing.since.words else _KIND,
        data=data,
        words={
            **panel.describe_panel(briefing),
            "table_note": f"{notes.TABLE_NOTE}; {changes.second}",
            "paper": paper.render_paper(changed.build_paper(changes)),
            "isolines": briefing.isolines,
            "still": still.render_still(openings.show_changes(changes)),
            "kicker": briefing.imprint.head(sections.KICKER_CHANGES),
            "lead": _lead(changes),
            "changed": _describe(changes),
        },
        marking=briefing.marking,
    )
    before, gained, lost = _describe_legend(changes)
    drawn = (("before", before), ("gained", gained), ("lost", lost))
    above = PANES.index("rivers")
    panes = [*PANES[:above], "changed", *PANES[above:]]
    panes.insert(panes.index("front"), "before")
    layers = [*ALWAYS, *legend.name_layers(briefing.front), *drawn]
    return render_map(build_on(page, view_extent([briefing]), layers, panes=panes))


def _pack_since(changes: Changes) -> dict[str, Any]:
    since = changes.briefing.since
    assert since is not None
    return {
        "lines": pagedata.pack(mapping(since.line)["coordinates"], pagedata.FINE_SCALE),
        "gained": pagedata.pack_polygons(since.gained, pagedata.SCALE),
        "lost": pagedata.pack_polygons(since.lost, pagedata.SCALE),
    }


def _describe_legend(changes: Changes) -> tuple[str, str, str]:
    assert changes.briefing.since is not None
    return legend.describe_since(changes.briefing.since)


def _lead(changes: Changes) -> list[tuple[str, str, str]]:
    """Return the figures at the head of the page: the nearest distance of all zones, and the ground."""
    (nearest, *_) = changes.rows[-1]
    assert nearest.figure is NEAREST
    words = change_words.describe_nearest(nearest, is_only=len(changes.rows) == 1)
    lead = [(change_words.write_change(nearest), words, "")]
    if changes.ground:
        pair = (changes.ground.gained_km2, changes.ground.lost_km2)
        meanings = change_words.name_ground(changes)
        lead += [(change_words.write_km2(km2), words, "") for km2, words in zip(pair, meanings, strict=True)]
    return lead


def _describe(changes: Changes) -> dict[str, Any]:
    """Return what the section on changes and the legend say: plain strings, which the templates escape."""
    ground = changes.ground
    has_ground = ground is not None and ground.shares
    return {
        "caption": change_words.caption_distances(changes),
        "headings": [figure.heading for figure in figures.DISTANCES],
        "rows": [
            (row[0].after.zone, [change_words.write_cell(each) for each in row[: len(figures.DISTANCES)]])
            for row in (changes.rows if changes.headline != change_words.NOTHING else ())
        ],
        "ground": change_words.write_ground(ground) if ground and has_ground else [],
        "ground_caption": change_words.caption_ground(changes),
        "ground_headings": change_words.head_ground(changes),
        "shared_by": ground.shared_by.capitalize() if ground else "",
        "legend": _describe_legend(changes),
        "pale": any(openings.list_pale(changes.briefing)),
    }
