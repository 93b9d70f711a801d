"""Our folium elements: each only names a function of the page's script, so no data passes a template."""

from __future__ import annotations

from branca.element import Element, MacroElement
from folium.map import Layer
from folium.template import Template


class PageLayer(Layer):
    """A layer that the page's script builds from the page data, e.g. ``"rivers"``.

    ``label`` is its name in the layer control, None for a layer that is always shown. Both must be our own
    constants: folium writes them into the script, and Leaflet shows the label as HTML. ``show`` is whether the layer
    is on the map at first.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = geo.layer({{ this.kind|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, kind: str, label: str | None = None, *, show: bool = True) -> None:
        super().__init__(name=label or kind, overlay=True, control=label is not None, show=show)
        self._name = "PageLayer"
        self.kind = kind


class StartPage(MacroElement):
    """The last element of a map: hands it to the page's script, which fits the view and draws the labels."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            geo.start({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # branca leaves it without types
        self._name = "StartPage"


def number_elements(root: Element) -> None:
    """Replace the random ids of an element and all below it by their position, the same on every run.

    Only what is rendered from the tree shows an id; keys made from the old ones stay inside branca.
    """
    for index, element in enumerate(_walk(root)):
        element._id = f"{index:02d}"


def _walk(element: Element) -> list[Element]:
    found = [element]
    for child in element._children.values():
        found += _walk(child)
    return found
