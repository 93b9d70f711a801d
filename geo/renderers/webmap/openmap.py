"""A folium map of ours that takes further layers, checked as they are added."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import folium
from branca.element import Element
from folium.map import CustomPane, FitBounds, FitOverlays

from geo.errors import UsageError
from geo.files import saving
from geo.renderers.webmap.elements import OpenLayerControl, StartPage
from geo.renderers.webmap.network import validate_reachable
from geo.renderers.webmap.page import MapPage, encode_page
from geo.renderers.webmap.tree import walk_tree

_LAST = (OpenLayerControl, StartPage, FitBounds, FitOverlays)
"""What comes after every layer, in this order: a view that a user fits comes after our own."""


class OpenMap(folium.Map):
    """The map of a page. What a user adds stands between our layers and the controls, however late it is added.

    An element that needs what the page does not allow is refused when it is added, to the map or to something on it.
    """

    def add_child(self, child: Element, name: str | None = None, index: int | None = None) -> Element:
        """Add an element, unless it needs what the page does not allow.

        Raises
        ------
        UsageError
            The element, or one that it holds, loads files over the network and the map is not online; or it is a pane
            with a name that the map's own has.
        """
        if _is_open(self):
            if isinstance(child, folium.LayerControl) and self._take_control(child):
                return self
            self._validate_pane(child)
            _validate(self, child)
        super().add_child(child, name=name, index=index)
        for kind in _LAST:
            for key in [key for key, kept in self._children.items() if isinstance(kept, kind)]:
                self._children.move_to_end(key)
        return self

    def save(self, outfile: Any, close_file: bool = True, **kwargs: Any) -> None:
        """Write the whole page to a file, by its path or already open for bytes: all of it, or nothing.

        Raises
        ------
        UsageError
            Something on the map loads what the page does not allow.
        OutputError
            The file cannot be written.
        """
        page = encode_page(self.get_root().render(**kwargs))
        if isinstance(outfile, (str, Path)):
            saving.save_bytes(page, Path(outfile), make_folder=False)
            return
        outfile.write(page)
        if close_file:
            outfile.close()

    def _take_control(self, given: folium.LayerControl) -> bool:
        """Give our list of layers the options of one that a user adds: a map has one. Return whether there is ours."""
        ours = [child for child in self._children.values() if isinstance(child, OpenLayerControl)]
        for control in ours:
            control.options = given.options
            given._parent = self
        return bool(ours)

    def _validate_pane(self, child: Element) -> None:
        taken = sorted(kept.name for kept in self._children.values() if isinstance(kept, CustomPane))
        if isinstance(child, CustomPane) and child.name in taken:
            raise UsageError(
                f"The map has a pane {child.name!r} already. Choose another name than {', '.join(taken)}."
            )


def open_page(page: MapPage) -> None:
    """From now on, take what is added to a page, to its map or to parts of them for the user's, and check it."""
    page.close_own()
    for part in (page, page.header, page.html, page.script):
        vars(part)["add_child"] = functools.partial(_add_checked, part)


def _is_open(part: Element) -> bool:
    root = part.get_root()
    return isinstance(root, MapPage) and root.is_open


def _validate(parent: Element, child: Element) -> None:
    """Check an element before it is added, and let it check what will be added to it."""
    root = parent.get_root()
    if isinstance(root, MapPage) and root.is_open:
        parts = list(walk_tree(child))
        validate_reachable(parts, online=root.online)
        for part in parts:
            vars(part)["add_child"] = functools.partial(_add_checked, part)


def _add_checked(
    parent: Element, child: Element, name: str | None = None, index: int | None = None
) -> Element:
    """Add an element to one that is on a map of ours."""
    _validate(parent, child)
    type(parent).add_child(parent, child, name, index)
    return parent
