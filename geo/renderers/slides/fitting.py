"""How much room a text takes on a slide, whose fonts are those of the reader's machine, and how it is made to fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.renderers.figure import fonts
from geo.renderers.figure.fonts import MM_PER_POINT, Face

_NARROWER = 0.97  # no letter of Arial, bold or not, is wider than this share of the same in DejaVu Sans
_LEADING = 1.2  # of the size, from line to line, in office programs


@dataclass(frozen=True)
class Fitted:
    """A text cut to what fits, the size it is set in, and the height that it takes at most."""

    text: str
    size_pt: float
    height_mm: float


def line_mm(size_pt: float) -> float:
    """Return the height of a line."""
    return size_pt * _LEADING * MM_PER_POINT


def measure_mm(text: str, size_pt: float) -> float:
    """Return a width that a line of text is sure not to exceed."""
    return fonts.measure_mm(text, Face("wide", size_pt * _NARROWER))


def wrap(text: str, size_pt: float, width_mm: float, *, max_lines: int | None = None) -> list[str]:
    """Return a text broken into lines that are sure to be no wider than given."""
    return fonts.wrap(text, Face("wide", size_pt * _NARROWER), width_mm, max_lines=max_lines)


def fit(text: str, width_mm: float, steps: Sequence[tuple[float, int]]) -> Fitted:
    """Set a text in the first of several sizes in which it takes no more lines than go with it, else cut it.

    ``steps`` are pairs of size in points and number of lines.
    """
    size_pt, most = steps[-1]
    lines = wrap(text, size_pt, width_mm, max_lines=most)
    for size, limit in steps:
        broken = wrap(text, size, width_mm)
        if len(broken) <= limit:
            size_pt, lines = size, broken
            break
    words = " ".join(lines).replace("\N{NO-BREAK SPACE}", " ")
    return Fitted(words, size_pt, max(len(lines), 1) * line_mm(size_pt))


def fit_most(
    texts: Sequence[str], between: str, width_mm: float, most: tuple[float, int], rest: str
) -> Fitted:
    """Return as many of some texts as so many lines hold, and, in the words of ``rest``, how many more there are.

    ``most`` is the size in points and the number of lines.
    """
    size_pt, lines = most
    for count in range(len(texts), 0, -1):
        more = [rest.format(len(texts) - count)] if count < len(texts) else []
        fitted = fit(between.join([*texts[:count], *more]), width_mm, [(size_pt, 99)])
        if fitted.height_mm <= lines * line_mm(size_pt) + 0.01:
            return fitted
    return fit(texts[0], width_mm, [most])
