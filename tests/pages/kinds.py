"""A page of every kind, so that what holds for all of them is tried on all of them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from geo.briefing.briefing import build_briefing
from geo.briefing.changes import build_changes
from geo.briefing.comparison import build_comparison
from geo.fronts.reading import find_front, read_front
from geo.measuring.history import measure_history
from geo.renderers.webmap import changespage, comparison, historypage
from geo.renderers.webmap.gallery import render_gallery
from geo.renderers.webmap.map import render_html
from geo.scenarios.scenario import find_scenario
from tests.made_up.fronts import MEMBER, save_file
from tests.made_up.series import LINE, moved, save_days

KINDS = ("scenario", "comparison", "history", "changes")
"""The kinds of pages that have a map; the gallery has pictures of maps."""

_DAY, _ID = "2025-03-27", "dnipro-line"


@cache
def render_kind(kind: str) -> bytes:
    """Return a page of a kind, of shipped scenarios and made-up fronts."""
    scenario, front = find_scenario(_ID), find_front(_DAY)
    others = [scenario, find_scenario("western-ukraine")]
    with TemporaryDirectory() as name:
        folder = Path(name)
        if kind == "history":
            days = save_days(folder / "fronts", {"2025-03-01": 0, "2025-03-02": 4, "2025-03-05": 12})
            return historypage.render_html(measure_history(scenario, days))
        if kind == "changes":
            fronts = [
                read_front(save_file(folder / f"{day}.geojson", line, member=MEMBER | {"as_of": day}))
                for day, line in ((_DAY, LINE), ("2025-04-27", moved(12)))
            ]
            return changespage.render_html(build_changes(scenario, *fronts))
    if kind == "comparison":
        maps = [each.id for each in others]
        return comparison.render_comparison(build_comparison(others, front), maps=maps)
    if kind == "gallery":
        return render_gallery([build_briefing(each, front) for each in others], has_comparison=True)
    return render_html(build_briefing(scenario, front))
