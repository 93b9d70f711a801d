"""The HTML page around a map: all inline, under a Content-Security-Policy that lists each part's hash."""

from __future__ import annotations

import base64
import functools
import hashlib
from typing import Any

from branca.element import Figure
from jinja2 import Environment, PackageLoader, StrictUndefined

from geo.briefing.briefing import Briefing
from geo.measuring.isolines import Isoline, find_isolines
from geo.renderers import style
from geo.renderers.webmap import assets, marking, pagedata, panel, paper

TEMPLATES = Environment(
    loader=PackageLoader("geo.renderers.webmap", "."),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)
"""Every template of the pages: what is put into one is escaped, and what is missing is an error."""


class Page(Figure):
    """The figure a map stands in. Its own template makes the file; folium's header and links stay out."""

    template = "page.html"

    def __init__(self, briefing: Briefing) -> None:
        super().__init__()
        self.briefing = briefing

    def render(self, **kwargs: Any) -> str:
        """Return the whole page as text."""
        for child in self._children.values():
            child.render(**kwargs)
        scripts, styles = [*self.scripts(), self.script.render(**kwargs)], self.styles()
        return TEMPLATES.get_template(self.template).render(
            csp=content_security_policy(scripts, styles),
            scripts=scripts,
            styles=styles,
            hatch_step=style.WIDTHS.hatch_step,
            marking=self.briefing.marking,
            map_html=self.html.render(**kwargs),
            data=pagedata.dump_page_data(self.data()),
            **self.variables(),
        )

    def scripts(self) -> list[str]:
        """Return the page's scripts in the order they run; the map's own comes after them."""
        return [assets.leaflet_script(), assets.page_script()]

    def styles(self) -> list[str]:
        """Return the page's style sheets in the order of the cascade."""
        return [assets.leaflet_style(), assets.page_style(), *marking.print_styles(self.briefing.marking)]

    @functools.cached_property
    def isolines(self) -> tuple[Isoline, ...]:
        """The lines of equal distance to the front, which only this page draws."""
        return find_isolines(self.briefing.front)

    def data(self) -> dict[str, Any]:
        """Return what the page's scripts read."""
        return pagedata.build_page_data(self.briefing, self.isolines)

    def variables(self) -> dict[str, Any]:
        """Return the template's variables: plain strings, which the template escapes."""
        return {
            **panel.describe(self.briefing),
            **paper.describe_paper(self.briefing),
            "isolines": self.isolines,
        }


_NONE = "'none'"


def render_template(name: str, **values: Any) -> str:
    """Return one of the templates beside this file, filled in; values are escaped unless it says otherwise."""
    text: str = TEMPLATES.get_template(name).render(**values)
    return text


def content_security_policy(scripts: list[str], styles: list[str]) -> str:
    """Return a policy under which exactly these inline scripts and styles run, if any, and nothing is fetched."""
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {' '.join(map(_hash, scripts)) or _NONE}",
            f"style-src {' '.join(_hash(text) for text in styles)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
