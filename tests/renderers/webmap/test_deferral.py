"""Folium without pandas and requests: they are there as soon as somebody asks for them."""

from __future__ import annotations

import subprocess
import sys


def run(code: str) -> str:
    """Return what code prints in a process of its own, where nothing is loaded yet."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_folium_still_takes_a_data_frame() -> None:
    """Whoever hands folium a data frame after a map of ours was made gets what folium does with it."""
    code = """
import geo.renderers.webmap, sys
assert not {"pandas", "requests"} & sys.modules.keys()
import folium, pandas
frame = pandas.DataFrame([[50.0, 30.0], [51.0, 31.0]])
print(folium.PolyLine(frame).locations, pandas is sys.modules["pandas"])
print(folium.features.requests.get.__module__)
"""
    assert run(code) == "[[50.0, 30.0], [51.0, 31.0]] True\nrequests.api"


def test_what_is_loaded_already_is_left_alone() -> None:
    """Where pandas is there before, folium has it as ever."""
    code = "import pandas, geo.renderers.webmap, folium; print(folium.utilities.pd is pandas)"
    assert run(code) == "True"


def test_a_library_that_is_missing_is_missing_when_it_is_asked_for() -> None:
    """A stand-in for what is not installed says so as an import does."""
    code = """
from geo.renderers.webmap.deferral import deferred
with deferred("no_such_library"):
    import no_such_library as late
try:
    late.anything
except ModuleNotFoundError as error:
    print(error.name)
"""
    assert run(code) == "no_such_library"
