"""Take the pictures in maps/ of what the program draws: ``python -m tests.previews`` (needs a Chromium)."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from geo import briefing, front, scenario, webmap
from tests.conftest import find_chromium

MAPS = Path(__file__).parent.parent / "maps"


def save_previews() -> None:
    """Render every shipped scenario and save its page as a PNG of 1440 by 900 pixels."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        for name, option in scenario.read_scenarios().items():
            file = Path(folder) / f"{name}.html"
            file.write_bytes(
                webmap.render_html(briefing.build_briefing(option, front.find_front(option.front)))
            )
            page.goto(file.as_uri())
            page.wait_for_timeout(500)
            page.screenshot(path=MAPS / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    save_previews()
