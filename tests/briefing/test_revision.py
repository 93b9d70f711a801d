"""Two versions of a scenario on one map: which zones are pale, what only one version covers, and the table."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely
from shapely.geometry import box

from geo.briefing import change_words
from geo.briefing.revision import Revision, build_revision
from geo.measuring.figures import NEAREST
from geo.provenance import manifest
from geo.scenarios.scenario import Scenario, Zone
from tests.made_up.briefing import build_front

KEPT = Zone("Kept", box(31, 50, 31.5, 50.5), "UA")
MOVED = Zone("Moved", box(31, 48, 31.5, 48.5), "UA")
GONE = Zone("Gone", box(33, 49, 33.5, 49.5), "UA")
OLD = Scenario("plan", "A plan", "", (KEPT, MOVED, GONE), sha256="0" * 64)
NEW = replace(
    OLD,
    zones=(
        replace(MOVED, geometry=box(31.1, 48, 31.6, 48.5)),
        KEPT,
        Zone("Added", box(29, 49, 30, 50), "UA"),
    ),
    sha256="1" * 64,
)


@pytest.fixture(scope="module")
def revision() -> Revision:
    return build_revision(OLD, NEW, build_front())


def test_what_the_map_shows(revision: Revision) -> None:
    """Old outlines of what moved or went, what only one version covers, and the others pale."""
    since = revision.briefing.since
    assert since is not None and since.pale == {"Kept"}
    outlines = shapely.union_all([MOVED.geometry.boundary, GONE.geometry.boundary])
    assert shapely.equals(since.line, outlines)
    assert shapely.equals(since.gained, shapely.union_all([box(31.5, 48, 31.6, 48.5), box(29, 49, 30, 50)]))
    assert shapely.equals(since.lost, shapely.union_all([box(31, 48, 31.1, 48.5), GONE.geometry]))


def test_rows_follow_the_newer_version(revision: Revision) -> None:
    """Each zone is set against itself, a new one against nothing, and every difference counts: the line is the same."""
    moved, kept, added, whole = (row[0] for row in revision.rows)
    assert moved.figure is NEAREST and moved.is_changed and moved.after.nearest_km < moved.before.nearest_km
    assert change_words.write_change(kept) == "unchanged"
    assert change_words.write_cell(added).text == "new" and added.is_new
    assert whole.after is revision.briefing.metrics.total


def test_what_is_said(revision: Revision) -> None:
    """The sentence counts zones and says what became of the nearest distance; equal versions give nothing."""
    assert revision.headline.startswith("Zones: 1 added, 1 removed, 1 redrawn. The nearest of them lies ")
    assert revision.headline.endswith(" km nearer to the front (170 km before, 165 km after).")
    same = build_revision(OLD, replace(OLD), build_front())
    assert same.headline == change_words.NOTHING and same.briefing.since is not None
    assert same.briefing.since.line.is_empty and len(same.briefing.since.pale) == 3


def test_manifest_has_both_versions(revision: Revision) -> None:
    """It names both files, each with its own figures, at the one front."""
    written = manifest.build_changes_manifest(revision)
    assert written["kind"] == "versions" and [each["sha256"][0] for each in written["scenarios"]] == [
        "0",
        "1",
    ]
    assert [each["zones"][0]["zone"] for each in written["scenarios"]] == ["Kept", "Moved"]
