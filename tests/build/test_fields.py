"""The field dictionary of the guide is what the code declares."""

from __future__ import annotations

import re

from geo.briefing import fields
from seeds.build.fields import FILE, render_dictionary


def test_the_page_is_what_the_code_makes() -> None:
    """Whoever changes a column writes the page anew: python -m seeds.build fields."""
    assert FILE.read_text(encoding="utf-8") == render_dictionary()


def test_every_column_of_every_layer_is_explained() -> None:
    """No layer and no table has a column that the page leaves out."""
    explained = set(re.findall(r"^[|] `(\w+)` [|]", render_dictionary(), re.MULTILINE))
    declared = {each.key for table in (fields.TABLE, *fields.LAYERS.values()) for each in table}
    assert declared <= explained
