"""The README's console blocks are what the commands really print."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from geo.cli import main

TEXT = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```console\n(.*?)^```", TEXT, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("block", BLOCKS, ids=[block.splitlines()[0] for block in BLOCKS])
def test_console_block_is_real(block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command of a block, run in order in an empty folder, prints what stands under it ("…" ends an excerpt)."""
    monkeypatch.chdir(tmp_path)
    for step in re.split(r"^\$ geo ", block, flags=re.MULTILINE)[1:]:
        command, _, expected = step.partition("\n")
        printed = CliRunner().invoke(main, shlex.split(command), prog_name="geo").output
        if expected.endswith("…\n"):
            assert printed.startswith(expected.removesuffix("…\n"))
        else:
            assert printed == expected


def test_there_are_blocks() -> None:
    """The README shows commands at all."""
    assert len(BLOCKS) >= 6
