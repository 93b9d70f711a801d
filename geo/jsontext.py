"""Plain data as the JSON text that every command prints; apart, so that a listing loads nothing else."""

from __future__ import annotations

import json
from typing import Any


def render_json(record: Any) -> str:
    """Return plain data as indented JSON with the keys in the order given."""
    return json.dumps(record, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
