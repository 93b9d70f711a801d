"""The faces of drawn outputs: which fonts, how wide a text is, where it breaks."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass

from geo.renderers import style
from geo.renderers.figure import advances

MM_PER_POINT = 25.4 / 72
_UNKNOWN = "\N{REPLACEMENT CHARACTER}"
_NOT_TEXT = ("Cf", "Cs", "Cn")  # what steers, half of a letter, what is none
_ELLIPSIS = "…"
_NO_BREAK = "\N{NO-BREAK SPACE}"
_UNIT = re.compile(r"(\d) (km|%|troops|zones)")


@dataclass(frozen=True)
class Face:
    """How a text is set: a cut of the two families, size in points, colour, distance of lines as a multiple of it."""

    cut: str
    size_pt: float
    colour: str = style.PALETTE.ink
    leading: float = 1.28

    @property
    def line_mm(self) -> float:
        """The distance from one line of text to the next, in millimetres."""
        return self.size_pt * self.leading * MM_PER_POINT

    @property
    def height_mm(self) -> float:
        """The height of a line from descender to ascender, in millimetres."""
        return self.size_pt * 1.05 * MM_PER_POINT


def plain(text: str) -> str:
    """Return a text in one line without control characters, every letter kept."""
    if text.isprintable():
        return " ".join(text.split())
    spaced = (" " if unicodedata.category(letter) in ("Cc", "Zl", "Zp") else letter for letter in text)
    return " ".join(
        "".join(letter for letter in spaced if unicodedata.category(letter) not in _NOT_TEXT).split()
    )


def clean(text: str) -> str:
    """Return a text as it can be printed: one line, no control characters, an unknown letter as U+FFFD."""
    text = plain(text)
    for letter in find_unknown(text):
        text = text.replace(letter, _UNKNOWN)
    return text


def find_unknown(text: str) -> str:
    """Return the letters of a text that cannot be printed, each once, in their order."""
    return "".join(letter for letter in dict.fromkeys(plain(text)) if not _is_known(letter))


@functools.lru_cache(maxsize=20_000)
def measure_mm(text: str, face: Face) -> float:
    """Return the width of one line of text in millimetres, as `clean` has it printed."""
    return advances.measure(clean(text), face.cut) * face.size_pt * MM_PER_POINT


def bind(text: str) -> str:
    """Return a text in which no number is parted from its unit at the end of a line."""
    return _UNIT.sub(f"\\1{_NO_BREAK}\\2", text)


def wrap(text: str, face: Face, width_mm: float, *, max_lines: int | None = None) -> list[str]:
    """Break a text into lines no wider than given; a word that is too wide is broken, the last line ends in "…"."""
    lines: list[str] = []
    line, line_mm = "", 0.0
    space_mm = measure_mm("n n", face) - 2 * measure_mm("n", face)
    for word in _words(bind(plain(text)), face, width_mm):
        word_mm = measure_mm(word, face)
        if line and line_mm + space_mm + word_mm > width_mm:
            lines.append(line)
            line = ""
        line, line_mm = (f"{line} {word}", line_mm + space_mm + word_mm) if line else (word, word_mm)
    lines += [line] if line else []
    if max_lines is not None and len(lines) > max_lines:
        lines = [*lines[: max_lines - 1], shorten(f"{lines[max_lines - 1]} {_ELLIPSIS}", face, width_mm)]
    return lines


def balance(text: str, face: Face, width_mm: float) -> float:
    """Return the least width at which a text takes no more lines than at the width given: no line with one word."""
    lines = len(wrap(text, face, width_mm))
    while width_mm > 20 and len(wrap(text, face, width_mm * 0.97)) <= lines:
        width_mm *= 0.97
    return width_mm


def shorten(text: str, face: Face, width_mm: float) -> str:
    """Return a text in one line no wider than given, cut with "…" where need be."""
    text = plain(text)
    if measure_mm(text, face) <= width_mm:
        return text
    low, high = 0, len(text)
    while low < high:  # the longest beginning that fits
        middle = (low + high + 1) // 2
        if measure_mm(text[:middle].rstrip(f" {_ELLIPSIS}") + _ELLIPSIS, face) <= width_mm:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip(f" {_ELLIPSIS}") + _ELLIPSIS


def _words(text: str, face: Face, width_mm: float) -> list[str]:
    """Return the words of a text, one that is wider than a line in pieces."""
    words: list[str] = []
    for word in text.split(" "):
        while len(word) > 1 and measure_mm(word, face) > width_mm:
            size = max(1, int(len(word) * width_mm / measure_mm(word, face)))
            while size > 1 and measure_mm(word[:size], face) > width_mm:
                size -= 1
            words.append(word[:size])
            word = word[size:]
        words.append(word)
    return words


@functools.cache
def _is_known(letter: str) -> bool:
    """Tell whether every cut can print a letter, its own or the fallback's; what only some have is in the fallback."""
    return any(ord(letter) in advances.read_advances(cut).known for cut in ("sans", advances.FALLBACK))
