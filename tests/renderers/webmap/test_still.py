"""The opening view as SVG: small, the same each time, and with what it has to name."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from xml.etree import ElementTree

import pytest

from geo.briefing.briefing import Briefing
from geo.renderers.figure.still import Subject
from geo.renderers.webmap import still
from geo.scenarios.scenario import read_scenarios


@pytest.mark.parametrize("name", read_scenarios())
def test_still_is_small_and_names_every_zone(briefing_of: Callable[[str], Briefing], name: str) -> None:
    """It takes at most 60 KB, is well formed, and names or numbers every zone for each size of the map."""
    briefing = briefing_of(name)
    picture = still.render_still(Subject.of(briefing))
    assert len(picture.encode()) <= 60_000
    groups = ElementTree.fromstring(picture).iter("g")
    sizes = [group for group in groups if "names" in group.attrib.get("class", "")]
    assert len(sizes) == 2
    for size in sizes:
        words = [(text.text or "").strip() for text in size.iter("text")]
        said = "".join(words).replace(" ", "")
        for index, zone in enumerate(briefing.scenario.zones):
            assert zone.name.replace(" ", "") in said or str(index + 1) in words, zone.name
    assert picture == still.render_still(Subject.of(briefing))


def test_ground_is_coarser_where_it_would_be_too_large(
    briefing_of: Callable[[str], Briefing], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What does not fit is drawn with less detail instead of being left out."""
    briefing = briefing_of("dnipro-line")
    fine = still.render_still(Subject.of(briefing))
    monkeypatch.setattr(still, "MOST_BYTES", len(fine.encode()) - 1)
    coarse = still.render_still(Subject.of(briefing))
    assert len(coarse) < len(fine)
    assert coarse.count("<text") == fine.count("<text")


def test_a_page_is_laid_out_without_matplotlib() -> None:
    """The picture of a page needs no library that draws: a page is written as fast as ever."""
    code = (
        "import sys; from tests.made_up.briefing import build_briefing; "
        "from geo.renderers.webmap.map import render_html; render_html(build_briefing()); "
        "print('matplotlib' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
