"""The front door: its names, how late they load, and how they are typed."""

from __future__ import annotations

import doctest
import subprocess
import sys
from typing import Any, assert_type

import geopandas as gpd
import numpy as np
import pytest
from matplotlib import pyplot
from numpy.typing import NDArray

import geo

NAMES = [
    *("Briefing", "Changes", "Comparison", "DataError", "Front", "GeoError", "History", "OutputError"),
    *("Scenario", "UnknownNameError", "UsageError", "Zone", "__version__"),
    *("brief", "changes", "compare", "distance_km", "front", "history", "scenario"),
]


def test_the_public_names_are_these() -> None:
    """A name is added or taken away on purpose, never by an import."""
    assert geo.__all__ == NAMES == dir(geo)
    for name in NAMES:
        assert getattr(geo, name)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        geo.nothing  # noqa: B018


def test_names_are_typed() -> None:
    """What mypy takes each for is what it is; the gate checks this file as it does the package."""
    scenario, front = geo.scenario("neighbouring-country"), geo.front()
    briefing = geo.brief(scenario, front)
    assert_type(scenario, geo.Scenario)
    assert_type(front, geo.Front)
    assert_type(briefing, geo.Briefing)
    assert_type(geo.compare([scenario], front), geo.Comparison)
    assert_type(geo.distance_km([(30.5, 50.4)], front), NDArray[np.float64])
    assert isinstance(briefing.table, gpd.GeoDataFrame)


def test_each_name_loads_only_what_it_needs() -> None:
    """A scenario is read without the libraries that draw, and a table is made without them."""
    code = """
import geo, sys
loaded = lambda: sorted({"numpy", "pandas", "geopandas", "folium", "matplotlib"} & sys.modules.keys())
print(loaded())
briefing = geo.brief("dnipro-line")
print(loaded())
briefing.table
print(loaded())
"""
    printed = run(code).splitlines()
    assert printed == ["[]", "['numpy']", "['geopandas', 'numpy', 'pandas']"]


def test_nothing_is_left_behind_in_the_users_process() -> None:
    """While pages are written in one thread, another imports pandas and finds Python's own module, whole."""
    code = """
import geo, io, sys, threading, types, warnings
briefing = geo.brief("dnipro-line")
found = []

def work():
    import pandas
    found.append(pandas.DataFrame({"a": [1, 2]})["a"].sum())

other = threading.Thread(target=work)
other.start()
page = briefing.map()._repr_html_()
other.join()
import pandas, requests
print(found[0], type(pandas) is types.ModuleType, type(requests) is types.ModuleType, len(page) > 100_000)
print([name for name in sys.modules if name == "click" or name.startswith("geo.cli")])
"""
    assert run(code).splitlines() == ["3 True True True", "[]"]


def run(code: str) -> str:
    """Return what code prints in a process of its own, where nothing is loaded yet."""
    done: Any = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return str(done.stdout)


@pytest.mark.parametrize("name", [name for name in NAMES if callable(getattr(geo, name))])
def test_examples_in_docstrings_hold(name: str) -> None:
    """What the reference shows of a name is what Python prints."""
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    for example in doctest.DocTestFinder().find(getattr(geo, name), name):
        assert runner.run(example).failed == 0, example.name
    pyplot.close("all")
