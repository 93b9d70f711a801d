"""Briefings, comparisons and histories as people hold them in Python: tables, maps, plots, files and how they show."""

from __future__ import annotations

import dataclasses
import html
import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import geopandas as gpd
import matplotlib
import pandas as pd
import pytest
from click.testing import CliRunner
from matplotlib import pyplot
from shapely import LineString, box

import geo
from geo.briefing import records
from geo.cli import main
from geo.provenance import seal
from geo.renderers.formats import CONTAINERS
from tests.made_up import series

BRIEFING = geo.brief("dnipro-line", "2025-03-27")
BOTH = geo.compare(["dnipro-line", "neighbouring-country"], "2025-03-27")
OWN = gpd.GeoDataFrame(
    {
        "name": ["North", "South"],
        "people": [1, None],
        "tags": [["a"], "b"],
        "Nearest_km": ["far", "near"],
        "fid": [7, 7],
        "is_drawn": [True, None],
    },
    geometry=[box(30, 50, 31, 51), box(30, 48, 31, 49)],
    crs="EPSG:4326",
)


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> geo.History:
    folder = tmp_path_factory.mktemp("days")
    series.save_days(folder, {"2025-04-01": 0, "2025-04-03": 1})
    return geo.history("dnipro-line", folder)


def test_a_table_has_the_figures_of_the_record() -> None:
    """A row for each zone and one for all, with the names and the values of ``geo metrics --format json``."""
    table, record = BRIEFING.table, records.build_record(BRIEFING.metrics, BRIEFING.front)
    assert table.crs == "EPSG:4326"
    assert list(table["zone"]) == [*(zone.name for zone in BRIEFING.scenario.zones), "All zones"]
    for row, told in zip(table.to_dict("records"), [*record["zones"], record["total"]], strict=True):
        plain = {key for key, value in told.items() if isinstance(value, float)}
        assert {key: row[key] for key in plain} == {key: told[key] for key in plain}
    assert table.geometry.iloc[0].equals(BRIEFING.scenario.zones[0].geometry)
    assert table.geometry.iloc[-1].equals(table.geometry.iloc[:-1].union_all())


def test_a_table_of_one_zone_has_its_total_too() -> None:
    """Who counts rows or takes the last one finds the same shape for every scenario."""
    assert list(geo.brief(geo.scenario(box(30, 50, 31, 51))).table["zone"]) == ["Zone 1", "All zones"]


@pytest.mark.parametrize("suffix", ["gpkg", "geojson", "parquet"])
def test_a_table_survives_in_a_file(suffix: str, tmp_path: Path) -> None:
    """Every column is of plain values, the user's own ones too, so that files take it and give it back."""
    table, file = geo.brief(OWN).table, tmp_path / f"table.{suffix}"
    if suffix == "parquet":
        table.to_parquet(file)
        back = gpd.read_parquet(file)
    else:
        table.to_file(file)
        back = gpd.read_file(file)
    assert list(back["zone"]) == ["North", "South", "All zones"]
    assert back["people"].tolist()[:1] == [1]
    assert back["Nearest_km_own"].tolist()[:2] == ["far", "near"]
    assert back["nearest_km"].tolist() == pytest.approx(table["nearest_km"].tolist())
    assert back.crs == table.crs


def test_a_table_is_of_scalars() -> None:
    """No cell holds a list, an object or a position, and the user's own columns keep their names where they can."""
    table = geo.brief(OWN).table
    cells = {type(value) for value in pd.DataFrame(table.drop(columns="geometry")).to_numpy().ravel()}
    assert cells <= {str, int, float, bool, type(None), type(pd.NA)}
    first = json.loads(json.dumps(table.__geo_interface__))["features"][0]["properties"]
    own = {"people": 1, "tags": '["a"]', "Nearest_km_own": "far", "fid_own": 7, "is_drawn": True}
    assert own.items() <= first.items() and first["nearest_km"] > 100


def test_figures_of_another_scenario_are_refused() -> None:
    """A table never sets the distances of one scenario beside the zones of another."""
    mixed = dataclasses.replace(BRIEFING, scenario=BOTH.briefings[1].scenario)
    with pytest.raises(geo.DataError, match="figures are those of the scenario 'dnipro-line'"):
        mixed.table  # noqa: B018
    one, other = (geo.scenario(frame, id="mine") for frame in (OWN, OWN.assign(name=["East", "West"])))
    with pytest.raises(geo.DataError, match="or of other zones"):
        dataclasses.replace(geo.brief(one), scenario=other).table  # noqa: B018


def make_mixed() -> dict[str, geo.Briefing]:
    """Return briefings whose figures are those of a zone elsewhere, of the same name or not, or of another front."""
    frame = gpd.GeoDataFrame({"name": ["A"]}, geometry=[box(30, 50, 31, 51)], crs="EPSG:4326")
    there = frame.set_geometry([box(22, 49, 23, 50)], crs="EPSG:4326")
    made = geo.brief(geo.scenario(frame, id="mine"), "2025-03-27")
    given = {
        "other scenario": geo.scenario(there, id="poland"),
        "other zones": geo.scenario(there, id="mine"),
    }
    mixed = {name: dataclasses.replace(made, scenario=scenario) for name, scenario in given.items()}
    line = geo.front(LineString([(37, 50), (36, 47)]), as_of="2025-04-01")
    return {**mixed, "another front": dataclasses.replace(made, front=line)}


@pytest.mark.parametrize("mixed", make_mixed().values(), ids=make_mixed())
def test_nothing_shows_figures_of_something_else(mixed: geo.Briefing, tmp_path: Path) -> None:
    """Neither a table nor a map, a plot or a file sets figures beside zones or a front they are not of."""
    shows: dict[str, Callable[[], object]] = {
        "table": lambda: mixed.table,
        "map": mixed.map,
        "plot": mixed.plot,
        "page": lambda: mixed.save(tmp_path / "a.html"),
        "data": lambda: mixed.save(tmp_path / "a.csv"),
        "comparison": lambda: dataclasses.replace(BOTH, briefings=(mixed,)).save(tmp_path / "a.svg"),
    }
    for show in shows.values():
        with pytest.raises(geo.DataError, match="figures are those of"):
            show()
    assert list(tmp_path.iterdir()) == []


def test_threads_that_save_at_once_write_the_same_bytes(tmp_path: Path) -> None:
    """Settings of matplotlib and GDAL, which threads share, are those of one at a time, and are put back."""
    before = dict(matplotlib.rcParams)
    small = geo.brief(geo.scenario(box(33, 48, 34, 49)), "2025-03-27")
    alone = {suffix: small.save(tmp_path / f"alone.{suffix}").read_bytes() for suffix in ("pdf", "gpkg")}

    def save(number: int) -> bool:
        suffix = "pdf" if number % 2 else "gpkg"
        return small.save(tmp_path / f"{number}.{suffix}").read_bytes() == alone[suffix]

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(save, range(4))) == [True] * 4
    assert dict(matplotlib.rcParams) == before


@pytest.mark.parametrize("suffix", ["frame", "gpkg", "geojson", "parquet"])
def test_a_table_is_a_scenario_again(suffix: str, tmp_path: Path) -> None:
    """The row of all zones is no zone, whichever way the table comes back, and that is said."""
    table, file = BRIEFING.table, tmp_path / f"table.{suffix}"
    if suffix != "frame":
        table.to_parquet(file) if suffix == "parquet" else table.to_file(file)
    again = geo.scenario(table if suffix == "frame" else file)
    assert [zone.name for zone in again.zones] == [zone.name for zone in BRIEFING.scenario.zones]
    assert again.notes == ("Left out: 1 row about all zones together.",)


def test_a_comparison_and_a_history_have_tables(history: geo.History) -> None:
    """A comparison says in each row which scenario it is of, a history which day."""
    table = BOTH.table
    assert list(dict.fromkeys(table["scenario"])) == ["dnipro-line", "neighbouring-country"]
    assert len(table) == sum(len(each.metrics.zones) + 1 for each in BOTH.briefings)
    assert list(map(str, dict.fromkeys(history.table["front_as_of"]))) == ["2025-04-01", "2025-04-03"]


def test_a_map_shows_itself_in_a_frame_of_its_height() -> None:
    """A notebook gets an iframe of so many pixels, which holds the whole page."""
    shown = BRIEFING.map(height=300)._repr_html_()
    assert shown.startswith("<iframe srcdoc=") and 'height="300px"' in shown
    assert "Kyiv to Kaniv reach" in html.unescape(shown)
    assert 'height="480px"' in BRIEFING._repr_html_()
    with pytest.raises(geo.UsageError, match="pixels"):
        BRIEFING.map(height=0)


def test_a_plot_draws_on_the_axes_given_and_changes_nothing_else() -> None:
    """What is on them stays above the map, degrees are where they are, and settings are as before."""
    before = dict(matplotlib.rcParams)
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(9, 4))
    (dot,) = left.plot([30.52], [50.45], "o")
    assert BRIEFING.plot(left) is left
    west, east = left.get_xlim()
    south, north = left.get_ylim()
    bounds = BRIEFING.table.total_bounds
    assert west < bounds[0] and east > bounds[2] and south < bounds[1] and north > bounds[3]
    drawn = [artist for artist in left.get_children() if artist is not left.patch and artist.get_zorder() < 0]
    assert len(drawn) > 100 and max(artist.get_zorder() for artist in drawn) < dot.get_zorder()
    assert len(right.get_children()) < 15 and dict(matplotlib.rcParams) == before
    lines = [line for line in left.lines if line.get_marker() == "o" and line is not dot]
    ends = [line.get_transform().transform(line.get_xydata()) for line in lines]
    nearest = left.transData.transform(BRIEFING.metrics.total.nearest_from)
    assert min(abs(points - nearest).max(axis=1).min() for points in ends) < 1
    pyplot.close(figure)


def test_a_plot_makes_axes_of_its_own() -> None:
    """Without axes there is a new figure, which pyplot knows and shows."""
    axes = geo.brief(geo.scenario(box(33, 48, 34, 49))).plot()
    assert axes.figure is pyplot.gcf()
    pyplot.close()


def test_only_plain_axes_are_drawn_on() -> None:
    """An array of axes, and round ones, are refused in words."""
    figure, both = pyplot.subplots(1, 2)
    wrongs: list[Any] = [both, figure, figure.add_subplot(projection="polar")]
    for wrong in wrongs:
        with pytest.raises(geo.UsageError, match="one plain Axes"):
            BRIEFING.plot(wrong)
    pyplot.close(figure)


@pytest.mark.parametrize("suffix", ["html", "geojson", "csv"])
def test_a_file_is_the_one_that_the_command_writes(suffix: str, tmp_path: Path) -> None:
    """Bytes and seal are the same, options included."""
    target, saved = tmp_path / f"command.{suffix}", tmp_path / f"saved.{suffix}"
    options = ["--issued", "2025-04-01", "--contact", "desk@example.org", "--front", "2025-03-27"]
    marked = {}
    if suffix == "html":
        marked = {"marking": "For official use", "page": "16x9"}
        more = ["--marking", "For official use", "--page", "16x9", "--format", suffix, "--out", str(tmp_path)]
        CliRunner().invoke(main, ["render", "dnipro-line", *options, *more], catch_exceptions=False)
        (target,) = tmp_path.glob(f"dnipro-line*.{suffix}")
    else:
        CliRunner().invoke(
            main, ["export", "dnipro-line", *options, "--out", str(target)], catch_exceptions=False
        )
    assert BRIEFING.save(saved, issued="2025-04-01", contact="desk@example.org", **marked) == saved
    assert saved.read_bytes() == target.read_bytes()


def test_what_is_saved_can_be_verified(history: geo.History, tmp_path: Path) -> None:
    """A comparison, changes and a history save themselves with a manifest."""
    changes = geo.changes(
        "dnipro-line", "2025-03-27", geo.front(LineString([(36, 52), (35, 46)]), as_of="2025-04-01")
    )
    assert len(changes.table) == 10 and len(repr(changes)) < 200
    assert changes._repr_html_().count("<tr>") == 6
    changed = changes.save(tmp_path / "changed.svg")
    for file in (
        changed,
        BOTH.save(tmp_path / "both.html"),
        history.save(tmp_path / "days.svg", issued="2025-04-05"),
    ):
        sealed = seal.read_manifest(file.read_bytes(), CONTAINERS)
        assert sealed is not None and sealed.is_unchanged


@pytest.mark.parametrize(
    ("name", "options", "told"),
    [
        ("map.docx", {}, r"ending tells the format. It has to be one of .html, .*\.csv"),
        ("map.png", {"page": "a3"}, "none of a4, letter, 16x9"),
        ("map.html", {"issued": "yesterday"}, "no day"),
        ("map.html", {"contact": "x" * 200}, "contact has to be one line"),
        ("map.csv", {"marking": "Secret"}, "no place for a marking"),
    ],
)
def test_what_cannot_be_saved_leaves_no_file(
    name: str, options: dict[str, Any], told: str, tmp_path: Path
) -> None:
    """A wrong option is an error in words before anything is written."""
    with pytest.raises(geo.UsageError, match=told):
        BRIEFING.save(tmp_path / name, **options)
    assert list(tmp_path.iterdir()) == []


def test_everything_is_said_on_a_line(history: geo.History) -> None:
    """What a prompt prints is short, and tells the thing apart from others."""
    scenario = dataclasses.replace(BRIEFING.scenario, id="x" * 120, title="y" * 120)
    shown = (
        BRIEFING,
        BRIEFING.metrics,
        BRIEFING.front,
        BRIEFING.scenario,
        *BRIEFING.scenario.zones,
        BOTH,
        history,
    )
    for each in (*shown, scenario):
        assert len(repr(each)) < 200 and "\n" not in repr(each)
    assert (
        repr(BRIEFING.scenario) == "<Scenario 'dnipro-line': 'Along the Dnipro in central Ukraine', 4 zones>"
    )


def test_tables_in_a_notebook_are_escaped(history: geo.History) -> None:
    """A name of a file is text on the page that shows it, whatever it spells."""
    hostile = geo.scenario(OWN.assign(name=["<script>alert(1)</script>", "B"]))
    shown = geo.compare([hostile], "2025-03-27")._repr_html_()
    assert "<script" not in shown and "&lt;script&gt;" in shown
    assert len(re.findall("<tr>", shown)) == 4
    assert len(re.findall("<tr>", history._repr_html_())) == 3
