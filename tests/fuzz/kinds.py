"""Every kind of input by its name."""

from __future__ import annotations

from tests.fuzz import arguments, days, layers, tables, texts, written, zones
from tests.fuzz.case import Kind

KINDS: dict[str, Kind] = {
    **zones.KINDS, **layers.KINDS, **tables.KINDS, **texts.KINDS, **days.KINDS, **written.KINDS, **arguments.KINDS,
}  # fmt: skip
