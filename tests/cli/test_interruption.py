"""What an interrupted command says before it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import os, signal, sys, time
import click
from geo.cli import main

PRESS = "os.kill(os.getpid(), signal.SIGINT); time.sleep(60)"

def hang():
    HOW

signal.signal(signal.SIGINT, signal.default_int_handler)
main.get_command = lambda ctx, name: click.Command("hang", callback=hang)
sys.argv = ["geo", "hang"]
main()
"""


@pytest.mark.parametrize("how", ["eval(compile(PRESS, 'press', 'exec'))", "exec(PRESS)"])
def test_the_line_is_written_before_the_process_ends(how: str, tmp_path: Path) -> None:
    """However fast the main thread ends, and whatever it ran, the line is there and the exit code is ours."""
    (tmp_path / "pressed.py").write_text(SCRIPT.replace("HOW", how), encoding="utf-8")
    for _ in range(6):
        done = subprocess.run(
            [sys.executable, "-m", "pressed"],
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])},
            capture_output=True,
            text=True,
            timeout=30,
        )
        assert (done.returncode, "Interrupted." in done.stderr) == (130, True), done.stderr
