"""Every kind of input by its name."""

from __future__ import annotations

from tests.fuzz import arguments, days, fetched, layers, pairs, tables, texts, written, zones
from tests.fuzz.case import Kind

KINDS: dict[str, Kind] = {
    **zones.KINDS, **layers.KINDS, **tables.KINDS, **texts.KINDS, **days.KINDS, **written.KINDS, **arguments.KINDS,
    **fetched.KINDS, **pairs.KINDS,
}  # fmt: skip
