"""The HTML page around a map: all inline, under a Content-Security-Policy that lists each part's hash."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from branca.element import Figure
from jinja2 import Environment, PackageLoader, StrictUndefined

from geo import style
from geo.briefing import Briefing
from geo.webmap import assets, pagedata, panel

_TEMPLATES = Environment(
    loader=PackageLoader("geo.webmap", "."),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)


class Page(Figure):
    """The figure a map stands in. Its own template makes the file; folium's header and links stay out."""

    def __init__(self, briefing: Briefing) -> None:
        super().__init__()
        self.briefing = briefing

    def render(self, **kwargs: Any) -> str:
        """Return the whole page as text."""
        for child in self._children.values():
            child.render(**kwargs)
        scripts = [assets.leaflet_script(), assets.page_script(), self.script.render(**kwargs)]
        styles = [assets.leaflet_style(), assets.page_style()]
        return _TEMPLATES.get_template("page.html").render(
            csp=content_security_policy(scripts, styles),
            scripts=scripts,
            styles=styles,
            hatch_step=style.WIDTHS.hatch_step,
            map_html=self.html.render(**kwargs),
            data=pagedata.dump_page_data(pagedata.build_page_data(self.briefing)),
            **panel.describe(self.briefing),
        )


def render_template(name: str, **values: Any) -> str:
    """Return one of the templates beside this file, filled in; values are escaped unless it says otherwise."""
    return _TEMPLATES.get_template(name).render(**values)


def content_security_policy(scripts: list[str], styles: list[str]) -> str:
    """Return a policy under which exactly these inline scripts and styles run, and nothing is fetched."""
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {' '.join(_hash(text) for text in scripts)}",
            f"style-src {' '.join(_hash(text) for text in styles)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
