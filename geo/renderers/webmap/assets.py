"""The scripts and styles a page embeds: Leaflet from its own package, ours from the files beside this one."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from xstatic.pkg import leaflet

from geo.renderers import style

_HERE = resources.files("geo.renderers.webmap")
_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./(\w+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*? |const |const \{ )(\w+))", re.MULTILINE)
_DECLARED = re.compile(r"^(?:async )?(?:function\*? |const |const \{ |let )(\w+)", re.MULTILINE)
_NAME = re.compile(r"\w+")
_TYPE = re.compile(r"/\*\* @type [^*]*\*/ ")
_BLANK = re.compile(r"\n\n+")


MAP_SHEETS = ("page", "map", "zones", "scale", "labels", "panel")
"""What every page with a map of its own and a panel begins its style with."""


@dataclass(frozen=True)
class PageKind:
    """What a kind of page is made of.

    ``template`` lies beside this file; ``entry`` is the script in ``js/`` that it starts with, empty for a page without
    scripts; ``sheets`` are style sheets in ``css/``, in the order of the cascade. ``has_series``: several scenarios or
    zones have a colour each. ``script_less`` is the style sheet of a page that shows its map without scripts.
    """

    template: str
    entry: str
    sheets: tuple[str, ...]
    has_series: bool = False
    script_less: str = ""


def leaflet_script() -> str:
    """Return Leaflet's script under its licence, without the comment that asks developer tools for a source map."""
    licence = (_HERE / "leaflet-licence.txt").read_text(encoding="utf-8")
    script = re.sub(r"^//# sourceMappingURL=.*$", "", _leaflet("leaflet.js"), flags=re.MULTILINE).strip()
    return f"/*\n{licence}*/\n{script}\n"


def leaflet_style() -> str:
    """Return Leaflet's style without the declarations that ask for image files (default icons, VML)."""
    text = _leaflet("leaflet.css")
    return re.sub(r"^\s*[\w-]+:\s*url\((?!data:)[^)]*\);\s*$\n?", "", text, flags=re.MULTILINE)


def join_scripts(entry: str, folder: Traversable = _HERE / "js", *, name: str = "geo") -> str:
    """Return a script of ours and all that it imports as one text; what it exports becomes the members of ``name``.

    Each file stands once, after those that it imports. All share one scope, so no two may use one name.

    Raises
    ------
    ValueError
        Files import each other in a circle, a file does not export what another imports, or two use one name.
    """
    joined: dict[str, str] = {}
    exported: dict[str, set[str]] = {}
    owners: dict[str, str] = {}

    def join(file: str, above: tuple[str, ...] = ()) -> None:
        if file in above:
            raise ValueError(f"Scripts import each other in a circle: {' > '.join((*above, file))}.")
        if file in joined:
            return
        text = _read(folder / f"{file}.js")
        for names, source in _IMPORT.findall(text):
            join(source, (*above, file))
            if missing := set(_NAME.findall(names)) - exported[source]:
                raise ValueError(f"{file}.js imports {sorted(missing)}, which {source}.js does not export.")
        exported[file] = set(_EXPORT.findall(text))
        joined[file] = _EXPORT.sub("", _IMPORT.sub("", text))
        for declared in _DECLARED.findall(joined[file]):
            if owners.setdefault(declared, file) != file:
                raise ValueError(f"{owners[declared]}.js and {file}.js both declare {declared}.")

    join(entry)
    text = _BLANK.sub("\n", _TYPE.sub("", _bare("".join(joined.values()))))
    members = ", ".join(sorted(exported[entry]))
    return f'const {name} = (() => {{\n"use strict";\n{text}return {{ {members} }};\n}})();\n'


def page_style(kind: PageKind) -> str:
    """Return the palette as CSS custom properties, followed by the style sheets of a page."""
    sheets = "\n".join(map(read_sheet, kind.sheets))
    return custom_properties() + (_series_properties() if kind.has_series else "") + sheets


def read_sheet(name: str) -> str:
    """Return a style sheet of ours."""
    return _bare(_read(_HERE / "css" / f"{name}.css"))


def marker_icons() -> dict[str, str]:
    """Return Leaflet's own pictures of a marker as data addresses, by the option that takes each."""
    files = {"iconUrl": "marker-icon", "iconRetinaUrl": "marker-icon-2x", "shadowUrl": "marker-shadow"}
    return {
        option: "data:image/png;base64,"
        + base64.b64encode(Path(leaflet.BASE_DIR, "images", f"{name}.png").read_bytes()).decode("ascii")
        for option, name in files.items()
    }


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
    rows = _colours(style.PALETTE)
    for group in (style.WIDTHS, style.OPACITIES):
        prefix = f"{type(group).__name__.lower()}-"
        for name, value in vars(group).items():
            rows += _property(prefix + name.replace("_", "-"), value)
    rows += [("sans", _faces(style.SANS, "sans-serif")), ("serif", _faces(style.SERIF, "serif"))]
    dark = _root(_colours(style.DARK))
    return _root(rows) + f"@media screen and (prefers-color-scheme: dark) {{\n{dark}}}\n"


def _root(rows: list[tuple[str, str]]) -> str:
    return ":root {\n" + "".join(f"  --{name}: {value};\n" for name, value in rows) + "}\n"


def _colours(palette: style.Palette) -> list[tuple[str, str]]:
    return [(name.replace("_", "-"), str(value)) for name, value in vars(palette).items()]


def _property(name: str, value: object) -> list[tuple[str, str]]:
    if isinstance(value, tuple):
        return [(f"{name}-{rank}", str(item)) for rank, item in enumerate(value, start=1)]
    return [(name, str(value))]


def _faces(faces: tuple[str, ...], last: str) -> str:
    return ", ".join([*(f'"{face}"' for face in faces), last])


def _leaflet(name: str) -> str:
    # Universal newlines: a carriage return would not survive the HTML parser, and the hash would not match.
    return Path(leaflet.BASE_DIR, name).read_text(encoding="utf-8")


def _read(file: Traversable) -> str:
    return file.read_text(encoding="utf-8")


def _bare(text: str) -> str:
    """Return a text without indentation and comments on lines of their own: they are for who reads the file."""
    bare = re.sub(r"^[ \t]*/\*.*?\*/\n", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"^ +", "", bare, flags=re.MULTILINE)
