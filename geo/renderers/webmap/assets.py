"""The scripts and styles a page embeds: Leaflet from its own package, ours from the files beside this one."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

from xstatic.pkg import leaflet

from geo.renderers import style

_MAP_SCRIPTS = (
    "geodesy",
    "outline",
    "words",
    "data",
    "layers",
    "zones",
    "nearest",
    "isolines",
    "scale",
    "boxes",
    "spots",
    "names",
    "labels",
    "view",
    "access",
    "start",
)
"""What every map needs, in the order it is joined: a later file uses the functions of an earlier one."""

_PAGE_SCRIPTS = (
    "paper",
    "probe",
    "readout",
    "pins",
    "crosshair",
    "selection",
    "outlinemodel",
    "sketchmap",
    "zonefile",
    "sketchfile",
    "sketch",
    "panel",
    "bars",
    "takeaway",
    "sheet",
    "tools",
    "page",
)
"""What the page of one scenario needs besides."""

_COMPARISON_SCRIPTS = ("selection", "panel", "takeaway", "sorting", "comparison")
"""What the page that sets scenarios side by side needs besides."""

_HISTORY_SCRIPTS = ("selection", "panel", "line", "chart", "player", "history")
"""What the page of distances through time needs besides."""

_STYLES = (
    "page",
    "map",
    "zones",
    "scale",
    "labels",
    "panel",
    "bands",
    "tools",
    "sketch",
    "takeaway",
    "sheet",
    "print",
    "marking",
)
"""Style sheets of the page of one scenario, in the order of the cascade."""

_COMPARISON_STYLES = (
    "page",
    "map",
    "zones",
    "scale",
    "labels",
    "panel",
    "bands",
    "tools",
    "takeaway",
    "comparison",
    "marking",
)

_HISTORY_STYLES = ("page", "map", "zones", "scale", "labels", "panel", "tools", "history")

_GALLERY_STYLES = ("page", "map", "zones", "panel", "gallery", "marking")


def leaflet_script() -> str:
    """Return Leaflet's script without the comment that would make developer tools ask for a source map."""
    text = _leaflet("leaflet.js")
    return re.sub(r"^//# sourceMappingURL=.*$", "", text, flags=re.MULTILINE).strip() + "\n"


def leaflet_style() -> str:
    """Return Leaflet's style without the declarations that ask for image files (default icons, VML)."""
    text = _leaflet("leaflet.css")
    return re.sub(r"^\s*[\w-]+:\s*url\((?!data:)[^)]*\);\s*$\n?", "", text, flags=re.MULTILINE)


def page_script() -> str:
    """Return our own scripts as one text, in the order they depend on each other."""
    return _scripts(_PAGE_SCRIPTS)


def comparison_script() -> str:
    """Return the scripts of the comparison page as one text."""
    return _scripts(_COMPARISON_SCRIPTS)


def history_script() -> str:
    """Return the scripts of the page of distances through time as one text."""
    return _scripts(_HISTORY_SCRIPTS)


def comparison_style() -> str:
    """Return palette, the colours of the scenarios and the style sheets of the comparison page."""
    return custom_properties() + _series_properties() + _sheets(_COMPARISON_STYLES)


def history_style() -> str:
    """Return palette, the colours of the chart's lines and the style sheets of the page through time."""
    series = "".join(
        f".series-{index} {{ --series: var(--series-{index}); }}\n" for index in range(len(style.SERIES))
    )
    return custom_properties() + _series_properties() + series + _sheets(_HISTORY_STYLES)


def gallery_style() -> str:
    """Return palette and style sheets of the page that leads to the maps."""
    return custom_properties() + _sheets(_GALLERY_STYLES)


def page_style() -> str:
    """Return the palette as CSS custom properties, followed by our own style sheets."""
    return custom_properties() + _sheets(_STYLES)


def _scripts(names: tuple[str, ...]) -> str:
    return '"use strict";\n' + "\n".join(_own("js", f"{name}.js") for name in (*_MAP_SCRIPTS, *names))


def _sheets(names: tuple[str, ...]) -> str:
    return "\n".join(_own("css", f"{name}.css") for name in names)


def _series_properties() -> str:
    light, dark = (
        _root([(f"series-{index}", colour) for index, colour in enumerate(colours)])
        for colours in (style.SERIES, style.DARK_SERIES)
    )
    return f"{light}@media screen and (prefers-color-scheme: dark) {{\n{dark}}}\n"


def custom_properties() -> str:
    """Return palette, widths, opacities and faces as ``:root`` rules; dark only on dark screens."""
    rows = _colours(style.PALETTE, style.BAND_RAMP)
    for group in (style.WIDTHS, style.OPACITIES):
        prefix = f"{type(group).__name__.lower()}-"
        for name, value in vars(group).items():
            rows += _property(prefix + name.replace("_", "-"), value)
    rows += [("sans", _faces(style.SANS, "sans-serif")), ("serif", _faces(style.SERIF, "serif"))]
    dark = _root(_colours(style.DARK, style.DARK_BAND_RAMP))
    return _root(rows) + f"@media screen and (prefers-color-scheme: dark) {{\n{dark}}}\n"


def _root(rows: list[tuple[str, str]]) -> str:
    return ":root {\n" + "".join(f"  --{name}: {value};\n" for name, value in rows) + "}\n"


def _colours(palette: style.Palette, ramp: tuple[str, ...]) -> list[tuple[str, str]]:
    named = [(name.replace("_", "-"), str(value)) for name, value in vars(palette).items()]
    return named + [(f"band-{index}", colour) for index, colour in enumerate(ramp)]


def _property(name: str, value: object) -> list[tuple[str, str]]:
    if isinstance(value, tuple):
        return [(f"{name}-{rank}", str(item)) for rank, item in enumerate(value, start=1)]
    return [(name, str(value))]


def _faces(faces: tuple[str, ...], last: str) -> str:
    return ", ".join([*(f'"{face}"' for face in faces), last])


def _leaflet(name: str) -> str:
    # Universal newlines: a carriage return would not survive the HTML parser, and the hash would not match.
    return Path(leaflet.BASE_DIR, name).read_text(encoding="utf-8")


def _own(*parts: str) -> str:
    """Return a file of ours without indentation and comments on lines of their own: they are for who reads the file."""
    text = resources.files("geo.renderers.webmap").joinpath(*parts).read_text(encoding="utf-8")
    bare = re.sub(r"^[ \t]*/\*.*?\*/\n", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"^ +", "", bare, flags=re.MULTILINE)
