"""Our folium elements: each only names a function of the page's script, so no data passes a template."""

from __future__ import annotations

import json
from typing import Any

import folium
from branca.colormap import ColorMap
from branca.element import Element, Figure, MacroElement
from branca.utilities import legend_scaler
from folium.map import Layer
from folium.template import Template

from geo.renderers.webmap.tree import name_given

_STEPS = 180
"""Into so many parts a colour scale is divided: as many as it has pixels."""
_MOST_TICKS = 5


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


class OpenLayerControl(folium.LayerControl):
    """The list of layers, which also takes those that a user added.

    Two of them may have one name, and one that could not be made, without the network, is left out. Layers that were
    given no name have that of their kind.
    """

    _added_template = Template(
        """
        {% macro script(this, kwargs) %}
            added.listLayers({{ this._parent.get_name() }}, [
                {%- for layer in this.layers() %}
                { name: {{ layer.label|tojson }}, isOverlay: {{ layer.overlay|tojson }}, find: () => {{ layer.name }} },
                {%- endfor %}
            ], {{ this.options|tojavascript }});
        {% endmacro %}
        """
    )

    def take_layers(self) -> None:
        """From now on, list the layers of a user as well."""
        self._template = self._added_template

    def layers(self) -> list[dict[str, Any]]:
        """Return the layers to list: label, whether it lies over others, and its name in the script."""
        assert self._parent is not None
        return [
            {
                "label": name_given(child) or type(child).__name__,
                "overlay": child.overlay,
                "name": child.get_name(),
            }
            for child in self._parent._children.values()
            if isinstance(child, Layer) and child.control
        ]


class Raw(Element):
    """A text that is rendered as it is: branca would take it for a template."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def render(self, **kwargs: Any) -> str:
        """Return the text."""
        return self.text


def render_scale(scale: ColorMap) -> None:
    """Write the script that draws a colour scale on its map. branca's own way loads a library from elsewhere."""
    figure = scale.get_root()
    assert isinstance(figure, Figure)
    fmap = scale._parent
    while fmap is not None and not isinstance(fmap, folium.Map):
        fmap = fmap._parent
    if fmap is not None:
        words = json.dumps(_describe_scale(scale)).replace("<", "\\u003c")
        script = f"added.drawScale({fmap.get_name()}, {words});\n"
        figure.script.add_child(Raw(script), name=scale.get_name())


def _describe_scale(scale: ColorMap) -> dict[str, Any]:
    """Return what a colour scale shows: its caption, its runs of one colour, and numbers along it, from 0 to 1."""
    low, high = float(scale.vmin), float(scale.vmax)
    span = (high - low) or 1.0
    runs: list[dict[str, Any]] = []
    for step in range(_STEPS):
        colour = scale(low + span * (step + 0.5) / _STEPS)
        if not runs or runs[-1]["colour"] != colour:
            runs.append({"colour": colour})
        runs[-1]["to"] = round((step + 1) / _STEPS, 4)
    index = sorted({low, high, *map(float, scale.index)})
    given = scale.tick_labels or legend_scaler(index, scale.max_labels)
    ticks = [float(tick) for tick in given if not isinstance(tick, str)]
    if len(ticks) > _MOST_TICKS:
        ticks = [low, low + span / 2, high]
    return {
        "caption": str(scale.caption or ""),
        "runs": runs,
        "ticks": [{"at": round((tick - low) / span, 4), "text": _write_tick(tick, span)} for tick in ticks],
    }


def _write_tick(value: float, span: float) -> str:
    """Write a number of a scale as precisely as the scale is wide."""
    digits = 0 if span >= 20 else 1 if span >= 2 else 3
    text = f"{value:,.{digits}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "−")
