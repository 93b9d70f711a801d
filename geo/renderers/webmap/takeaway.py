"""What a reader can take away from a page: the table as a file, packed to stand in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from geo.briefing import records
from geo.fronts.front import Front
from geo.measuring.metrics import Metrics


def pack_table(name: str, measured: Sequence[tuple[Metrics, Front]]) -> dict[str, Any]:
    """Return the CSV file that the command line writes of these figures, with what all rows share standing once.

    ``head`` is its first line, ``same`` the text that a column has in every row or None, ``rows`` the other cells.
    """
    head, *rows = csv.reader(io.StringIO(records.render_csv(measured), newline=""))
    columns = list(zip(*rows, strict=True))
    same = [_write([column[0]]) if len(set(column)) == 1 else None for column in columns]
    own = [[_write([cell]) for cell, shared in zip(row, same, strict=True) if shared is None] for row in rows]
    return {"name": f"{name}-distances.csv", "head": _write(head), "same": same, "rows": own}


def _write(cells: Sequence[str]) -> str:
    """Return cells as they stand in a line of CSV; the empty one after them keeps a single empty cell bare."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerow([*cells, ""])
    return stream.getvalue().removesuffix(",\n")
