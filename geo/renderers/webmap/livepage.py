"""The page around a map that a command writes anew with every save, and what it is served with."""

from __future__ import annotations

from geo.renderers.webmap import assets
from geo.renderers.webmap.assets import PageKind
from geo.renderers.webmap.page import encode_page, render_template

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'"
"""What the page may load: its own script and style, the state, and the map in its frame. The map has its own policy."""

_KIND = PageKind(template="live.html", entry="live", sheets=("page", "live"))


def render_parts(title: str) -> dict[str, tuple[str, bytes]]:
    """Return page, script and style by the name each is asked for, with its type; the page's name is empty."""
    page = render_template(_KIND.template, {"title": title})
    return {
        "": ("text/html; charset=utf-8", encode_page(page)),
        "script": ("text/javascript; charset=utf-8", encode_page(assets.join_scripts(_KIND.entry))),
        "style": ("text/css; charset=utf-8", encode_page(assets.page_style(_KIND))),
    }
