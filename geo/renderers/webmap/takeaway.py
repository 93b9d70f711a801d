"""What a reader can take away from a page: the table as a file, packed to stand in it, and the key sentence as text."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from geo import numerals
from geo.briefing import tables
from geo.briefing.briefing import Briefing
from geo.fronts.front import Front
from geo.measuring.metrics import Metrics


@dataclass(frozen=True)
class Table:
    """A CSV file that the page hands out, the same as the command line writes it."""

    name: str
    text: str

    def pack(self) -> dict[str, Any]:
        """Return the file with what all rows share standing once.

        ``head`` is its first line, ``same`` the text that a column has in every row or None, ``rows`` the other cells.
        """
        head, *rows = csv.reader(io.StringIO(self.text, newline=""))
        columns = list(zip(*rows, strict=True))
        same = [_write([column[0]]) if len(set(column)) == 1 else None for column in columns]
        own = [
            [_write([cell]) for cell, shared in zip(row, same, strict=True) if shared is None] for row in rows
        ]
        return {"name": self.name, "head": _write(head), "same": same, "rows": own}


def build_table(name: str, measured: Sequence[tuple[Metrics, Front]]) -> Table:
    """Return every figure of scenarios, each with the front it was measured to, as the file that a button asks for."""
    return Table(f"{name}-distances.csv", tables.render_csv(measured))


def _write(cells: Sequence[str]) -> str:
    """Return cells as they stand in a line of CSV; the empty one after them keeps a single empty cell bare."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerow([*cells, ""])
    return stream.getvalue().removesuffix(",\n")


def build_citation(briefing: Briefing) -> str:
    """Return the key sentence with what it rests on and how to read it, for pasting into another text."""
    front, scenario = briefing.front, briefing.scenario
    reports = "; ".join(
        f"{source.title.rstrip('.')} ({source.publisher.rstrip('.')}, {numerals.format_date(source.published)})"
        for source in briefing.sources
    )
    return " ".join(
        sentence
        for sentence in (
            f"{scenario.title}: {briefing.headline}",
            f"Measured as {briefing.metrics.method} to the {tables.describe_front(front)}; "
            f"line: {front.source.rstrip('.')}.",
            f"Scenario after: {reports}." if reports else "",
            *briefing.caveats,
        )
        if sentence
    )
