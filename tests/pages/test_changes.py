"""The page of changes in a real Chromium without a network: both lines, the ground that changed sides, the tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geo.briefing.changes import build_changes
from geo.fronts.reading import read_front
from geo.renderers.webmap import changespage
from tests.made_up.fronts import MEMBER, save_file
from tests.made_up.series import SCENARIO
from tests.pages.access import find_violations
from tests.pages.browser import DESKTOP, plain, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def test_the_map_shows_both_lines_and_the_ground_between(chromium: Browser, tmp_path: Path) -> None:
    """Ground gained and lost is drawn and can be switched off; tables and legend stand beside it."""
    lines = ([[36.0, 52.0], [36.0, 46.0]], [[35.6, 52.0], [36.2, 46.0]])
    fronts = [
        read_front(save_file(tmp_path / f"line-{day}.geojson", line, member=MEMBER | {"as_of": day}))
        for day, line in zip(("2025-03-27", "2025-04-27"), lines, strict=True)
    ]
    file = tmp_path / "changes.html"
    file.write_bytes(changespage.render_html(build_changes(SCENARIO, *fronts)))
    with visit(chromium, file, DESKTOP) as page:
        page.tab.wait_for_selector("html[data-ready=map]")
        for kind in ("gained", "lost", "before"):
            assert page.tab.locator(f".leaflet-pane path.{kind}").count() == 1
        assert page.tab.locator("section[aria-labelledby=h-ground] tr").count() == 5
        assert "−" in (page.tab.locator("section[aria-labelledby=h-changes] td").first.text_content() or "")
        assert "since 27 March 2025" in plain(page.tab.locator(".legend").text_content() or "")
        assert find_violations(page) == [] and page.complaints == []
        page.tab.get_by_role("button", name="Layers").click()
        page.tab.get_by_label("Gained by Russian forces as reported, since 27 March 2025").uncheck()
        assert page.tab.locator(".leaflet-pane path.gained").count() == 0
