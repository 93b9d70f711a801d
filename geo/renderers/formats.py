"""The formats that files are written in: one entry each, which the commands and the verification follow."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from geo.briefing.imprint import NO_IMPRINT, Imprint
from geo.errors import UsageError
from geo.provenance import flatgeobuf, geojson, gpkg, kmz, manifest, office, parquet, pdf, png, seal, text
from geo.provenance.seal import Container

if TYPE_CHECKING:
    from geo.renderers.figure import Printout


@dataclass(frozen=True)
class Shown:
    """What files are to show, in whatever formats: Briefings, a Comparison, a History or Changes; immutable.

    ``page`` is the size that figures are drawn in. ``beside`` are the ids of the scenarios whose map lies beside a
    page that compares them, so that it can lead there. ``imprint`` is that of a History, which has none of its own.
    """

    value: Any
    page: str = "a4"
    beside: frozenset[str] = frozenset()
    imprint: Imprint = NO_IMPRINT

    @cached_property
    def printout(self) -> Printout:
        """The figure, laid out at the first need, for all formats that are drawn."""
        from geo.renderers import figure

        return figure.build_printout(self.value, figure.PAGES[self.page])


@dataclass(frozen=True)
class Format:
    """A format: the ending of its files, how each command that offers it renders, and where its manifest goes.

    ``renderers`` are by command: ``render`` and ``export`` show a Briefing, ``metrics`` a tuple of them, ``compare``
    a Comparison, ``history`` a History and ``changes`` Changes. A format without a ``container`` has no place for a
    manifest. In one that ``is_drawn`` every letter is drawn with the fonts that come along; browsers and office
    programs have others.
    """

    suffix: str
    renderers: Mapping[str, Callable[[Shown], bytes]]
    container: Container | None = None
    is_drawn: bool = False


def find_suffixes(command: str) -> tuple[str, ...]:
    """Return the endings of the formats that a command offers."""
    return tuple(suffix for suffix, form in FORMATS.items() if command in form.renderers)


def find_containers(*commands: str) -> tuple[Container, ...]:
    """Return where the files that these commands write have their manifest."""
    forms = (FORMATS[suffix] for command in commands for suffix in find_suffixes(command))
    return tuple(dict.fromkeys(form.container for form in forms if form.container))


def find_suffix(file: str, *commands: str) -> str:
    """Return the ending of a file's name that one of these commands writes.

    Raises
    ------
    UsageError
        If the ending is none that they offer.
    """
    known = tuple(dict.fromkeys(suffix for command in commands for suffix in find_suffixes(command)))
    for suffix in known:
        if file.lower().endswith(f".{suffix}"):
            return suffix
    endings = ", ".join(f".{suffix}" for suffix in known)
    raise UsageError(f"{file}: the ending tells the format. It has to be one of {endings}.")


def render_file(shown: Shown, command: str, suffix: str) -> bytes:
    """Return what a command shows as a file of a format, with its manifest inside."""
    form = FORMATS[suffix]
    data = form.renderers[command](shown)
    if form.container is None:
        return data
    return seal.seal_bytes(data, form.container, _MANIFESTS[command](shown))


_MANIFESTS: Mapping[str, Callable[[Shown], dict[str, Any]]] = {
    "render": lambda shown: manifest.build_manifest(shown.value),
    "export": lambda shown: manifest.build_manifest(shown.value),
    "metrics": lambda shown: manifest.build_table_manifest(shown.value),
    "compare": lambda shown: manifest.build_comparison_manifest(shown.value),
    "changes": lambda shown: manifest.build_changes_manifest(shown.value),
    "history": lambda shown: manifest.build_history_manifest(shown.value, shown.imprint),
}


def _page(shown: Shown) -> bytes:
    from geo.renderers.webmap.map import render_html

    return render_html(shown.value)


def _comparison_page(shown: Shown) -> bytes:
    from geo.renderers.webmap.comparison import render_comparison

    return render_comparison(shown.value, maps=shown.beside)


def _changes_page(shown: Shown) -> bytes:
    from geo.renderers.webmap import changespage

    return changespage.render_html(shown.value)


def _history_page(shown: Shown) -> bytes:
    from geo.renderers.webmap import historypage

    return historypage.render_html(shown.value, shown.imprint)


def _png(shown: Shown) -> bytes:
    from geo.renderers import figure

    return figure.render_png(shown.printout)


def _svg(shown: Shown) -> bytes:
    from geo.renderers import figure

    return figure.render_svg(shown.printout)


def _pdf(shown: Shown) -> bytes:
    from geo.renderers import figure

    return figure.render_pdf(shown.printout)


def _chart_png(shown: Shown) -> bytes:
    from geo.renderers.figure import chart

    return chart.render_chart(shown.value, "png", shown.imprint)


def _chart_svg(shown: Shown) -> bytes:
    from geo.renderers.figure import chart

    return chart.render_chart(shown.value, "svg", shown.imprint)


def _slide(shown: Shown) -> bytes:
    from geo.renderers import slides

    return slides.render_pptx(shown.value)


def _comparison_slide(shown: Shown) -> bytes:
    from geo.renderers import slides

    return slides.render_comparison_pptx(shown.value)


def _data(module: str, function: str) -> Callable[[Shown], bytes]:
    """Return a renderer of `geo.renderers.data`, loaded at the first need."""

    def render(shown: Shown) -> bytes:
        loaded = importlib.import_module(f"geo.renderers.data.{module}")
        written: bytes = getattr(loaded, function)(shown.value)
        return written

    return render


FORMATS = {
    form.suffix: form
    for form in (
        Format(
            "html",
            {
                "render": _page,
                "compare": _comparison_page,
                "history": _history_page,
                "changes": _changes_page,
            },
            text.HTML,
        ),
        Format(
            "png",
            {"render": _png, "compare": _png, "history": _chart_png, "changes": _png},
            png.CONTAINER,
            is_drawn=True,
        ),
        Format(
            "svg",
            {"render": _svg, "compare": _svg, "history": _chart_svg, "changes": _svg},
            text.SVG,
            is_drawn=True,
        ),
        Format("pdf", {"render": _pdf, "compare": _pdf, "changes": _pdf}, pdf.CONTAINER, is_drawn=True),
        Format("pptx", {"render": _slide, "compare": _comparison_slide}, office.CONTAINER),
        Format("geojson", {"export": _data("geojson", "render_geojson")}, geojson.CONTAINER),
        Format("gpkg", {"export": _data("geopackage", "render_gpkg")}, gpkg.CONTAINER),
        Format("kml", {"export": _data("kml", "render_kml")}, text.KML),
        Format("kmz", {"export": _data("kml", "render_kmz")}, kmz.CONTAINER),
        Format("csv", {"export": _data("table", "render_csv")}),
        Format("parquet", {"export": _data("geoparquet", "render_parquet")}, parquet.CONTAINER),
        Format(
            "xlsx",
            {"export": _data("workbook", "render_xlsx"), "metrics": _data("workbook", "render_table")},
            office.CONTAINER,
        ),
        Format("fgb", {"export": _data("fgb", "render_fgb")}, flatgeobuf.CONTAINER),
    )
}
"""Every format by its ending, in the order in which help and messages name them."""

CONTAINERS = tuple(dict.fromkeys(form.container for form in FORMATS.values() if form.container))
"""Where a manifest is looked for in a file of whatever name."""
