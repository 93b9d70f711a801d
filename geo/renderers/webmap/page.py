"""The HTML page around a map: all inline, under a Content-Security-Policy that lists each part's hash."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from typing import Any

from branca.element import Figure
from jinja2 import Environment, PackageLoader, StrictUndefined

from geo.briefing import attribution, controls, legend, notes, sections
from geo.renderers import style
from geo.renderers.webmap import assets, pagedata
from geo.renderers.webmap.assets import PageKind

_TEMPLATES = Environment(
    loader=PackageLoader("geo.renderers.webmap", "."),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)
"""Every template of the pages: what is put into one is escaped, and what is missing is an error."""
_TEMPLATES.globals |= {
    "attribution": attribution,
    "controls": controls,
    "legend": legend,
    "notes": notes,
    "sections": sections,
}

_NONE = "'none'"


class MapPage(Figure):
    """The figure a map stands in. A template of ours makes the file; folium's header and links stay out.

    ``data`` is what the page's scripts read; ``words`` are the template's variables: plain strings, which it escapes.
    ``marking`` is a handling line, None for none.
    """

    def __init__(
        self, kind: PageKind, *, data: dict[str, Any], words: dict[str, Any], marking: str | None = None
    ) -> None:
        super().__init__()
        self._kind, self._data, self._words, self._marking = kind, data, words, marking

    def render(self, **kwargs: Any) -> str:
        """Return the whole page as text."""
        for child in self._children.values():
            child.render(**kwargs)
        words = {
            **self._words,
            "map_html": self.html.render(**kwargs),
            "data": pagedata.dump_page_data(self._data),
        }
        scripts = [
            assets.leaflet_script(),
            assets.join_scripts(self._kind.entry),
            self.script.render(**kwargs),
        ]
        return render_page(self._kind, words, scripts=scripts, marking=self._marking)


def render_page(
    kind: PageKind, words: dict[str, Any], *, scripts: Sequence[str] = (), marking: str | None = None
) -> str:
    """Return a page as text: its words and scripts in its template, under a policy that allows nothing else."""
    styles = [assets.page_style(kind), *_print_styles(marking)]
    if scripts:
        styles.insert(0, assets.leaflet_style())
    return _TEMPLATES.get_template(kind.template).render(
        csp=_content_security_policy(scripts, styles),
        scripts=scripts,
        styles=styles,
        hatch_step=style.WIDTHS.hatch_step,
        marking=marking,
        **words,
    )


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


def _content_security_policy(scripts: Sequence[str], styles: Sequence[str]) -> str:
    """Return a policy under which exactly these inline scripts and styles run, if any, and nothing is fetched."""
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {' '.join(map(_hash, scripts)) or _NONE}",
            f"style-src {' '.join(map(_hash, styles))}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
