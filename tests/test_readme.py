"""README and docs/ are true: their examples are run, their commands exist, their links lead somewhere."""

from __future__ import annotations

import itertools
import json
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click
import geopandas
import pytest
from click.testing import CliRunner
from shapely import box

import geo
from geo.cli import main
from tests.made_up import occupied, series

ROOT = Path(__file__).parent.parent
GUIDES = sorted((ROOT / "docs").glob("*.md"))
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "maps" / "README.md", *GUIDES]
every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))

PRECISION = 1e-9
"""How far a number of a table may be from the one shown, relatively: other processors round differently."""


class Block(NamedTuple):
    """A fenced block of a page: its language, the file it names (``csv settlements.csv``) or none, its text."""

    language: str
    file: str
    text: str


def read_blocks(page: Path) -> list[Block]:
    """Return the fenced blocks of a page, in order."""
    found = re.findall(r"^```(\w*) ?(\S*)\n(.*?)^```$", page.read_text(encoding="utf-8"), re.M | re.S)
    return [Block(*parts) for parts in found]


def read_commands(page: Path) -> Iterator[list[str]]:
    """Yield the words of every ``geo`` command that a page mentions, in a block or within a sentence."""
    text = page.read_text(encoding="utf-8")
    lines = re.findall(r"^(?:\$ |    )?(geo [a-z].*)$|`(geo [^`]*)`", text, re.M)
    for line in (block or inline for block, inline in lines):
        yield shlex.split(line.split("  #")[0].split(" > ")[0].split(" && ")[0], comments=True)[1:]


def find_command(words: list[str]) -> click.Command:
    """Return the command or subcommand that the first words name."""
    command: click.Command = main
    for word in words:
        if not isinstance(command, click.Group):
            break
        found = command.get_command(click.Context(command), word)
        if found is None:
            break
        command = found
    return command


def every_command() -> Iterator[tuple[str, click.Command]]:
    """Yield every command and subcommand with its full name."""
    for name in main.list_commands(click.Context(main)):
        command = find_command([name])
        yield name, command
        if isinstance(command, click.Group):
            yield from ((f"{name} {below}", each) for below, each in sorted(command.commands.items()))


def run(line: str) -> str:
    """Run a command and return what it prints, without the front's age, which is true on one day only."""
    printed = CliRunner().invoke(main, shlex.split(line), prog_name="geo").output
    return re.sub(r"^The .* old today\..*\n", "", printed, flags=re.M)


def is_excerpt(shown: str, printed: str) -> bool:
    """Tell whether a text is as shown, where a line "…" stands for any lines."""
    pattern = r"(?:.*\n)*?".join(re.escape(part) for part in re.split(r"^…\n", shown, flags=re.M))
    return re.fullmatch(pattern, printed) is not None


def cells(text: str) -> list[object]:
    """Return the cells of a CSV text, numbers to the precision that every processor gives."""
    return [
        pytest.approx(float(cell), rel=PRECISION) if re.fullmatch(r"-?\d+\.\d+", cell) else cell
        for cell in re.split(r"[,\n]", text)
    ]


def save_layers(text: str, folder: Path) -> None:
    """Make up the layers of a user that a page speaks of: zones, an occupied area, a folder of one line a day."""
    if "geo validate sites.gpkg" in text:
        sites = {
            "name": ["Rail yard", "Airfield"],
            "geometry": [box(30.2, 48.7, 30.4, 48.8), box(32.0, 49.4, 32.2, 49.5)],
        }
        geopandas.GeoDataFrame(sites, crs="EPSG:4326").to_file(folder / "sites.gpkg")
    if "geo fronts derive area_20250401.geojson" in text:
        occupied.save_day(occupied.build_day(1), folder / "area_20250401.geojson")
    if "my-fronts" in text:
        series.save_days(folder / "my-fronts", {"2025-04-01": 0, "2025-04-02": 1, "2025-04-04": 3})


@every_page
def test_examples_are_real(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In order, blocks that name a file are saved or equal what was written, commands print as shown, Python runs."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    save_layers(page.read_text(encoding="utf-8"), tmp_path)
    for block in read_blocks(page):
        if block.file and Path(block.file).exists():
            assert cells(Path(block.file).read_text(encoding="utf-8-sig")) == cells(block.text)
        elif block.file:
            Path(block.file).write_text(block.text, encoding="utf-8")
        elif block.language == "console":
            for step in re.split(r"^\$ geo ", block.text, flags=re.M)[1:]:
                line, _, shown = step.partition("\n")
                printed = run(line)
                assert is_excerpt(shown, printed), f"geo {line} printed\n{printed}"
    script = "\n".join(block.text for block in read_blocks(page) if block.language == "python")
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@every_page
def test_commands_exist(page: Path) -> None:
    """Every command that a page mentions exists, with the options it is given."""
    for words in read_commands(page):
        command = find_command(words)
        assert command is not main or words[0].startswith(("-", "…")), words
        known = {option for param in command.params for option in param.opts} | {"--help", "--version"}
        assert {word.partition("=")[0] for word in words if word.startswith("--")} <= known, words


@every_page
def test_links_lead_somewhere(page: Path) -> None:
    """Every link and picture within the project is a file, and a heading of it where one is named."""
    for target in re.findall(r"\]\((?!https?:)([^)\s]+)\)", page.read_text(encoding="utf-8")):
        file, _, heading = target.partition("#")
        linked = page.parent / file if file else page
        assert linked.exists(), target
        if heading:
            lines = re.findall(r"^#+ (.+)$", linked.read_text(encoding="utf-8"), re.M)
            assert heading in [re.sub(r"[^\w -]", "", line.lower()).replace(" ", "-") for line in lines], (
                target
            )


def test_every_command_has_help_and_stands_in_the_docs() -> None:
    """A command nobody can find out about does not exist: it has an example in its help and in docs/commands.md."""
    guide = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    for name, command in every_command():
        assert re.search(rf"Examples?:\s+geo {name}\b", command.help or ""), name
        assert re.search(rf"^## .*`geo {name}`", guide, re.M), (
            f"docs/commands.md has no heading for geo {name}"
        )


def test_every_option_stands_in_the_docs() -> None:
    """No option is left to be found by chance."""
    guide = "".join(page.read_text(encoding="utf-8") for page in GUIDES)
    for name, command in every_command():
        for param in command.params:
            if isinstance(param, click.Option):
                assert param.opts[-1] in guide, f"docs/ do not mention {param.opts[-1]} of geo {name}"


def test_every_guide_is_listed() -> None:
    """The index of docs/ leads to every page beside it."""
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    assert {page.name for page in GUIDES} - {"index.md"} <= set(re.findall(r"\]\((\w[\w-]*\.md)\)", index))


def test_every_guide_is_on_the_site() -> None:
    """The site's menu, in mkdocs.yml, leads to every page of docs/."""
    menu = set(re.findall(r": ([\w-]+\.md)$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), re.M))
    assert {page.name for page in GUIDES} - menu == set()


def test_the_notebook_is_kept_without_results() -> None:
    """What the notebook shows is made when the site is built, so nothing old stands in it."""
    cells = json.loads((ROOT / "docs" / "notebook.ipynb").read_text(encoding="utf-8"))["cells"]
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells)


def test_the_citation_names_this_version() -> None:
    """Whoever cites the program cites the one they have."""
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.findall(r"^version: (\S+)$", citation, re.M) == [geo.__version__]


def test_the_conda_recipe_asks_for_what_the_package_asks_for() -> None:
    """Every dependency of pyproject.toml stands in the recipe with the same bounds; some have another name there."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    recipe = (ROOT / ".packaging" / "recipe.yaml").read_text(encoding="utf-8")
    lines = re.findall(r"^    - ([\w-]+) (\S+)$", recipe, re.M)
    asked = {name.removesuffix("-base") + bounds for name, bounds in lines}
    assert {item.lower() for item in project["dependencies"]} <= asked


def test_the_things_to_do_are_counted() -> None:
    """The heading says how many there are, and the format that needs an extra says so."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    count = len(re.findall(r"^\*\*\d\. ", readme, re.M))
    assert f"## {['Five', 'Six', 'Seven', 'Eight'][count - 5]} things to do" in readme
    assert "[points]" in readme.partition("## Which format")[2].partition("\n## ")[0]


def test_readme_is_a_landing_page() -> None:
    """It is read in a few minutes, and shows commands that are run."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(readme.splitlines()) < 150
    assert sum(block.text.count("$ geo ") for block in read_blocks(ROOT / "README.md")) >= 6


def test_every_dependency_is_explained() -> None:
    """docs/dependencies.md says of each dependency in pyproject.toml what it is for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *itertools.chain(*project["optional-dependencies"].values())]
    names = {re.split(r"[<>=\[ ]", item)[0] for item in wanted} - {"geo-scenarios"}
    guide = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert [name for name in sorted(names) if f"`{name}`" not in guide] == []
