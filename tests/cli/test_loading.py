"""Libraries that folium imports and a command does not wait for: they are there as soon as somebody asks for them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

DEFER = "import sys\nfrom geo.cli.loading import defer_libraries\ndefer_libraries()\nimport folium\n"


def run(code: str) -> str:
    """Return what code prints in a process of its own, where nothing is loaded yet."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_folium_still_takes_a_data_frame() -> None:
    """A deferred library loads when it is used, and folium does with it what it always does."""
    code = """
assert not {"pandas.core", "requests.api"} & sys.modules.keys()
import pandas
frame = pandas.DataFrame([[50.0, 30.0], [51.0, 31.0]])
print(folium.PolyLine(frame).locations, "pandas.core" in sys.modules, folium.features.requests.get.__module__)
"""
    assert run(DEFER + code) == "[[50.0, 30.0], [51.0, 31.0]] True requests.api"


def test_folium_compiles_a_template_when_it_is_used() -> None:
    """Most are of layers that no page has; a map is written with them as ever."""
    code = """
import jinja2
marker, map_ = folium.Marker([50, 30], popup="Kyiv"), folium.Map()
print("root_render_func" in vars(marker._template), jinja2.Template.__module__)
marker.add_to(map_)
print("L.marker" in map_.get_root().render(), "root_render_func" in vars(marker._template))
print(hasattr(marker._template, "nothing"), "root_render_func" in vars(folium.WmsTileLayer._template))
"""
    assert run(DEFER + code).split() == ["False", "jinja2.environment", "True", "True", "False", "False"]


def test_artists_work_without_a_description() -> None:
    """Only those that a command imports are left without one; what is defined after that has its own."""
    code = """
from geo.cli.loading import prepare
prepare(["png"])
from matplotlib.artist import Artist
from matplotlib.patches import Rectangle
class Own(Artist):
    def set_own(self, value): pass
print(hasattr(Rectangle.set, "__signature__"), Rectangle((0, 0), 1, 1).set(alpha=0.5), "own" in Own.set.__doc__)
"""
    assert run(code) == "False [None] True"


def test_what_is_loaded_already_is_left_alone() -> None:
    """Where pandas is there before, folium has it as ever."""
    code = "print(folium.utilities.pd is pandas, 'pandas.core' in sys.modules)"
    assert run(f"import pandas\n{DEFER}{code}") == "True True"


def test_the_library_defers_nothing() -> None:
    """Who imports the pages from Python finds every module as Python itself makes it."""
    code = (
        "import geo.renderers.webmap.map, sys\nprint({'pandas.core', 'requests.api'} <= sys.modules.keys())"
    )
    assert run(code) == "True"


def test_maps_and_pages_need_no_geopandas(tmp_path: Path) -> None:
    """Where GeoPandas and what it brings cannot be loaded, a scenario is measured and drawn in every format."""
    code = f"""
import sys
from pathlib import Path
sys.modules |= dict.fromkeys(("geopandas", "pandas", "pyogrio"))
from geo.cli import main
sys.argv = ["geo", "render", "dnipro-line", "-q", "--format", "html,png,svg,pdf,pptx", "--out", {str(tmp_path)!r}]
main()
"""
    assert "All zones" in run(code)
    assert len([*tmp_path.iterdir()]) == 5


def test_sources_are_listed_without_numpy() -> None:
    """What was reported is text; nothing that measures is loaded to print it."""
    code = """
import sys
from geo.cli import main
sys.argv = ["geo", "sources"]
main(standalone_mode=False)
print({"numpy", "shapely", "pyproj"} & sys.modules.keys())
"""
    assert run(code).endswith("set()")
