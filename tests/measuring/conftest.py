"""Fixtures for what is measured and kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.measuring.cache import Cache


@pytest.fixture
def store(tmp_path: Path) -> Cache:
    """Return an empty cache."""
    return Cache(tmp_path / "cache")
