"""Which terms the user has accepted: noted once for each publisher, until its terms change."""

from __future__ import annotations

import re
from pathlib import Path

from geo.fronts import fetched
from geo.fronts.published.publishers import Publisher

_ACCEPTED = re.compile(rb"[0-9a-f]{64}\s*$")


def has_accepted(publisher: Publisher) -> bool:
    """Ask whether the user has accepted the terms of a publisher as they stand now; a file of one's own has none."""
    if not publisher.terms:
        return True
    try:
        return _find(publisher).read_text(encoding="utf-8").strip() == publisher.terms_sha256
    except (OSError, ValueError):
        return False


def save_acceptance(publisher: Publisher) -> None:
    """Note that the user has accepted the terms of a publisher."""
    fetched.save(f"{publisher.terms_sha256}\n".encode(), _find(publisher), _ACCEPTED)


def _find(publisher: Publisher) -> Path:
    return fetched.folder() / "accepted" / f"{publisher.id}.txt"
