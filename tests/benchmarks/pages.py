"""What a page costs who opens it: ``python -m tests.benchmarks.pages FILE.html ...`` (extra ``test``)."""

from __future__ import annotations

import argparse
import statistics
from pathlib import Path
from typing import TYPE_CHECKING

from tests.pages.browser import DESKTOP, PHONE, find_chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TIMES = 9
STEPS = ("first text", "first map", "usable", "blocked")

# When the title and the map (its picture, or its first shape) come into sight, when the page is ready, and how long
# it was deaf: what of each task is beyond 50 ms
WATCH = """
const seen = { "first text": 0, "first map": 0, usable: 0, blocked: 0 };
window.seen = seen;
const watched = new Map();
const sight = new IntersectionObserver((entries) => {
  for (const { target, time, isIntersecting } of entries) {
    const step = watched.get(target);
    seen[step] ||= isIntersecting ? time : 0;
  }
});
const steps = { "first text": "h1", "first map": "svg.still, .leaflet-overlay-pane path" };
new MutationObserver(() => {
  for (const [step, selector] of Object.entries(steps)) {
    const target = [...watched.values()].includes(step) ? null : document.querySelector(selector);
    if (target) {
      watched.set(target, step);
      sight.observe(target);
    }
  }
  if (document.documentElement?.dataset.ready) {
    seen.usable ||= performance.now();
  }
}).observe(document, { attributes: true, childList: true, subtree: true });
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) {
    seen.blocked += Math.max(0, duration - 50);
  }
}).observe({ type: "longtask", buffered: true });
"""


def run(files: list[Path]) -> None:
    """Open each file several times, on a screen and on a phone, and print the median of each step."""
    from playwright.sync_api import sync_playwright

    print(f"{'milliseconds':<40}", *(f"{step:>10}" for step in STEPS))
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=arguments)
        for file in files:
            for width, height in (DESKTOP, PHONE):
                opened = [_open(browser, file, width, height) for _ in range(TIMES)]
                medians = [statistics.median(each[step] for each in opened) for step in STEPS]
                print(f"{f'{file.name}, {width} px':<40}", *(f"{median:>10.0f}" for median in medians))
        browser.close()


def _open(browser: Browser, file: Path, width: int, height: int) -> dict[str, float]:
    context = browser.new_context(viewport={"width": width, "height": height}, offline=True)
    tab = context.new_page()
    tab.add_init_script(WATCH)
    tab.goto(file.resolve().as_uri())
    tab.wait_for_selector("html[data-ready]", state="attached")
    tab.wait_for_timeout(300)  # for what comes after, which may block as well
    seen: dict[str, float] = tab.evaluate("window.seen")
    context.close()
    return seen


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    run(parser.parse_args().files)
