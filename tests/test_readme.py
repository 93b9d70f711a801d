"""The README's console blocks are what the commands really print."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from geo.cli import main

TEXT = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
TABLES = re.findall(r"^```csv\n(.*?)^```", TEXT, flags=re.MULTILINE | re.DOTALL)
BLOCKS = re.findall(r"^```console\n(.*?)^```", TEXT, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("block", BLOCKS, ids=[block.splitlines()[0] for block in BLOCKS])
def test_console_block_is_real(block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command of a block, run in order in an empty folder, prints what stands under it ("…" ends an excerpt)."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "settlements.csv").write_text(TABLES[0], encoding="utf-8")
    for step in re.split(r"^\$ geo ", block, flags=re.MULTILINE)[1:]:
        command, _, expected = step.partition("\n")
        said = CliRunner().invoke(main, shlex.split(command), prog_name="geo").output
        printed = re.sub(r"^The .* old today\.\n", "", said, flags=re.MULTILINE)  # true on one day only
        if expected.endswith("…\n"):
            assert printed.startswith(expected.removesuffix("…\n"))
        else:
            assert printed == expected


def test_there_are_blocks() -> None:
    """The README shows commands at all."""
    assert len(BLOCKS) >= 6


def test_table_of_distances_is_real(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file of points that the README shows becomes the file of distances that it shows."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in.csv").write_text(TABLES[0], encoding="utf-8")
    CliRunner().invoke(main, ["distance", "--points", "in.csv", "--out", "out.csv"])
    cells = [line.split(",") for line in (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()]
    shown = [line.split(",") for line in TABLES[1].splitlines()]
    assert [row[:4] + row[5:] for row in cells] == [row[:4] + row[5:] for row in shown]
    assert [float(row[4]) for row in cells[1:3]] == pytest.approx([float(row[4]) for row in shown[1:3]])
