"""What axe-core and a finger find wrong with a page."""

from __future__ import annotations

from typing import Any

import pytest

from tests.pages.browser import Visit

READ_TARGETS = """
() => {
  const kinds = ["button", "summary", "input", ".leaflet-bar a", ".switch a", ".lead a", ".card",
                 ".leaflet-control-layers label", ".handle-corner", ".handle-end"];
  return Array.from(document.querySelectorAll(kinds.join()))
    .filter((element) => element.checkVisibility() && element.type !== "checkbox" && !element.matches(".skip, .pin"))
    .map((element) => {
      const { height, width } = element.getBoundingClientRect();
      return [element.id || element.className, height, width];
    });
}
"""


def find_violations(seen: Visit) -> list[str]:
    """Return what axe-core finds wrong, each with its first element."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    response: dict[str, Any] = axe.Axe().run(seen.tab, options=options).response
    assert len(response["passes"]) > 15
    return [
        f"{item['id']}: {item['help']}: {item['nodes'][0]['html'][:150]}" for item in response["violations"]
    ]
