"""A colour scale is described so that the page can draw it without a library."""

from __future__ import annotations

import json
import re
from typing import Any

import folium
import pytest
from branca.colormap import ColorMap, LinearColormap, StepColormap

from geo.briefing.briefing import Briefing
from geo.renderers.webmap.map import build_map


def read_scale(briefing: Briefing, scale: ColorMap) -> dict[str, Any]:
    fmap = build_map(briefing)
    fmap.add_child(scale)
    found = re.search(r"added\.drawScale\(map_01, (.*)\);", fmap.get_root().render())
    assert found is not None
    read: dict[str, Any] = json.loads(found[1])
    return read


def test_steps_are_runs_of_one_colour(briefing: Briefing) -> None:
    """A scale of steps has one run for each, as long as the step, and its edges as numbers."""
    scale = StepColormap(["#ff0000", "#00ff00"], index=[0, 25, 100], vmin=0, vmax=100, caption="a</script>")
    read = read_scale(briefing, scale)
    assert [run["colour"] for run in read["runs"]] == ["#ff0000ff", "#00ff00ff"]
    assert read["runs"][0]["to"] == pytest.approx(0.25, abs=0.01)
    assert read["runs"][-1]["to"] == 1
    assert read["ticks"] == [{"at": 0, "text": "0"}, {"at": 0.25, "text": "25"}, {"at": 1, "text": "100"}]
    assert read["caption"] == "a</script>"


def test_many_numbers_are_thinned_to_three(briefing: Briefing) -> None:
    """Numbers that would stand on each other are left out but for both ends and the middle."""
    read = read_scale(briefing, LinearColormap(["red", "blue"], vmin=-1000, vmax=3000).to_step(8))
    assert [tick["text"] for tick in read["ticks"]] == ["−1,000", "1,000", "3,000"]


def test_a_scale_in_a_group_is_drawn_on_the_map(briefing: Briefing) -> None:
    """A scale need not be a child of the map."""
    fmap = build_map(briefing)
    folium.FeatureGroup(name="Group").add_to(fmap).add_child(LinearColormap(["red", "blue"]))
    assert "added.drawScale(map_01" in fmap.get_root().render()
