"""Pages that several tests look at, laid out once."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace

import pytest

from geo.briefing.briefing import Briefing
from geo.briefing.comparison import Comparison, build_comparison
from geo.fronts.reading import find_front
from geo.renderers import figure
from geo.renderers.figure.layout import Printout
from geo.renderers.figure.sheet import PAGES
from geo.scenarios.scenario import find_scenario


@pytest.fixture(scope="session")
def printout_of(briefing_of: Callable[[str], Briefing]) -> Callable[[str, str], Printout]:
    """Return a function that lays a shipped scenario out on a page, once."""
    return functools.cache(lambda name, page: figure.build_printout(briefing_of(name), PAGES[page]))


@pytest.fixture(scope="session")
def comparison() -> Comparison:
    """Return the comparison of three scenarios, with a handling line."""
    scenarios = [find_scenario(name) for name in ("dnipro-line", "neighbouring-country", "western-ukraine")]
    return build_comparison(scenarios, find_front("2025-03-27"), marking="FOR EXERCISE")


@pytest.fixture(scope="session")
def compared_on(comparison: Comparison) -> Callable[..., Printout]:
    """Return a function that lays that comparison, or so many of its scenarios, out on a page, once."""

    @functools.cache
    def lay_out(page: str, count: int | None = None) -> Printout:
        some = (comparison.briefings * 6)[:count] if count else comparison.briefings
        return figure.build_printout(replace(comparison, briefings=some), PAGES[page])

    return lay_out
