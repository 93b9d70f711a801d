"""A briefing as CSV that spreadsheets open whole: zones and total, without outlines."""

from __future__ import annotations

import codecs

from geo.briefing import records
from geo.briefing.briefing import Briefing
from geo.renderers.data import layers


def render_csv(briefing: Briefing) -> bytes:
    """Return UTF-8 with a byte order mark, without which Excel takes it for another encoding.

    Text that a spreadsheet would run is defused.
    """
    table = layers.build_table(briefing)
    return codecs.BOM_UTF8 + records.render_table(table.columns, table.items).encode()
