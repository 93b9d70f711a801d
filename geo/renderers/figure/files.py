"""A page that was laid out becomes the bytes of a PNG, SVG or PDF file, the same bytes on every run."""

from __future__ import annotations

import functools
import io
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, ParamSpec, TypeVar
from xml.sax.saxutils import escape

import matplotlib
import numpy as np
from fontTools import subset
from matplotlib import _text_helpers
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.ft2font import FT2Font, LoadFlags
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from geo.errors import UsageError
from geo.renderers.figure import fonts
from geo.renderers.figure.sheet import MM_PER_INCH, Drawing, PageSize

P = ParamSpec("P")
T = TypeVar("T")

DPI = 200
MOST_PIXELS = 40_000_000
"""More than an A3 page at 300 dpi; drawing needs four bytes for each, twice."""

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


_LAY_OUT: Any = getattr(FT2Font, "_layout", None)  # from matplotlib 3.11 on

ALONE = threading.RLock()
"""Held while something is drawn under settings of its own: those of matplotlib are shared by all threads."""


def with_settings(function: Callable[P, T]) -> Callable[P, T]:
    """Let a function build and save under `SETTINGS`; artists take some when made, some when drawn."""

    @functools.wraps(function)
    def drawn(*arguments: P.args, **options: P.kwargs) -> T:
        with ALONE, matplotlib.rc_context(SETTINGS), _lines_laid_out_once():
            return function(*arguments, **options)

    return drawn


@with_settings
def write_png(drawing: Drawing, *, title: str, description: str, dpi: float = DPI) -> bytes:
    """Return a page as a PNG of 8-bit colour with title and description.

    Raises
    ------
    UsageError
        If it would have more than `MOST_PIXELS` pixels, or none; it would exhaust the memory.
    """
    _validate_size(drawing.page, dpi)
    about = PngInfo()
    for keyword, words in (("Title", title), ("Description", description)):
        about.add_itxt(keyword, fonts.clean(words), lang="en")
    figure = drawing.figure
    figure.set_dpi(dpi)
    canvas: Any = FigureCanvasAgg(figure)
    canvas.draw()
    picture = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    data = _encode(picture, about, dpi)
    if len(data) > MOST_BYTES:
        few = picture.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        data = _encode(few, about, dpi)
    return data


@with_settings
def write_svg(drawing: Drawing, *, title: str, description: str) -> bytes:
    """Return a page as SVG with text as outlines, and title and description for who cannot see it."""
    empty = dict.fromkeys(("Creator", "Date", "Format", "Type"))
    stream = io.BytesIO()
    drawing.figure.savefig(stream, format="svg", metadata=empty)
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
def write_pdf(drawings: Iterable[Drawing], *, title: str, subject: str, keywords: Iterable[str]) -> bytes:
    """Return pages as one PDF with embedded fonts; document information carries no time of writing."""
    stream = io.BytesIO()
    about = {
        "Title": fonts.clean(title),
        "Subject": fonts.clean(subject),
        "Keywords": fonts.clean(", ".join(keywords)),
        "Creator": "geo",
        "Producer": "matplotlib",
        "CreationDate": None,
    }
    with _plain_fonts(), PdfPages(stream, metadata=about) as pages:
        for drawing in drawings:
            figure = drawing.figure  # the rims of its letters are their outlines
            with _letters_unloaded():
                pages.savefig(figure)
    return stream.getvalue()


def _validate_size(page: PageSize, dpi: float) -> None:
    width, height = (side / MM_PER_INCH * dpi for side in (page.width_mm, page.height_mm))
    if not (width >= 1 and height >= 1 and width * height <= MOST_PIXELS):
        raise UsageError(
            f"A picture of {width:,.0f} by {height:,.0f} pixels cannot be drawn. "
            f"Choose a page and dots per inch that make at most {MOST_PIXELS:,} pixels in all."
        )


def _encode(picture: Image.Image, about: PngInfo, dpi: float) -> bytes:
    """Return a picture as PNG. Pillow's ``optimize`` would take five times as long and make larger files of maps."""
    stream = io.BytesIO()
    effort = {"compress_level": 3, "compress_type": Image.DEFAULT_STRATEGY}
    picture.save(stream, "png", pnginfo=about, dpi=(dpi, dpi), **effort)
    return stream.getvalue()


@functools.lru_cache(maxsize=5000)
def _lay_out(font: Any, space: int, words: str, flags: Any, **options: Any) -> Any:
    """Return where the letters of a line stand in a font, whose size shows in how wide its ``space`` is."""
    return _LAY_OUT(font, words, flags, **options)


@contextmanager
def _lines_laid_out_once() -> Iterator[None]:
    """Lay a line out once, however often it stands on pages: it takes longest of what becomes of a text."""

    def look_up(font: Any, words: str, flags: Any, **options: Any) -> Any:
        space = font.load_char(ord(" "), LoadFlags.NO_HINTING).linearHoriAdvance  # no outline has to be read
        return _lay_out(font, space, words, flags, **options)

    if not _LAY_OUT:
        yield
        return
    shared: Any = FT2Font
    before, shared._layout = shared._layout, look_up
    try:
        yield
    finally:
        shared._layout = before


@contextmanager
def _letters_unloaded() -> Iterator[None]:
    """Set text without loading the outline of each of its letters, which a PDF has in its fonts."""
    lay_out = _text_helpers.layout

    def lay_out_only(string: str, font: Any, **options: Any) -> Any:
        return font._layout(string, LoadFlags.NO_HINTING, **options)

    if _LAY_OUT:
        _text_helpers.layout = lay_out_only
    try:
        yield
    finally:
        _text_helpers.layout = lay_out


@contextmanager
def _plain_fonts() -> Iterator[None]:
    """Embed fonts without their rules of layout: a PDF names every glyph, and cutting the rules down takes longest."""
    load: Any = subset.load_font

    def load_plain(*arguments: Any, **more: Any) -> Any:
        font = load(*arguments, **more)
        for rules in {"GDEF", "GPOS", "GSUB"}.intersection(font.keys()):
            del font[rules]  # before fontTools reads them
        return font

    subset.load_font = load_plain
    try:
        yield
    finally:
        subset.load_font = load
