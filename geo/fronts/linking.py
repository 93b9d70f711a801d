"""Things that hang together because pairs of them do."""

from __future__ import annotations

from collections.abc import Iterable


def link(count: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """Return for each of so many things the one that stands for all that hang together with it, by pairs that do."""
    leads = list(range(count))

    def find(index: int) -> int:
        while leads[index] != index:
            leads[index] = leads[leads[index]]
            index = leads[index]
        return index

    for one, other in pairs:
        leads[find(one)] = find(other)
    return [find(index) for index in range(count)]
