"""The shape of the package: what loads, what imports what, and that nobody but the command line prints."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import geo

PACKAGE = Path(geo.__file__).parent

LAYERS = (
    ("errors", "numerals", "shipped"),
    ("geodesy", "reference"),
    ("files",),
    ("scenarios", "fronts"),
    ("measuring",),
    ("briefing",),
    ("provenance",),
    ("renderers",),
    ("library",),
    ("cli", "__main__"),
)
"""The rooms from the ground up: each imports from its own layer and from those before it, never from a later one."""

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


def files_of(room: str) -> list[Path]:
    return [*PACKAGE.glob(f"{room}.py"), *(PACKAGE / room).rglob("*.py")]


def rooms_imported(file: Path) -> set[str]:
    """Return the rooms that a file imports from, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "geo":
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("geo."):
            found.add(node.module.split(".")[1])
    return found - {"__version__"}


@pytest.mark.parametrize("layer", range(len(LAYERS)), ids=[layer[0] for layer in LAYERS])
def test_imports_point_one_way(layer: int) -> None:
    """A room imports nothing from a later layer, so data passes through the package once, forwards."""
    below = {room for rooms in LAYERS[: layer + 1] for room in rooms}
    for room in LAYERS[layer]:
        for file in files_of(room):
            assert rooms_imported(file) <= below, file


def test_every_room_has_its_layer() -> None:
    """What lies in the package is a room of the list, and there are at most seventeen entries.

    The library stands beside the command line, above the renderers: a briefing that draws itself cannot lie below them.
    """
    entries = {file.stem for file in PACKAGE.iterdir() if file.name not in ("__pycache__", "shipped_data")}
    assert entries - {"__init__", "py"} == {room for rooms in LAYERS for room in rooms}
    assert len(entries) <= 17


def test_tests_lie_where_their_modules_do() -> None:
    """A test file is named after a module or folder of its room, but for pages, build steps, hunts and shipped data."""
    root = Path(__file__).parent
    for file in root.rglob("*/test_*.py"):
        room, name = file.parent.relative_to(root), file.stem.removeprefix("test_")
        found = {path.stem for path in (PACKAGE / room).glob("*")}
        assert room in (Path("pages"), Path("build"), Path("events"), Path("fuzz")) or name in found | {
            "shipped",
            "main",
        }, file


def test_no_test_imports_another() -> None:
    """What several tests use lies in a file that holds no test."""
    for file in Path(__file__).parent.rglob("test_*.py"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"^from tests\S* import test_|^from tests\S*\.test_", text, re.MULTILINE), file


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


def test_help_loads_no_command() -> None:
    """It has the first sentence of each at hand."""
    check = (
        "from geo.cli import main; main(['--help'], standalone_mode=False)\n"
        "import sys\nprint(sorted(name for name in sys.modules if name.startswith('geo.')), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == str(["geo.cli", "geo.cli.interruption", "geo.cli.messages", "geo.errors"])


def test_a_map_is_rendered_without_what_only_folium_wants(tmp_path: Path) -> None:
    """``geo render`` waits neither for pandas and requests, which folium imports, nor for other formats' libraries."""
    arguments = ["render", "dnipro-line", "--out", str(tmp_path)]
    code = f"from geo.cli import main; main({arguments!r}, standalone_mode=False)"
    # Each by a module that is there once the library has loaded: a deferred one has its bare name taken.
    names = ("pandas.core", "requests.api", "geopandas", "matplotlib", "pypdf", "pptx", "pyarrow")
    check = f"{code}\nimport sys\nprint([name for name in {names!r} if name in sys.modules], file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "[]"


def test_public_names_are_sorted_and_exist() -> None:
    """The front door is one screen: a sorted list of names that are there."""
    assert geo.__all__ == sorted(geo.__all__)
    assert all(hasattr(geo, name) for name in geo.__all__)


def test_only_the_command_line_prints() -> None:
    """No other room writes to stdout or stderr."""
    for layer in LAYERS[:-1]:
        for file in (file for room in layer for file in files_of(room)):
            names = {
                node.func.id
                for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            }
            assert "print" not in names, file
