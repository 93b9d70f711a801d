"""The HTML page around a map: all inline, under a Content-Security-Policy that lists each part's hash."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from branca.element import Element, Figure
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from geo import numerals
from geo.briefing import attribution, controls, legend, notes, sections
from geo.renderers import style
from geo.renderers.webmap import assets, pagedata
from geo.renderers.webmap.added import draw_figure
from geo.renderers.webmap.assets import PageKind
from geo.renderers.webmap.fragments import Need
from geo.renderers.webmap.network import list_hosts
from geo.renderers.webmap.policy import Extra, build_policy
from geo.renderers.webmap.tree import number_elements, walk_tree


def _finish(value: Any) -> Any:
    """Return what a template writes of a value: the words of a text with each number bound to its unit.

    What is escaped already stays as it is, as intervals in cells (``|e``): they may break where they are long.
    """
    return numerals.bind_units(value) if isinstance(value, str) and not isinstance(value, Markup) else value


_TEMPLATES = Environment(
    loader=PackageLoader("geo.renderers.webmap", "."),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
    finalize=_finish,
)
"""Every template of the pages: what is put into one is escaped, and what is missing is an error."""
_TEMPLATES.globals |= {
    "attribution": attribution,
    "controls": controls,
    "legend": legend,
    "notes": notes,
    "sections": sections,
}


class MapPage(Figure):
    """The figure a map stands in. A template of ours makes the file; folium's header and links stay out.

    ``data`` is what the page's scripts read; ``words`` are the template's variables: plain strings, which it escapes.
    ``marking`` is a handling line, None for none. ``online``: what a user adds may load files over the network.
    ``is_open``: what is added now is the user's.
    """

    def __init__(
        self, kind: PageKind, *, data: dict[str, Any], words: dict[str, Any], marking: str | None = None
    ) -> None:
        super().__init__()
        self._kind, self._data, self._words, self._marking = kind, data, words, marking
        self._own: list[Element] = []
        self.online = self.is_open = False

    def close_own(self) -> None:
        """Take what is on the page now for our own, with numbers for names, and what comes for a user's."""
        number_elements(self)
        self._own = list(walk_tree(self))
        self.is_open = True

    def render(self, **kwargs: Any) -> str:
        """Return the whole page as text.

        Raises
        ------
        UsageError
            Something that was added loads what the page does not allow.
        """
        was_open, self.is_open = self.is_open, False  # what rendering adds is nobody's
        try:
            drawn = draw_figure(self, self._own, online=self.online)
        finally:
            self.is_open = was_open
        words = {
            **self._words,
            "map_html": drawn.html,
            "data": pagedata.dump_page_data(self._data),
        }
        scripts = [
            assets.leaflet_script(),
            *drawn.before,
            assets.join_scripts(self._kind.entry),
            *drawn.scripts,
        ]
        return render_page(self._kind, words, scripts=scripts, marking=self._marking, extra=drawn.extra)


def render_page(
    kind: PageKind,
    words: dict[str, Any],
    *,
    scripts: Sequence[str | Need] = (),
    marking: str | None = None,
    extra: Extra | None = None,
) -> str:
    """Return a page as text: its words and scripts in its template, under a policy that allows nothing else.

    A script is a text, or the address of one that the policy allows. ``extra`` is what the user's elements need.
    """
    styles = [assets.page_style(kind), *_print_styles(marking), *(extra.styles if extra else ())]
    if scripts:
        styles.insert(0, assets.leaflet_style())
    script_less = assets.read_sheet(kind.script_less) if kind.script_less else ""
    texts = [script for script in scripts if isinstance(script, str)]
    needs = extra.needs if extra else ()
    return _TEMPLATES.get_template(kind.template).render(
        csp=build_policy(texts, [*styles, *([script_less] if script_less else [])], extra),
        scripts=[script if isinstance(script, str) else {"src": script.address} for script in scripts],
        sheets=[need.address for need in needs if need.kind == "style"],
        hosts=list_hosts(needs),
        styles=styles,
        script_less=script_less,
        hatch_step=style.WIDTHS.hatch_step,
        marking=marking,
        **words,
    )


def render_template(name: str, words: dict[str, Any]) -> str:
    """Return a page that is a template of its own as text; the words are escaped."""
    return _TEMPLATES.get_template(name).render(**words)


def encode_page(text: str) -> bytes:
    """Return a page as bytes of UTF-8."""
    # A lone surrogate (JSON can spell one) has no UTF-8 form; it becomes a question mark, not an error.
    return text.encode("utf-8", errors="replace")


def _print_styles(marking: str | None) -> list[str]:
    """Return a style sheet that prints a handling line at the top and the bottom of every sheet; none for none."""
    if not marking:
        return []
    words = "".join(f"\\{ord(character):06x}" for character in marking)
    box = f'{{ content: "{words}"; font: bold 11px sans-serif; }}'
    return [f"@page {{ @top-center {box} @bottom-center {box} }}\n"]
