"""What stands on a page that was laid out, as matplotlib has it."""

from __future__ import annotations

import matplotlib
from matplotlib.axes import Axes

from geo.renderers.figure import artists, files
from geo.renderers.figure.sheet import Drawing


def read_axes(drawing: Drawing) -> Axes:
    """Return the axes of a page, one unit a millimetre."""
    with matplotlib.rc_context(files.SETTINGS):
        return artists.build_figure(drawing).axes[0]


def read_words(drawing: Drawing) -> list[str]:
    """Return every line of text on a page, in the order in which they were set."""
    return [text.get_text() for text in read_axes(drawing).texts]


def read_text(drawing: Drawing) -> str:
    """Return the words of a page as one text."""
    return " ".join(read_words(drawing)).replace("\N{NO-BREAK SPACE}", " ")
