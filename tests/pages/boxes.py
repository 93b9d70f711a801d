"""Boxes of labels and controls on a page, and that none covers another."""

from __future__ import annotations

from typing import Any

COVERED = """
() => {
  const frame = document.querySelector(".frame");
  const boxes = Array.from(frame.querySelectorAll(".leaflet-control, [data-obstacle]"), (element) =>
    element.getBoundingClientRect()).filter(({ width }) => width > 0);
  const map = document.querySelector(".folium-map").getBoundingClientRect();
  const paths = document.querySelectorAll(".folium-map :is(path.zone, path.front, path.nearest:not(.way-late))");
  return Array.from(paths).filter((path) => {
    const matrix = path.getScreenCTM();
    return Array.from({ length: Math.ceil(path.getTotalLength() / 3) }, (_, step) =>
      path.getPointAtLength(3 * step).matrixTransform(matrix)).some(({ x, y }) =>
        x < map.left || x > map.right || y < map.top || y > map.bottom ||
        boxes.some(({ left, right, top, bottom }) => x > left && x < right && y > top && y < bottom));
  }).map((path) => path.className.baseVal);
}
"""
"""The zones, the front and the shortest way, as far as something stands over them or they are out of view."""

ON_ZONES = """
() => {
  const labels = ".label:is(.country, .sector-name, .front-name):not(.is-hidden)";
  const zones = Array.from(document.querySelectorAll(".folium-map path.zone"), (path) => {
    const inverse = path.getScreenCTM().inverse();
    return (x, y) => path.isPointInFill(new DOMPoint(x, y).matrixTransform(inverse));
  });
  const steps = Array.from({ length: 11 }, (_, index) => index / 10);
  return Array.from(document.querySelectorAll(labels)).filter((label) => {
    const { left, top, width, height } = label.getBoundingClientRect();
    return zones.some((isIn) => steps.some((right) => steps.some((down) =>
      isIn(left + right * width, top + down * height))));
  }).map((label) => label.textContent);
}
"""
"""The names of countries, of the front and of its sectors that stand on a zone."""

HIDDEN = """
() => {
  const names = Array.from(document.querySelectorAll(".label.zone-name:not(.is-hidden)"))
    .filter((label) => label.querySelector(".figure")).map((label) => label.getBoundingClientRect());
  return Array.from(document.querySelectorAll(".folium-map path.zone")).filter((path) => {
    const { left, right, top, bottom } = path.getBoundingClientRect();
    return names.some((name) =>
      Math.max(0, Math.min(right, name.right) - Math.max(left, name.left)) *
      Math.max(0, Math.min(bottom, name.bottom) - Math.max(top, name.top)) >
      0.55 * (right - left) * (bottom - top));
  }).map((path) => path.className.baseVal);
}
"""
"""The zones that a name with its distance hides for the most part."""


def overlaps(a: dict[str, float], b: dict[str, float], slack: float = 0.5) -> bool:
    """Return whether two boxes share more than half a pixel."""
    return (
        a["left"] + slack < b["right"]
        and b["left"] + slack < a["right"]
        and a["top"] + slack < b["bottom"]
        and b["top"] + slack < a["bottom"]
    )


def check_labels(boxes: dict[str, Any]) -> None:
    """Assert that every label is on the map, over no other label or dot of another, and under no control."""
    frame, labels = boxes["map"], boxes["labels"]
    for index, label in enumerate(labels):
        assert label["left"] >= frame["left"] and label["right"] <= frame["right"], label
        assert label["top"] >= frame["top"] and label["bottom"] <= frame["bottom"], label
        for other in [*labels[index + 1 :], *boxes["controls"]]:
            assert not overlaps(label, other), (label, other)
        for dot in boxes["dots"]:
            assert not overlaps(label, dot, slack=1.5), (label, dot)
