"""What Ctrl-C does: it ends a command within a second, with exit code 130 and a line that says so."""

from __future__ import annotations

import atexit
import contextlib
import os
import signal
import sys
import threading
import time
from dataclasses import dataclass

import click

EXIT_CODE = 130
"""128 and the number of the signal, as shells have it."""

_GRACE_S = 0.5  # to take temporary files away; what stays is collected by the next run


@dataclass
class Interruption:
    """What is said when a command is interrupted; it changes once the command keeps work for its next run."""

    words: str = "Interrupted."
    _said: threading.Event | None = None

    def watch(self) -> None:
        """Wait for Ctrl-C in a thread: the main one may be in a long calculation, or wait for others."""
        reader, writer = os.pipe()
        os.set_blocking(writer, False)
        signal.set_wakeup_fd(writer)
        self._said = threading.Event()
        atexit.register(self._leave)
        threading.Thread(target=self._end, args=(reader,), daemon=True).start()

    def wait(self) -> None:
        """Wait until the line is written: a process that ends takes the thread with it."""
        if self._said:
            self._said.wait(_GRACE_S)

    def _leave(self) -> None:
        """End with our exit code: Python gives another to one interrupted while it ran a text as code."""
        if self._said and self._said.is_set():
            os._exit(EXIT_CODE)

    def _end(self, reader: int) -> None:
        while os.read(reader, 1) != bytes([signal.SIGINT]):
            pass
        with contextlib.suppress(OSError):  # nobody reads it
            os.write(sys.stderr.fileno(), f"\n{self.words}\n".encode())
        if self._said:
            self._said.set()
        time.sleep(_GRACE_S)
        os._exit(EXIT_CODE)


def promise_resumption() -> None:
    """Let an interruption say that the next run of this command goes on where this one stopped."""
    promise("Interrupted. What was measured is kept, and the next run goes on from there.")


def promise(words: str) -> None:
    """Let an interruption of this command say these words."""
    interruption = click.get_current_context().find_object(Interruption)
    if interruption:
        interruption.words = words
