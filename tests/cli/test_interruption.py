"""What an interrupted command says before it ends."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import os, signal, sys, time
import click
from geo.cli import main

def hang():
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(60)

signal.signal(signal.SIGINT, signal.default_int_handler)
main.get_command = lambda ctx, name: click.Command("hang", callback=hang)
sys.argv = ["geo", "hang"]
main()
"""


def test_the_line_is_written_before_the_process_ends() -> None:
    """However fast the main thread ends, the thread that watches says that the command was interrupted."""
    for _ in range(6):
        done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, timeout=30)
        assert (done.returncode, "Interrupted." in done.stderr) == (130, True), done.stderr
