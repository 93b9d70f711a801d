"""The front in an export of this program is the front that was exported, whatever its sectors are called."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pytest
from shapely.geometry import LineString, box, mapping

from geo.briefing.briefing import Briefing, build_briefing
from geo.errors import DataError
from geo.fronts.front import Front
from geo.fronts.reading import find_front, read_front
from geo.renderers import formats
from geo.renderers.formats import Shown
from geo.scenarios.scenario import Scenario, Zone

SAME = (
    "as_of", "definition", "uncertainty_km", "source", "licence",
    "held_side", "precisions_km", "disputed", "sector_count",
)  # fmt: skip


@pytest.fixture(scope="module")
def briefing() -> Briefing:
    """Return a zone on both sides of the front that ships, some sectors of which are called after a border."""
    zones = (Zone("Both sides", box(36.5, 47.3, 37.6, 48.6)),)
    return build_briefing(Scenario("both", "Both", "Both.", zones), find_front("2025-03-27"))


def save(briefing: Briefing, file: Path) -> Path:
    file.write_bytes(formats.render_file(Shown(briefing), "export", file.suffix[1:]))
    return file


def is_same(front: Front, other: Front) -> bool:
    """Ask whether two fronts say the same of themselves and of each sector."""
    facts = all(getattr(front, key) == getattr(other, key) for key in SAME)
    return facts and all(
        (one.name, one.precision_km, one.status) == (two.name, two.precision_km, two.status)
        and one.line.equals_exact(two.line, 1e-6)
        for one, two in zip(front.sectors, other.sectors, strict=True)
    )


@pytest.mark.parametrize("ending", ["gpkg", "kml", "kmz"])
def test_the_front_of_an_export_is_the_front_that_was_exported(
    tmp_path: Path, briefing: Briefing, ending: str
) -> None:
    """Sectors, precisions, dispute, sides and source come back, nothing is left out, and figures are the same."""
    front = read_front(save(briefing, tmp_path / f"out.{ending}"))
    assert is_same(front, briefing.front)
    assert front.notes == ()
    again = build_briefing(briefing.scenario, front).metrics.zones[0]
    assert 0 < again.beyond_share < 1
    assert again.beyond_share == pytest.approx(briefing.metrics.zones[0].beyond_share)


@pytest.mark.parametrize("ending", ["shp", "fgb", "geojson"])
def test_an_exported_front_stays_one_when_a_gis_saves_it_again(
    tmp_path: Path, briefing: Briefing, ending: str
) -> None:
    """The layer saved on its own, in another format, keeps what its columns say; a Shapefile cuts their names."""
    layer = gpd.read_file(save(briefing, tmp_path / "out.gpkg"), layer="front")
    if ending == "shp":
        layer = layer.astype({"as_of": str}).rename(columns=lambda name: name[:10])
    layer.to_file(tmp_path / f"line.{ending}", encoding="utf-8")
    front = read_front(tmp_path / f"line.{ending}")
    assert {sector.name for sector in front.sectors} == {sector.name for sector in briefing.front.sectors}
    assert (front.precisions_km, front.uncertainty_km) == (briefing.front.precisions_km, 5.0)
    assert (front.disputed, front.held_side) == (briefing.front.disputed, briefing.front.held_side)


def test_an_edge_comes_back_as_an_edge(tmp_path: Path, briefing: Briefing) -> None:
    """What follows the coast is kept, for the file says that it is any edge of an area, of unstated source."""
    edge = replace(briefing.front, definition="edge", source="not stated", uncertainty_km=None)
    front = read_front(save(build_briefing(briefing.scenario, edge), tmp_path / "edge.kml"))
    assert (front.definition, front.source, front.uncertainty_km) == ("edge", "not stated", None)


@pytest.mark.parametrize("ending", ["geojson", "parquet", "fgb"])
def test_zones_alone_are_no_front(tmp_path: Path, briefing: Briefing, ending: str) -> None:
    """An export without the front is refused by what it is, with the formats that have one."""
    with pytest.raises(DataError, match="zones that this program measured, and no front"):
        read_front(save(briefing, tmp_path / f"out-2025-03-27.{ending}"))


def test_sectors_are_not_left_out_for_a_name_with_a_border(tmp_path: Path) -> None:
    """In anybody's file, lines that are sectors are the front, also where another column has the word."""
    file = tmp_path / "mine-2025-03-27.geojson"
    lines = {"Border at Sumy": [(34, 51), (34.5, 50.9)], "South": [(35, 47.5), (36, 47.6)]}
    features = [
        {
            "type": "Feature",
            "properties": {"name": name, "sector": name},
            "geometry": mapping(LineString(line)),
        }
        for name, line in lines.items()
    ]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    front = read_front(file)
    assert ([sector.name for sector in front.sectors], front.notes) == ([*lines], ())
