"""A built figure becomes the bytes of a PNG, SVG or PDF file, the same bytes on every run."""

from __future__ import annotations

import functools
import io
from collections.abc import Callable, Sequence
from typing import Any, ParamSpec, TypeVar
from xml.sax.saxutils import escape

import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import PdfPages
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from geo.renderers.figure import fonts, limits
from geo.renderers.figure.sheet import Sheet

P = ParamSpec("P")
T = TypeVar("T")

DPI = 200
MOST_BYTES = 1_500_000
"""A larger PNG is saved in 256 colours: what is mailed has to arrive."""

SETTINGS: Any = {
    **{name: value for name, value in matplotlib.rcParamsDefault.items() if "backend" not in name},
    "pdf.fonttype": 42,  # TrueType, embedded as a subset: text stays text
    "pdf.compression": 9,
    "svg.fonttype": "path",  # office programs ignore embedded web fonts; outlines look the same everywhere
    "svg.hashsalt": "geo",
    "path.simplify": False,
    "axes.unicode_minus": False,
    "text.usetex": False,
    "text.hinting": "none",  # widths as measured, in pictures as on paper
}
"""What everything is drawn with, whatever a user's own matplotlib settings say."""


def with_settings(function: Callable[P, T]) -> Callable[P, T]:
    """Let a function build and save under `SETTINGS`; artists take some when made, some when drawn."""

    @functools.wraps(function)
    def drawn(*arguments: P.args, **options: P.kwargs) -> T:
        with matplotlib.rc_context(SETTINGS):
            return function(*arguments, **options)

    return drawn


@with_settings
def write_png(sheet: Sheet, *, title: str, description: str, dpi: float = DPI) -> bytes:
    """Return a sheet as a PNG of 8-bit colour with title and description; `limits` says how large it may be."""
    limits.validate_size(sheet.page, dpi)
    about = PngInfo()
    for keyword, words in (("Title", title), ("Description", description)):
        about.add_itxt(keyword, fonts.clean(words), lang="en")
    sheet.figure.set_dpi(dpi)
    canvas: Any = FigureCanvasAgg(sheet.figure)
    canvas.draw()
    picture = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    data = _encode(picture, about, dpi)
    if len(data) > MOST_BYTES:
        few = picture.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        data = _encode(few, about, dpi)
    return data


@with_settings
def write_svg(sheet: Sheet, *, title: str, description: str) -> bytes:
    """Return a sheet as SVG with text as outlines, and title and description for who cannot see it."""
    empty = dict.fromkeys(("Creator", "Date", "Format", "Type"))
    stream = io.BytesIO()
    sheet.figure.savefig(stream, format="svg", metadata=empty)
    svg = stream.getvalue()
    head, tag, rest = svg.partition(b"<svg ")
    opening, end, body = rest.partition(b">")
    about = (
        f'\n <title id="title">{escape(fonts.clean(title))}</title>'
        f'\n <desc id="description">{escape(fonts.clean(description))}</desc>'
    )
    role = b' role="img" aria-labelledby="title description"'
    return head + tag + opening + role + end + about.encode() + body


@with_settings
def write_pdf(sheets: Sequence[Sheet], *, title: str, subject: str, keywords: Sequence[str]) -> bytes:
    """Return sheets as one PDF with embedded fonts; document information carries no time of writing."""
    stream = io.BytesIO()
    about = {
        "Title": fonts.clean(title),
        "Subject": fonts.clean(subject),
        "Keywords": fonts.clean(", ".join(keywords)),
        "Creator": "geo",
        "Producer": "matplotlib",
        "CreationDate": None,
    }
    with PdfPages(stream, metadata=about) as pages:
        for sheet in sheets:
            pages.savefig(sheet.figure)
    return stream.getvalue()


def _encode(picture: Image.Image, about: PngInfo, dpi: float) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "png", pnginfo=about, dpi=(dpi, dpi), optimize=True)
    return stream.getvalue()
