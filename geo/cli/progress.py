"""Progress on stderr, where that is a terminal: bars for steps of known length, a count for rows without end."""

from __future__ import annotations

import itertools
import sys
import time
from typing import TYPE_CHECKING, Any

import click

from geo.cli import messages

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar


class Progress:
    """What a long command shows while it works; `close` ends the last line, so that the next begins its own."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._label: str | None = None
        self._bar: ProgressBar[Any] | None = None

    def tell(self, label: str, done: int, of: int) -> None:
        """Show how much of a step is done, on a line of its own for each step."""
        if label != self._label:
            self._open(label, click.progressbar(length=of, label=label, file=sys.stderr))
        if self._bar:
            self._bar.update(done - self._bar.pos)

    def add(self, rows: int) -> None:
        """Show how many points are done, and how many a second."""
        if self._label is None:
            self._open("points", _build_counter())
        if self._bar:
            done = self._bar.pos + rows
            pace = done / max(time.monotonic() - self._start, 1e-3)
            self._bar.update(rows, f"{done:,} points, {pace:,.0f} a second")

    def close(self) -> None:
        """End the line of the bar, if there is one."""
        if self._bar:
            self._bar.render_finish()

    def pause(self) -> None:
        """End the line of the bar, so that something else may be said; the next step begins a bar of its own."""
        self.close()
        self._label = self._bar = None

    def _open(self, label: str, bar: ProgressBar[Any]) -> None:
        self.close()
        self._label, self._bar = label, bar if sys.stderr.isatty() and not messages.is_quiet() else None


def _build_counter() -> ProgressBar[str]:
    """Return a bar without a length, which shows only the words it is updated with."""
    return click.progressbar(
        itertools.repeat(""),
        item_show_func=lambda words: words,
        show_eta=False,
        show_percent=False,
        bar_template="%(info)s",
        file=sys.stderr,
    )
