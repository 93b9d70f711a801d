"""What an element added to a map loads over the network, and whether the map allows that."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlsplit

import folium
from branca.element import CssLink, Element, Html, JavascriptLink
from folium.folium import _default_css, _default_js
from folium.utilities import JsCode

from geo.errors import UsageError
from geo.renderers.webmap.fragments import Need, is_loaded, read_fragment
from geo.renderers.webmap.tree import name_given

_ICONS = [
    Need(kind, address)
    for kind, links in (("script", _default_js), ("style", _default_css))
    for name, address in links
    if name.startswith(("awesome", "glyphicons"))
]
"""What folium.Icon is drawn with."""
_JQUERY = Need("script", dict(_default_js)["jquery"])
_ASKS_JQUERY = re.compile(r"""\$\.(ajax|each|extend|get|getJSON)\b|\$\(\s*["']|\bjQuery\b""")
_IN_CODE = re.compile(r"https?://[^\s\"'`<>\\)]+")
_OF_ITS_OWN = {
    "Geocoder": [Need("other", "https://nominatim.openstreetmap.org/")],
    "ScrollZoomToggler": [Need("other", "https://cdnjs.cloudflare.com/")],
}
"""What some elements load without listing it."""
_NO_CODE = ("Vega", "VegaLite")
"""Their scripts make code of text, which no page of ours allows."""
_LOADING = ("tiles", "image", "source", "embedlink")
"""Attributes and options that hold an address, besides those that end in ``url``."""


def find_needs(element: Element) -> list[Need]:
    """Return the files that an element by itself would load, without those of its children."""
    needs = [Need("script", address) for _, address in getattr(element, "default_js", ())]
    needs += [Need("style", address) for _, address in getattr(element, "default_css", ())]
    if isinstance(element, folium.Icon) and not isinstance(element, folium.CustomIcon):
        needs += _ICONS
    needs += _OF_ITS_OWN.get(type(element).__name__, [])
    values = vars(element)
    options = values.get("options")
    for key, value in [*values.items(), *(options.items() if isinstance(options, dict) else ())]:
        needs += _needs_of(element, key, value, values)
    for text in _texts(element):
        needs += name_tags(read_fragment(text).needs)
    return list(dict.fromkeys(needs))


def name_tags(needs: Iterable[Need]) -> list[Need]:
    """Return what HTML loads where it stands, so that the page does not load its scripts once more."""
    return [Need("tag", need.address) if need.kind == "script" else need for need in needs]


def _needs_of(element: Element, key: str, value: object, values: Mapping[str, object]) -> Iterator[Need]:
    if isinstance(value, JsCode):
        yield from (Need("other", address) for address in _IN_CODE.findall(value.js_code))
        return
    name = key.replace("_", "").lower()
    if isinstance(value, str) and (name.endswith("url") or name in _LOADING) and is_loaded(value):
        kind = (
            "script"
            if isinstance(element, JavascriptLink)
            else "style"
            if isinstance(element, CssLink)
            else "other"
        )
        yield from (Need(kind, address) for address in _spell_hosts(value, values.get("options")))


def _spell_hosts(address: str, options: object) -> list[str]:
    """Return the addresses behind one with ``{s}`` for the name of a server."""
    servers = options.get("subdomains", "abc") if isinstance(options, dict) else "abc"
    return [address.replace("{s}", str(server)) for server in servers] if "{s}" in address else [address]


def _texts(element: Element) -> Iterator[str]:
    """Yield the HTML that an element puts into the page as it is."""
    options = getattr(element, "options", None)
    if isinstance(element, Html):
        yield element.data if element.script else ""
    elif isinstance(element, folium.Tooltip):
        yield element.text
    elif isinstance(element, folium.DivIcon) and isinstance(options, dict):
        yield str(options.get("html", ""))
    elif element._template_str:
        yield element._template_str


def validate_reachable(elements: Iterable[Element], *, online: bool) -> None:
    """Raise if one of some elements loads what the map does not allow.

    Raises
    ------
    UsageError
        It needs the network and the map is not online, or it loads something otherwise than over https.
    """
    for element in elements:
        if type(element).__name__ in _NO_CODE:
            raise UsageError(
                f"{_name(element)} makes scripts out of text, which the map's page forbids. Add the chart as a picture."
            )
        needs = find_needs(element)
        if needs:
            validate_needs(_name(element), needs, online=online)


def validate_needs(name: str, needs: Iterable[Need], *, online: bool) -> None:
    """Raise if what is called by this name loads what the map does not allow; see `validate_reachable`."""
    for need in needs:
        if not read_host(need.address):
            raise UsageError(
                f"{name} loads {need.address!r}, and a map loads nothing but addresses that begin with https://. "
                "Give such an address, or put the content itself into the element, an image as a data: address."
            )
    hosts = list_hosts(needs)
    if hosts and not online:
        raise UsageError(
            f"{name} loads files from {' and '.join(hosts)}, and this map works without the network. "
            f"Make a map that may load them: b.map(online=True).{_INSTEAD.get(name.partition(' ')[0], '')}"
        )


_INSTEAD = {
    "Icon": " A Marker without an icon, or with a DivIcon or CustomIcon, needs no network.",
    "TileLayer": " The map has its own land, borders and rivers.",
}


def list_hosts(needs: Iterable[Need]) -> list[str]:
    """Return the servers that files are loaded from, each once, in the order of the alphabet."""
    return sorted({host for host in (read_host(need.address) for need in needs) if host})


def read_host(address: str) -> str:
    """Return the server of an address, with its port if it names one; empty for anything but https."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    is_plain = re.fullmatch(r"[a-z0-9.-]+", host) is not None
    return (f"{host}:{port}" if port else host) if parts.scheme == "https" and is_plain else ""


def find_jquery(script: str, needs: Iterable[Need]) -> list[Need]:
    """Return jQuery's address if a script asks for more of it than `added.js` has, and it is not loaded anyway."""
    is_there = any("jquery" in need.address.lower() for need in needs)
    return [_JQUERY] if _ASKS_JQUERY.search(script) and not is_there else []


def _name(element: Element) -> str:
    kind, given = type(element).__name__, name_given(element)
    return f"{kind} {given!r}" if given else kind
