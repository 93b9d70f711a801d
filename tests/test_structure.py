"""The shape of the package: what loads, what imports what, and that nobody but the command line prints."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import geo

PACKAGE = Path(geo.__file__).parent

ORDER = [
    "errors",
    "numerals",
    "style",
    "catalogue",
    "ellipsoid",
    "hilbert",
    "cloud",
    "polyline",
    "geodesy",
    "projection",
    "fields",
    "document",
    "plane",
    "positions",
    "geojson",
    "contents",
    "evidence",
    "citations",
    "jsontext",
    "scenario",
    "basemap",
    "heldground",
    "contact",
    "dating",
    "vectorfile",
    "front",
    "frontfile",
    "template",
    "schema",
    "beyond",
    "metrics",
    "isolines",
    "points",
    "pointfile",
    "briefing",
    "comparison",
    "wording",
    "tables",
    "output",
    "cache",
    "series",
    "history",
    "historytables",
    "historychart",
    "webmap",
    "figure",
    "slides",
    "provenance",
    "kml",
    "export",
    "listings",
    "inspection",
    "attachments",
    "verification",
    "parts",
    "pointtable",
    "bulk",
    "cluster",
    "cli",
    "__main__",
]
"""Modules from the ground up; each imports only from its left."""

FOLDERS = ("webmap", "figure", "slides", "provenance", "cli")
"""Rooms of several files."""

RENDERERS_SEE = {
    "briefing",
    "comparison",
    "style",
    "metrics",
    "scenario",
    "basemap",
    "evidence",
    "front",
    "geodesy",
    "isolines",
    "tables",
    "errors",
    "projection",
    "wording",
    "history",
    "historytables",
}
HEAVY = (
    "pandas",
    "geopandas",
    "folium",
    "matplotlib",
    "numpy",
    "shapely",
    "pyproj",
    "pptx",
    "pypdf",
    "pyarrow",
    "dask",
)


def modules_imported(file: Path) -> set[str]:
    """Return the names of the package's own modules that a file imports anywhere."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "geo":
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("geo."):
            found.add(node.module.split(".")[1])
    return found - {"__version__"}


def rooms() -> list[Path]:
    files = [file for file in PACKAGE.glob("*.py") if file.stem != "__init__"]
    return [*files, *(file for folder in FOLDERS for file in (PACKAGE / folder).glob("*.py"))]


def room_of(file: Path) -> str:
    return file.stem if file.parent == PACKAGE else file.parent.name


@pytest.mark.parametrize("file", rooms(), ids=lambda file: str(file.relative_to(PACKAGE)))
def test_imports_point_down(file: Path) -> None:
    """A module imports only modules below it in the list, so data passes through the package once, forwards."""
    room = room_of(file)
    above = set(ORDER[ORDER.index(room) :]) - {room}
    assert not modules_imported(file) & above


def test_order_names_every_module() -> None:
    """A new module takes its place in the list before it can be imported."""
    stems = {file.stem for file in PACKAGE.glob("*.py")} - {"__init__"}
    assert stems | set(FOLDERS) == set(ORDER)


@pytest.mark.parametrize("room", ["webmap", "figure"])
def test_a_renderer_sees_the_briefing_and_no_file(room: str) -> None:
    """A renderer imports values and style, never something that reads or writes, nor another renderer."""
    for file in (PACKAGE / room).glob("*.py"):
        assert modules_imported(file) - {room} <= RENDERERS_SEE, file


@pytest.mark.parametrize(
    "code",
    [
        "import geo",
        "from geo.cli import main; main(['--help'], standalone_mode=False)",
        "from geo.cli import main; main(['list'], standalone_mode=False)",
        "from geo.cli import main; main(['sources', '--json'], standalone_mode=False)",
    ],
)
def test_front_door_is_light(code: str) -> None:
    """Neither importing the package nor asking for help or for a list loads a heavy library."""
    check = f"{code}\nimport sys\nprint([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_a_map_is_rendered_without_what_only_folium_wants(tmp_path: Path) -> None:
    """``geo render`` waits neither for pandas and requests, which folium imports, nor for other formats' libraries."""
    arguments = ["render", "dnipro-line", "--out", str(tmp_path)]
    code = f"from geo.cli import main; main({arguments!r}, standalone_mode=False)"
    names = ("pandas", "requests", "geopandas", "matplotlib", "pypdf", "pptx", "pyarrow")
    check = f"{code}\nimport sys\nprint([name for name in {names!r} if name in sys.modules], file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "[]"


def test_public_names_are_sorted_and_exist() -> None:
    """The front door is one screen: a sorted list of names that are there."""
    assert geo.__all__ == sorted(geo.__all__)
    assert all(hasattr(geo, name) for name in geo.__all__)


def test_only_the_command_line_prints() -> None:
    """No other module writes to stdout or stderr."""
    for file in rooms():
        if room_of(file) == "cli":
            continue
        names = {
            node.func.id
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert "print" not in names, file
