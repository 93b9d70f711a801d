"""A figure becomes the parts of a page: our map's script, and what its user added, in an order that works."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby

import folium
from branca.colormap import ColorMap
from branca.element import Element, Figure
from jinja2 import TemplateSyntaxError

from geo.briefing import attribution
from geo.errors import UsageError
from geo.renderers.webmap import assets
from geo.renderers.webmap.elements import OpenLayerControl, render_scale
from geo.renderers.webmap.fragments import Fragment, Need, read_fragment
from geo.renderers.webmap.network import (
    find_jquery,
    find_needs,
    name_tags,
    validate_needs,
    validate_reachable,
)
from geo.renderers.webmap.policy import Extra
from geo.renderers.webmap.tree import kept_as_found, number_names, owners_of, replace_names, walk_tree

_LEGEND = ".maplegend"
"""Marks the header of geopandas' legend of categories, whose scripts only make it movable."""
_MARKS = re.compile(r"\{% (?:end)?raw %\}|\{\{'(\w+)'\}\}")
"""What folium and geopandas put into a script for its second reading: shields around braces, names of elements."""


@dataclass(frozen=True)
class Drawn:
    """The parts of a page that folium wrote.

    ``before`` are scripts that come before those of the page, ``scripts`` those after; a `Need` is one that is loaded.
    ``extra`` is None where nothing was added.
    """

    html: str
    scripts: Sequence[str]
    before: Sequence[str | Need] = ()
    extra: Extra | None = None


def draw_figure(page: Figure, own: Sequence[Element], *, online: bool) -> Drawn:
    """Return the parts of a page, of which some elements are our own and the rest its user's, and leave it as it was.

    Raises
    ------
    UsageError
        Something that was added loads what the page does not allow.
    """
    ours = {id(element) for element in own}
    added = [element for element in walk_tree(page) if id(element) not in ours]
    with _rendered(page, added):
        if not added:
            return Drawn(page.html.render(), [page.script.render()])
        validate_reachable(added, online=online)
        return _draw_added(page, own, added, online=online)


@contextmanager
def _rendered(page: Figure, added: Sequence[Element]) -> Iterator[None]:
    """Render all that is on a page into parts that are let go again."""
    kept = page.header, page.html, page.script
    with kept_as_found(page):
        page.header, page.html, page.script = map(_copy_part, kept)
        scales = [element for element in added if isinstance(element, ColorMap)]
        for scale in scales:
            vars(scale)["render"] = functools.partial(render_scale, scale)
        for control in walk_tree(page) if added else ():
            if isinstance(control, OpenLayerControl):
                control.take_layers()
        try:
            for child in list(page._children.values()):
                child.render()
            yield
        except TemplateSyntaxError as error:
            raise UsageError(
                "A text on the map holds '{{', '{%' or '{#', which folium takes for a template. "
                f"Put a space between the two signs. It says: {error}"
            ) from error
        finally:
            page.header, page.html, page.script = kept
            for scale in scales:
                del vars(scale)["render"]


def _copy_part(part: Element) -> Element:
    copied = Element()
    copied._children.update(part._children)
    copied._parent = part._parent
    return copied


def _draw_added(page: Figure, own: Sequence[Element], added: Sequence[Element], *, online: bool) -> Drawn:
    """Return the parts of a rendered page to which something was added."""
    numbers = number_names(walk_tree(page), len(own))
    written = {id(element) for element in added}

    def write(piece: Element) -> str:
        text = piece.render() if id(piece) in written or piece._template_str is None else piece._template_str
        return _clean(replace_names(text if id(piece) in written else _undo_template(text), numbers))

    names = {element.get_name() for element in own} | {"meta_http"}
    head = _read_header(
        {name: write(part) for name, part in page.header._children.items() if name not in names}
    )
    html = "".join(
        f"{write(part)}\n" if name in names else f'<div class="added-html">{write(part)}</div>\n'
        for name, part in page.html._children.items()
    )
    body = read_fragment(html)
    scripts = [_close_script(text) for text in _split_script(page, own, write)]
    needs = [
        *(need for element in added for need in find_needs(element)),
        *head.needs,
        *name_tags(body.needs),
    ]
    needs = list(dict.fromkeys([*(find_jquery("".join(scripts), needs) if needs else ()), *needs]))
    validate_needs("Something on the map", needs, online=online)
    return Drawn(
        html,
        [assets.join_scripts("added", name="added"), *scripts],
        before=[*(need for need in needs if need.kind == "script"), *head.scripts],
        extra=Extra(
            styles=[assets.read_sheet("added"), *head.styles],
            inline=body.scripts,
            inline_styles=body.styles,
            handlers=body.handlers,
            needs=needs,
        ),
    )


def _undo_template(text: str) -> str:
    """Return what folium wrote, which it would read as a template once more, and so would run what is in the data."""
    return _MARKS.sub(lambda found: found[1] or "", text)


def _read_header(texts: Mapping[str, str]) -> Fragment:
    """Return what of scripts, styles and files to load folium and the user put into the head of the page."""
    head = Fragment()
    for found in map(read_fragment, texts.values()):
        head.styles += found.styles
        if not any(_LEGEND in text for text in found.styles):
            head.scripts += map(_close_script, found.scripts)
            head.needs += found.needs
    return head


def _split_script(page: Figure, own: Sequence[Element], write: Callable[[Element], str]) -> list[str]:
    """Return the script in parts: what of an element fails without the network leaves the others as they are."""
    fmap = next(child for child in page._children.values() if isinstance(child, folium.Map))
    tops = [top for top in (*fmap._children.values(), *page._children.values()) if top is not fmap]
    owners = {**owners_of(tops), fmap.get_name(): fmap}
    ours = {id(element) for element in own}
    alone = {id(top) for top in tops if any(find_needs(part) for part in walk_tree(top))}

    def part_of(item: tuple[str, Element]) -> int:
        owner = id(owners.get(item[0]))
        return 0 if owner in ours else owner if owner in alone else 1

    parts = []
    for _, items in groupby(page.script._children.items(), key=part_of):
        pieces = dict(items)
        parts.append("".join(f"\n    {write(piece)}" for piece in pieces.values()))
        if fmap.get_name() in pieces:
            given = {"icons": assets.marker_icons(), "notice": attribution.ONLINE if alone else ""}
            parts.append(f"added.prepare({fmap.get_name()}, {json.dumps(given)});\n")
    return parts


def _clean(text: str) -> str:
    """Return a text as an HTML parser hands it on: else the hash of a script or a style would be that of another."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    return text.encode("utf-8", errors="replace").decode("utf-8")


def _close_script(text: str) -> str:
    """Return a script in which no text can end it, or begin a comment of HTML."""
    return re.sub(r"<(?=/script|script|!--)", r"\\x3c", text, flags=re.IGNORECASE)
