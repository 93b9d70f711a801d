"""The scripts and styles a page embeds: Leaflet from its own package, ours from the files beside this one."""

from __future__ import annotations

import re
from dataclasses import dataclass
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


@dataclass(frozen=True)
class PageKind:
    """What a kind of page is made of.

    ``template`` lies beside this file; ``entry`` is the script in ``js/`` that it starts with, None for a page without
    scripts; ``sheets`` are style sheets in ``css/``, in the order of the cascade. ``has_series``: several scenarios or
    zones have a colour each.
    """

    template: str
    entry: str | None
    sheets: tuple[str, ...]
    has_series: bool = False


def leaflet_script() -> str:
    """Return Leaflet's script without the comment that would make developer tools ask for a source map."""
    text = _leaflet("leaflet.js")
    return re.sub(r"^//# sourceMappingURL=.*$", "", text, flags=re.MULTILINE).strip() + "\n"


def leaflet_style() -> str:
    """Return Leaflet's style without the declarations that ask for image files (default icons, VML)."""
    text = _leaflet("leaflet.css")
    return re.sub(r"^\s*[\w-]+:\s*url\((?!data:)[^)]*\);\s*$\n?", "", text, flags=re.MULTILINE)


def page_script(kind: PageKind) -> str:
    """Return the scripts of a page as one text."""
    own = {"page": _PAGE_SCRIPTS, "comparison": _COMPARISON_SCRIPTS, "history": _HISTORY_SCRIPTS}[
        kind.entry or ""
    ]
    return '"use strict";\n' + "\n".join(_own("js", f"{name}.js") for name in (*_MAP_SCRIPTS, *own))


def page_style(kind: PageKind) -> str:
    """Return the palette as CSS custom properties, followed by the style sheets of a page."""
    sheets = "\n".join(_own("css", f"{name}.css") for name in kind.sheets)
    return custom_properties() + (_series_properties() if kind.has_series else "") + sheets


def _series_properties() -> str:
    """Return the colours of the series as ``:root`` rules, and the class that takes each of them."""
    light, dark = (
        _root([(f"series-{index}", colour) for index, colour in enumerate(colours)])
        for colours in (style.SERIES, style.DARK_SERIES)
    )
    classes = "".join(
        f".series-{index} {{ --series: var(--series-{index}); }}\n" for index in range(len(style.SERIES))
    )
    return f"{light}@media screen and (prefers-color-scheme: dark) {{\n{dark}}}\n{classes}"


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
