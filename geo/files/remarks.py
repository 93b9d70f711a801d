"""What of a file was left out or mended, collected while it is read, and said in one sentence for each kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from geo import numerals
from geo.errors import show

_SHOWN = 3


@dataclass
class Remarks:
    """The remarks on one file; `list_sentences` says them.

    ``asides`` counts, by geometry type, what is no part of the map, such as the points of labels. ``absent`` and
    ``doubtful`` name features without a geometry, and such as may have longitude and latitude exchanged. ``mended``
    says of each outline that crossed itself where, and how its area changed. ``blanks`` counts by column the cells
    that hold NaN or infinity. ``said`` are further sentences.
    """

    asides: Counter[str] = field(default_factory=Counter)
    absent: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    mended: list[str] = field(default_factory=list)
    blanks: Counter[str] = field(default_factory=Counter)
    said: list[str] = field(default_factory=list)

    def list_sentences(self, noun: str, made_of: str) -> tuple[str, ...]:
        """Return a sentence for each kind of remark; a ``noun`` (zone) is ``made_of`` something (areas)."""
        return tuple(self._say(noun, made_of))

    def _say(self, noun: str, made_of: str) -> Iterator[str]:
        if self.absent:
            yield f"Left out, without a geometry: {_list(self.absent)}."
        if self.asides:
            yield f"Left out: {count_types(self.asides)}; a {noun} is made of {made_of}."
        if self.mended:
            yield f"Mended outlines that crossed themselves: {_list(self.mended)}."
        if self.doubtful:
            yield (
                f"Far from Ukraine, and in or near it if longitude and latitude are exchanged: "
                f"{_list(self.doubtful)}. Longitude comes first."
            )
        if self.blanks:
            columns = ", ".join(
                f"{show(name)[:40]!r} ({times})" for name, times in self.blanks.most_common(6)
            )
            yield f"Taken as empty: NaN or infinity in {columns}."
        yield from self.said


def label(index: int, name: str | None) -> str:
    """Return how a feature is called in a sentence: its index in the file from 0, and its name."""
    return f"feature {index} ({show(name)!r})" if name else f"feature {index}"


def count_types(types: Mapping[str, int]) -> str:
    """Return geometry types with how often each is there, such as ``2 points and 1 line``."""
    counts: Counter[str] = Counter()
    for name, count in types.items():
        counts[say_type(name)] += count
    return " and ".join(numerals.format_several(count, noun) for noun, count in counts.items())


def say_type(name: str) -> str:
    """Return a geometry type as people call it: ``line`` for LineString and MultiLineString."""
    return name.removeprefix("Multi").removesuffix("String").lower()


def _list(names: Iterable[str]) -> str:
    """Return the first of several names, and how many there are beside."""
    listed = list(names)
    more = len(listed) - _SHOWN
    return "; ".join(listed[:_SHOWN]) + (f"; and {more:,} more" if more > 0 else "")
