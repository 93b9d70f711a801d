"""The tree of folium elements that a map is made of: walked, numbered, and left as it was found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from branca.element import Element

_UPWARDS = ("_parent", "parent_map")
"""Attributes that lead to an element above, or back to the map."""
_DRAWN = re.compile(r"[0-9a-f]{32}")


def walk_tree(root: Element, seen: set[int] | None = None) -> Iterator[Element]:
    """Yield an element, its children, and whatever else it holds, each once: a popup's content, a marker's icon."""
    seen = set() if seen is None else seen
    if id(root) in seen:
        return
    seen.add(id(root))
    yield root
    for key, value in list(vars(root).items()):
        if key not in _UPWARDS:
            for element in _elements_in(value):
                yield from walk_tree(element, seen)


def _elements_in(value: object) -> Iterator[Element]:
    """Yield the elements in an attribute's value; long lists of coordinates are passed over."""
    if isinstance(value, Element):
        yield value
    elif isinstance(value, dict):
        for item in list(value.values()):
            if isinstance(item, (Element, list)):
                yield from _elements_in(item)
    elif isinstance(value, (list, tuple)) and value and isinstance(value[0], Element):
        yield from value


def name_given(element: Element) -> str:
    """Return the name that a user gave a layer, empty for none: folium then makes one up of the layer's id."""
    given = str(getattr(element, "layer_name", None) or "")
    return "" if element._id in given else given


def walk_children(root: Element) -> Iterator[Element]:
    """Yield an element and its children, all the way down."""
    yield root
    for child in root._children.values():
        yield from walk_children(child)


def number_elements(root: Element) -> None:
    """Replace the random ids of an element and all below it by their position, the same on every run.

    Only what is rendered from the tree shows an id; keys made from the old ones stay inside branca.
    """
    for index, element in enumerate(walk_children(root)):
        element._id = f"{index:02d}"


def number_names(elements: Iterable[Element], start: int) -> dict[str, str]:
    """Return a number for each random id among the elements, the same on every run, counted from ``start``.

    The elements keep their ids: a script that a user wrote may hold the name that one had.
    """
    drawn = dict.fromkeys(element._id for element in elements if _DRAWN.fullmatch(element._id))
    return {name: f"{start + index:02d}" for index, name in enumerate(drawn)}


def replace_names(text: str, numbers: dict[str, str]) -> str:
    """Return a text in which each random id that has a number is replaced by it."""
    return _DRAWN.sub(lambda found: numbers.get(found[0], found[0]), text) if numbers else text


def owners_of(tops: Iterable[Element]) -> dict[str, Element]:
    """Return which of some elements each name in a script belongs to: its own, or that of an element it holds."""
    seen: set[int] = set()
    return {part.get_name(): top for top in tops for part in walk_tree(top, seen)}


@contextmanager
def kept_as_found(root: Element) -> Iterator[None]:
    """Take away again what rendering adds to the elements below one, so that it can be rendered once more."""
    found = [(element, list(element._children.items())) for element in walk_tree(root)]
    try:
        yield
    finally:
        for element, children in found:
            element._children.clear()
            element._children.update(children)
