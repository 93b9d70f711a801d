"""A new scenario file is valid as it stands and says that it means nothing yet."""

import json
from pathlib import Path

import pytest
from shapely.geometry import box

from geo.errors import UsageError
from geo.scenarios.scenario import read_scenario
from geo.scenarios.template import render_template


def test_new_scenario_reads(tmp_path: Path) -> None:
    """The text reads without a problem, with the id and a title made of it, and one zone in Ukraine."""
    file = tmp_path / "eastern-option-2.geojson"
    file.write_text(render_template("eastern-option-2"), encoding="utf-8")
    read = read_scenario(file)
    assert (read.id, read.title, read.claims) == ("eastern-option-2", "Eastern option 2", ())
    (zone,) = read.zones
    assert (zone.country, zone.status) == ("UA", "illustrative")
    assert box(27, 48, 30, 50).contains(zone.geometry)
    assert zone.basis is not None
    assert "no meaning" in zone.basis


def test_new_scenario_is_for_hands() -> None:
    """The text has one position a line, at most four decimals, and the same bytes every time."""
    text = render_template("a")
    assert "[28.9, 48.95],\n" in text
    assert text == render_template("a")
    assert text.endswith("}\n")
    assert json.loads(text)["features"][0]["geometry"]["coordinates"][0][0] == [28.0, 49.0]


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("My Plan", "my-plan"),
        ("../x", "x"),
        ("", "my-plan"),
        ('a"b', "a-b"),
        ("\u0445", "my-plan"),
        ("a" * 121, "a" * 120),
    ],
)
def test_name_that_is_no_id(name: str, suggestion: str) -> None:
    """A name that cannot be an id is refused, with one that can."""
    with pytest.raises(UsageError) as caught:
        render_template(name)
    assert f"as in '{suggestion}'." in str(caught.value)


def test_id_of_a_shipped_scenario_is_refused() -> None:
    """A file of that name would never be rendered by its id."""
    with pytest.raises(UsageError, match="'dnipro-line' is a scenario that ships"):
        render_template("dnipro-line")
