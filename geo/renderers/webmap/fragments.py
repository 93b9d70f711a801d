"""What stands in a piece of HTML that folium or a user wrote: scripts, styles, handlers, and what it would load."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_IN_STYLE = re.compile(r"""url\(\s*["']?([^"')]*)""", re.IGNORECASE)
_LOADING = {
    "img": ("src", "srcset"),
    "iframe": ("src",),
    "frame": ("src",),
    "embed": ("src",),
    "audio": ("src",),
    "video": ("src", "poster"),
    "source": ("src", "srcset"),
    "track": ("src",),
    "object": ("data",),
    "image": ("href", "xlink:href"),
}
"""The attributes from which a browser loads a file, by the element that has them. A link to follow loads nothing."""


@dataclass(frozen=True)
class Need:
    """A file that something on a page loads.

    ``kind`` is ``script`` or ``style``, for the page to load; ``tag``, a script that its HTML loads; or ``other``.
    """

    kind: str
    address: str


@dataclass
class Fragment:
    """What was found in a piece of HTML, each in its order."""

    scripts: list[str] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    handlers: list[str] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)


def read_fragment(text: str) -> Fragment:
    """Return what a piece of HTML has of scripts, styles and event handlers, and which files it loads."""
    if "<" not in text:
        return Fragment()
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found = Fragment()
        self._into: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.found.handlers += [value for name, value in values.items() if name.startswith("on") and value]
        self._need_all("other", _IN_STYLE.findall(values.get("style", "")))
        if tag == "script" and "src" in values:
            self._need_all("script", [values["src"]])
        elif tag == "link" and "stylesheet" in values.get("rel", ""):
            self._need_all("style", [values.get("href", "")])
        for name in _LOADING.get(tag, ()):
            listed = values.get(name, "")
            parts = listed.split(",") if name == "srcset" and "data:" not in listed else [listed]
            self._need_all("other", [words[0] for words in map(str.split, parts) if words])
        self._into = None
        if tag == "style" or (tag == "script" and "src" not in values):
            self._into = self.found.styles if tag == "style" else self.found.scripts
            self._into.append("")

    def handle_data(self, data: str) -> None:
        if self._into is not None:
            self._into[-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            if self._into is self.found.styles:
                self._need_all("other", _IN_STYLE.findall(self.found.styles[-1]))
            self._into = None

    def _need_all(self, kind: str, addresses: list[str]) -> None:
        self.found.needs += [Need(kind, address) for address in addresses if is_loaded(address)]


def is_loaded(address: str) -> bool:
    """Ask whether an address leads out of the page."""
    return bool(address) and not address.lower().startswith(("data:", "#", "about:", "javascript:", "blob:"))
