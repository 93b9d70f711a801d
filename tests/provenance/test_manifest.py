"""What a manifest holds."""

from __future__ import annotations

import re

from geo import __version__
from geo.briefing.briefing import Briefing
from geo.provenance.manifest import build_manifest, dump_manifest


def test_manifest_holds_hashes_and_no_clock(briefing: Briefing) -> None:
    """Scenario, front, sources, definition, figures and version are named, and no time of writing."""
    manifest = build_manifest(briefing)
    assert manifest["version"] == __version__
    assert set(manifest["front"]) >= {"id", "sha256", "as_of", "definition", "uncertainty_km"}
    assert set(manifest["scenarios"][0]) >= {"id", "sha256", "claims", "zones"}
    assert manifest["sources"] == [{"id": "paper", "publisher": "The Paper"}]
    assert not re.search(r"\d\d:\d\d", dump_manifest(manifest))
