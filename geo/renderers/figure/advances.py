"""How wide letters are, read from the font files: no drawing library is loaded to lay words out."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import font_source_sans_pro
import font_source_serif_pro
from fontTools.ttLib import TTFont

FALLBACK = "wide"
_SANS = Path(font_source_sans_pro.font_directory)
_SERIF = Path(font_source_serif_pro.font_directory)


@functools.cache
def find_file(cut: str) -> Path:
    """Return the file of a cut."""
    return _FILES[cut] if cut in _FILES else _find_fallback()


def list_cuts() -> tuple[str, ...]:
    """Return the name of every cut, the fallback last."""
    return (*_FILES, FALLBACK)


@dataclass(frozen=True)
class Advances:
    """How far each letter of a font leads, in parts of its size; ``unknown`` is that of a letter it has not."""

    known: Mapping[int, float]
    unknown: float


@functools.cache
def read_advances(cut: str) -> Advances:
    """Return the widths of all letters of a cut."""
    with TTFont(find_file(cut), lazy=True) as font:
        font.setGlyphOrder(
            range(font["maxp"].numGlyphs)
        )  # numbers do: reading their names would take longest
        size, glyphs, widths = font["head"].unitsPerEm, font.getBestCmap(), font["hmtx"].metrics
        known = {code: widths[glyph][0] / size for code, glyph in glyphs.items()}
        return Advances(known, widths[0][0] / size)  # the first stands for letters that are not there


def measure(text: str, cut: str) -> float:
    """Return the width of a text in parts of the size: letters side by side, one that the cut lacks from the fallback.

    Where two letters stand closer than that, as many pairs do, the text is drawn a little narrower.
    """
    known = read_advances(cut).known
    return sum(known[code] if (code := ord(letter)) in known else _measure_lacking(code) for letter in text)


def has_all(text: str, cut: str) -> bool:
    """Tell whether a cut has all letters of a text."""
    known = read_advances(cut).known
    return all(ord(letter) in known for letter in text)


def _measure_lacking(code: int) -> float:
    fallback = read_advances(FALLBACK)
    return fallback.known.get(code, fallback.unknown)


def _find_fallback() -> Path:
    """Return the file that comes with matplotlib, where it lies in most installations, without loading that."""
    inside = Path("mpl-data", "fonts", "ttf", "DejaVuSans.ttf")
    found = find_spec("matplotlib")
    for folder in (found and found.submodule_search_locations) or ():
        if (file := Path(folder) / inside).is_file():
            return file
    import matplotlib

    return Path(matplotlib.get_data_path(), *inside.parts[1:])


_FILES = {
    "sans": _SANS / "SourceSansPro-Regular.ttf",
    "sans-semibold": _SANS / "SourceSansPro-Semibold.ttf",
    "sans-bold": _SANS / "SourceSansPro-Bold.ttf",
    "serif": _SERIF / "SourceSerifPro-Regular.ttf",
    "serif-semibold": _SERIF / "SourceSerifPro-Semibold.ttf",
    "serif-italic": _SERIF / "SourceSerifPro-It.ttf",
}
