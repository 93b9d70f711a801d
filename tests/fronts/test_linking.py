"""What hangs together by pairs."""

from __future__ import annotations

from geo.fronts.linking import link


def test_things_of_one_chain_of_pairs_have_one_lead() -> None:
    """Pairs in any order make groups; what is in no pair stands for itself."""
    leads = link(7, [(3, 4), (0, 1), (4, 0), (5, 6)])
    assert len({leads[index] for index in (0, 1, 3, 4)}) == 1
    assert leads[5] == leads[6] != leads[0]
    assert leads[2] == 2
    assert link(0, []) == []
