"""The web map as a file: one page, nothing fetched, nothing run that is not ours, the same bytes each time."""

from __future__ import annotations

import base64
import hashlib
import html.parser
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import folium
import pytest
from shapely.geometry import Polygon

from geo.briefing.briefing import Briefing
from geo.renderers import style
from geo.renderers.webmap import assets, pagedata, panel
from geo.renderers.webmap.map import build_map, render_html
from geo.renderers.webmap.still import MOST_BYTES
from geo.renderers.webmap.tree import number_elements
from tests.made_up.hostile import CORPUS


class ParsedPage(html.parser.HTMLParser):
    """What an HTML parser sees in a page: tags with attributes, and the text of scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.open = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.tags.append((tag, dict(attrs)))
        if tag in ("script", "style"):
            self.open = f"{tag}:{dict(attrs).get('type', '')}"
            self.texts.append((self.open, ""))

    def handle_data(self, data: str) -> None:
        """Note text that stands in a script or a style."""
        if self.open:
            self.texts[-1] = (self.open, self.texts[-1][1] + data)

    def handle_endtag(self, tag: str) -> None:
        """Note that a script or style has ended."""
        if tag in ("script", "style"):
            self.open = ""


def read_policy(page: ParsedPage) -> dict[str, list[str]]:
    """Return the directives of a page's Content-Security-Policy."""
    metas = [about for tag, about in page.tags if tag == "meta"]
    policy = next(meta["content"] for meta in metas if meta.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    return {name: values for name, *values in (part.split() for part in policy.split(";"))}


@pytest.fixture(scope="module")
def text(briefing: Briefing) -> str:
    """Return the page of the made-up briefing."""
    return render_html(briefing).decode("utf-8")


def test_build_map_returns_a_folium_map_that_saves_the_whole_page(
    briefing: Briefing, text: str, tmp_path: Path
) -> None:
    """`build_map` gives a folium map whose own `save` writes exactly what `render_html` returns."""
    fmap = build_map(briefing)
    fmap.save(tmp_path / "map.html")
    assert isinstance(fmap, folium.Map)
    assert (tmp_path / "map.html").read_text(encoding="utf-8") == text


def test_every_inline_script_and_style_has_its_hash_in_the_policy(text: str) -> None:
    """The policy lists the hash of each script and style of the page, and of nothing else."""
    page = ParsedPage(text)
    policy = read_policy(page)
    for tag, directive in (("script", "script-src"), ("style", "style-src")):
        found = [content for kind, content in page.texts if kind == f"{tag}:"]
        hashes = [base64.b64encode(hashlib.sha256(content.encode()).digest()).decode() for content in found]
        assert policy[directive] == [f"'sha256-{value}'" for value in hashes]


def test_policy_allows_nothing_from_outside(text: str) -> None:
    """Everything but the hashed parts and data images is forbidden, also base addresses and forms."""
    policy = read_policy(ParsedPage(text))
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == ["'none'"]
    assert policy["img-src"] == ["data:"]


def test_page_names_no_address_to_fetch(text: str) -> None:
    """No element has a source or a link out of the page, no style fetches a file, no source map is asked for."""
    page = ParsedPage(text)
    named = [
        (tag, about[key])
        for tag, about in page.tags
        for key in ("src", "href", "srcset", "data")
        if key in about
    ]
    assert not [each for each in named if each[0] != "pattern" or not str(each[1]).startswith("#")]
    assert not [tag for tag, _ in page.tags if tag in ("link", "iframe", "object", "embed", "base")]
    styles = "".join(content for kind, content in page.texts if kind == "style:")
    assert not re.findall(r"url\((?!#)", styles)
    assert "@import" not in styles
    assert "sourceMappingURL" not in text


def test_markup_has_neither_inline_styles_nor_handlers(text: str) -> None:
    """No element carries a style or an event handler, which the policy would block with an error."""
    attributes = [name for _, about in ParsedPage(text).tags for name in about]
    assert not [name for name in attributes if name == "style" or name.startswith("on")]


def test_page_is_the_same_in_every_process() -> None:
    """Two fresh interpreters with different hash seeds write the same bytes."""
    code = (
        "import hashlib; from tests.made_up.briefing import build_briefing; "
        "from geo.renderers.webmap.map import render_html; "
        "print(hashlib.sha256(render_html(build_briefing())).hexdigest())"
    )
    root = Path(__file__).parents[3]
    digests = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=root,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert digests[0] == digests[1] != ""


def test_page_carries_the_whole_licence_of_leaflet(text: str) -> None:
    """Whoever passes a page on passes on what the licence asks for."""
    assert all(words in text for words in ("BSD 2-Clause", "Agafonkin", "EVEN IF ADVISED OF THE POSSIBILITY"))


def test_numbering_leaves_other_folium_maps_alone() -> None:
    """Ids are set on one tree only: a folium map made elsewhere keeps its random ones."""
    numbered = folium.Map(tiles=None)
    number_elements(numbered)
    assert numbered.get_name() == "map_00"
    assert len(folium.Map(tiles=None).get_name()) > 20


@pytest.fixture(scope="module")
def benign(make_briefing: Callable[..., Briefing]) -> ParsedPage:
    """Return a page with a harmless word in every field."""
    return ParsedPage(render_html(make_briefing(("A", "B"), text="plain")).decode("utf-8"))


@pytest.mark.parametrize(
    "hostile", [*CORPUS, "N" * 3000, "word " * 600], ids=[*map(str, range(len(CORPUS))), "long", "words"]
)
def test_hostile_text_stays_text(
    make_briefing: Callable[..., Briefing], benign: ParsedPage, hostile: str
) -> None:
    """Whatever stands in the data, the page has the elements, attributes and scripts as ever, and the data in JSON."""
    names = (hostile or "A", f"{hostile} B")
    page = ParsedPage(render_html(make_briefing(names, text=hostile)).decode("utf-8"))
    optional = {"p", "section", "h2", "ul", "li", "span", "dl", "dt", "dd"}  # an empty text has no paragraph
    optional |= {"g", "path", "text", "tspan"}  # still and sheet have names where there is room
    assert [tag for tag, _ in page.tags if tag not in optional] == [
        tag for tag, _ in benign.tags if tag not in optional
    ]
    still = {"text-anchor", "font-weight", "stroke-dasharray", "opacity", "transform", "x", "y"}
    assert {name for _, about in page.tags for name in about} <= still | {
        name for _, about in benign.tags for name in about
    }
    assert [item for item in page.texts if "json" not in item[0]] == [
        item for item in benign.texts if "json" not in item[0]
    ]
    data = json.loads(next(content for kind, content in page.texts if "json" in kind))
    assert [zone["name"] for zone in data["zones"]] == list(names)


def test_page_stays_small(text: str) -> None:
    """All but reference layers and zones takes little more than half of the 600 KB a page may have.

    That is Leaflet, scripts, styles, 6 KB of lines of equal distance to the front, and the still.
    """
    assert len(text.encode()) < 346_000 + MOST_BYTES


def test_page_says_what_it_is(text: str) -> None:
    """The page has a language, a title, a description, a word for readers without scripts, and the mandatory note."""
    assert '<html lang="en">' in text
    assert "<title>Force along the river</title>" in text
    assert '<meta name="description" content="Map of two zones west of the front.">' in text
    assert "<noscript>" in text
    assert "Zones are illustrative" in text


def test_packed_shapes_unpack_to_what_was_packed(briefing: Briefing) -> None:
    """Adding up the differences gives each position of the front to 4 decimals."""
    packed = pagedata.build_page_data(briefing)["front"]["lines"][0]
    lons = [sum(packed[: 2 * i + 1 : 2]) / pagedata.FINE_SCALE for i in range(len(packed) // 2)]
    assert lons == [round(lon, 4) for lon, _ in briefing.front.line.geoms[0].coords]


def test_zone_without_area_on_the_map_scale_is_kept(make_briefing: Callable[..., Briefing]) -> None:
    """A zone smaller than the packing step still has a closed ring of at least three positions' length."""
    briefing = make_briefing(("Tiny",))
    tiny = Polygon([(30, 50), (30.00001, 50), (30.00001, 50.00001)])
    scenario = replace(briefing.scenario, zones=(replace(briefing.scenario.zones[0], geometry=tiny),))
    data = pagedata.build_page_data(replace(briefing, scenario=scenario))
    assert len(data["zones"][0]["shape"][0][0]) >= 4


def test_front_without_uncertainty_has_no_band_in_the_legend(briefing: Briefing) -> None:
    """Where the front states no uncertainty, the page shows none."""
    front = replace(briefing.front, uncertainty_km=None, precisions_km=())
    page = render_html(replace(briefing, front=front, uncertainty_band=Polygon())).decode("utf-8")
    assert "Uncertainty of the line, ±" not in page


def test_table_has_one_row_for_each_zone_and_a_total(briefing: Briefing) -> None:
    """The rows of the panel carry the rounded numbers in the order of the columns."""
    rows = panel.describe_panel(briefing)["rows"]
    assert [row.name for row in rows] == ["North reach", "Middle reach", "All zones"]
    assert rows[0].cells == (
        ("300", "295–305"), ("360", "355–365"), ("355", "350–360"), ("440", "435–445"), ("12,300", "")
    )  # fmt: skip


def test_single_zone_has_no_total(make_briefing: Callable[..., Briefing]) -> None:
    """A total over one zone would only repeat it."""
    assert len(panel.describe_panel(make_briefing(("Only",)))["rows"]) == 1


def test_claims_say_who_said_it_and_who_reported_it(briefing: Briefing) -> None:
    """An attribution names speaker, publisher and day; the publisher stands in for an unnamed reporter."""
    ((_, (statement,)),) = panel.describe_panel(briefing)["statements"]
    assert statement.attribution == "Attributed to an official; reported by The Paper, 26 March 2025"


def test_a_drained_lake_says_so(briefing: Briefing) -> None:
    """Lakes come with name, point and shape; a drained one is told apart and named as what it was."""
    lake, drained = pagedata.build_page_data(briefing)["basemap"]["lakes"]
    assert lake["name"] == "Round Lake" and "isDrained" not in lake
    assert drained["name"] == "Former Square reservoir (drained May 2024)" and drained["isDrained"] is True
    assert lake["at"] == [33.0, 49.5] and lake["shape"]


def test_a_report_is_a_link_where_its_address_is_known(briefing: Briefing) -> None:
    """A claim and its report lead to the text and to its archived copy, and tell nobody where a reader came from."""
    address, archive = "https://paper.example/a?b=1&c=2", "https://archive.example/1"
    source = replace(briefing.sources[0], url=address, archive=archive)
    page = ParsedPage(render_html(replace(briefing, sources=(source,))).decode())
    links = [about for tag, about in page.tags if tag == "a"]
    assert [link["href"] for link in links] == [address, address, archive]
    assert all(link["rel"] == "noreferrer" for link in links)


def test_one_number_of_two_reports_stands_once(briefing: Briefing) -> None:
    """Force sizes that two reports give alike become one line, which says whose they are."""
    claim = next(claim for claim in briefing.claims if claim.unit == "troops")
    (force,) = (force for force in briefing.metrics.force if force.claim == claim.id)
    other = replace(claim, id=f"{claim.id}-again", attributed_to="somebody else")
    forces = (force, replace(force, claim=other.id))
    both = replace(briefing, claims=(claim, other), metrics=replace(briefing.metrics, force=forces))
    ((who, what, attributions),) = panel.describe_panel(both)["forces"]
    assert (who, "per" in what or "every" in what) == (f"{force.troops:,} troops", True)
    assert [text.split(";")[0] for text in attributions] == [
        f"Attributed to {each.attributed_to}" for each in (claim, other)
    ]


def test_style_sheet_takes_every_colour_from_the_palette(text: str) -> None:
    """Our style sheets name no colour of their own but white and black veils, and use no undefined property."""
    sheet = [content for kind, content in ParsedPage(text).texts if kind == "style:"][-1]
    own = sheet.removeprefix(assets.custom_properties())
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?!\))", own)
    assert set(re.findall(r"rgb\((\d+ \d+ \d+)", own)) <= {"255 255 255", "0 0 0"}
    defined = set(re.findall(r"^\s*(--[\w-]+):", sheet, flags=re.MULTILINE))
    assert set(re.findall(r"var\((--[\w-]+)", own)) <= defined


def test_front_and_zones_differ_in_greyscale() -> None:
    """Front, zones and land are at least 8 % of the grey scale apart, and text is legible on paper."""

    def luminance(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    lightness = {
        name: 1.16 * luminance(getattr(style.PALETTE, name)) ** (1 / 3) - 0.16
        for name in ("front", "zone", "ukraine")
    }
    assert lightness["front"] + 0.08 < lightness["zone"] < lightness["ukraine"] - 0.3
    contrast = (luminance(style.PALETTE.paper) + 0.05) / (luminance(style.PALETTE.ink_soft) + 0.05)
    assert contrast >= 4.5


SCRIPTS = sorted((Path(assets.__file__).parent / "js").glob("*.js"))


def test_no_text_of_a_script_spans_lines() -> None:
    """Indentation is left out of the page, which changes nothing as long as no template literal goes over a line."""
    for file in SCRIPTS:
        for line in file.read_text(encoding="utf-8").splitlines():
            assert line.count("`") % 2 == 0, (file.name, line)


def test_page_carries_no_comments_of_ours(briefing: Briefing) -> None:
    """What explains the scripts and style sheets stands in their files; the page has no room for it."""
    text = render_html(briefing).decode()
    assert "@param" not in text
    assert "function readPageData" in text
