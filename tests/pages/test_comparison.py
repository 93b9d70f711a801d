"""Scenarios side by side in one page, and the gallery that leads to all maps."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from geo.briefing import legend, sections
from geo.briefing.comparison import Comparison, build_comparison, name_zones
from geo.cli import main
from geo.fronts.reading import find_front
from geo.renderers.webmap.comparison import render_comparison
from geo.renderers.webmap.gallery import render_gallery
from geo.scenarios.scenario import read_scenarios
from tests.made_up.options import build_options
from tests.pages.access import READ_TARGETS, find_violations
from tests.pages.boxes import check_labels
from tests.pages.browser import DESKTOP, PHONE, plain, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pypdf = pytest.importorskip("pypdf")

SCENARIOS = read_scenarios()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory, compared: Comparison) -> Path:
    """Return the page of that comparison; only one scenario's own map lies beside it."""
    target = tmp_path_factory.mktemp("comparison") / "compare.html"
    target.write_bytes(render_comparison(compared, maps=["dnipro-line"]))
    return target


@pytest.mark.browser
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_page_opens_offline_and_labels_never_collide(
    chromium: Browser, file: Path, size: tuple[int, int]
) -> None:
    """The page opens without request or complaint, shows every scenario, and never scrolls sideways."""
    assert file.stat().st_size < 600_000
    with visit(chromium, file, size) as seen:
        check_labels(seen.boxes())
        zones = sum(len(each.zones) for each in SCENARIOS.values())
        assert seen.tab.locator(".folium-map path.zone").count() == zones
        assert seen.tab.locator(".distance:not(.is-hidden)").count() == len(SCENARIOS)
        assert seen.tab.evaluate("document.documentElement.scrollWidth") == size[0]
        assert seen.requests == [file.as_uri()] and seen.complaints == []


@pytest.mark.browser
def test_figures_pushed_past_the_names_are_whole_or_hidden(chromium: Browser, file: Path) -> None:
    """On a phone the table comes to rest where a figure is not half behind the names: 375 must not read 75."""
    with visit(chromium, file, PHONE) as seen:
        table = seen.tab.locator(".scroller").first
        for far in (30, 90, 150, 400):
            table.evaluate("(scroller, far) => { scroller.scrollLeft = far }", far)
            seen.settle("document.querySelector('.scroller').scrollLeft")
            names, figures = table.evaluate(
                """(scroller) => {
                  const [name, ...cells] = scroller.querySelector("tbody tr").children;
                  const right = (cell) => cell.getBoundingClientRect().right;
                  const figures = cells.map((cell) => {
                    const range = document.createRange();
                    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT, (text) =>
                      /[0-9]/.test(text.data) ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP);
                    range.selectNodeContents(texts.nextNode());
                    const { left, right } = range.getBoundingClientRect();
                    return [left, right];
                  });
                  return [right(name), figures];
                }"""
            )
            assert all(left >= names - 1 or right <= names + 1 for left, right in figures), (
                far,
                names,
                figures,
            )


@pytest.mark.browser
def test_legend_is_folded_on_a_low_map(chromium: Browser, file: Path) -> None:
    """On a phone on its side an open legend would hide the front."""
    with visit(chromium, file, (844, 390)) as seen:
        assert seen.tab.locator(".legend[open]").count() == 0
    with visit(chromium, file, DESKTOP) as seen:
        assert seen.tab.locator(".legend[open]").count() == 1


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_no_violation(chromium: Browser, file: Path, size: tuple[int, int], scheme: Any) -> None:
    """On either screen and in both colour schemes axe-core has nothing to say against the comparison."""
    with visit(chromium, file, size, color_scheme=scheme, reduced_motion="reduce") as seen:
        assert find_violations(seen) == []


@pytest.mark.browser
def test_scenarios_are_switched_at_the_same_extent(chromium: Browser, file: Path) -> None:
    """Taking a scenario's tick away removes its zones, line and labels and moves nothing else."""
    with visit(chromium, file, DESKTOP) as seen:
        other = seen.tab.locator(".folium-map path.zone-0")
        before = other.bounding_box()
        seen.tab.locator("input[data-layer=scenario-1]").uncheck()
        left = sum(len(each.zones) for name, each in SCENARIOS.items() if name != "neighbouring-country")
        assert seen.tab.locator(".folium-map path.zone").count() == left
        names = seen.tab.locator(".zone-name:not(.is-hidden)").all_text_contents()
        assert names and not [name for name in names if name.startswith("B")]
        assert other.bounding_box() == before
        seen.tab.locator("input[data-layer=scenario-1]").check()
        assert "B1" in seen.tab.locator(".zone-name:not(.is-hidden)").all_text_contents()


@pytest.mark.browser
def test_zone_of_a_hidden_scenario_is_shown_when_asked_for(chromium: Browser, file: Path) -> None:
    """A press on its name in the table ticks the scenario on again, so that the map does not show empty ground."""
    with visit(chromium, file, DESKTOP, reduced_motion="reduce") as seen:
        tick = seen.tab.locator("input[data-layer=scenario-1]")
        tick.uncheck()
        seen.tab.click("button[data-zone='5']")
        assert tick.is_checked()
        assert "is-selected" in (seen.tab.get_attribute("path.zone-5", "class") or "")


@pytest.mark.browser
def test_comparison_says_how_old_the_front_is(chromium: Browser, file: Path) -> None:
    """As on the page of one scenario, the age follows the reader's clock."""
    with visit(chromium, file, DESKTOP) as seen:
        seen.tab.clock.set_fixed_time(datetime(2025, 5, 20, 12))
        seen.tab.reload()
        seen.tab.wait_for_selector("html[data-ready=map]")
        assert plain(seen.tab.inner_text(".as-of")).endswith(
            "54 days old on 20 May 2025, when this page was opened."
        )


@pytest.mark.browser
def test_tables_answer_before_the_map_is_drawn(chromium: Browser, file: Path) -> None:
    """The page can be used once it is read: the map is drawn in steps after that, all names at once only when asked."""
    with visit(chromium, file, (1200, 800)) as seen:
        seen.tab.add_init_script(
            """document.addEventListener("DOMContentLoaded", () => {
              document.querySelector(".ranked thead th:nth-child(2) button").click();
              window.early = [
                document.documentElement.dataset.ready ?? "drawing",
                document.querySelector(".ranked thead th:nth-child(2)").getAttribute("aria-sort"),
                document.querySelectorAll(".label").length,
              ];
            });"""
        )
        seen.tab.reload()
        seen.tab.wait_for_selector("html[data-ready=map]", timeout=60_000)
        assert seen.complaints == []
        assert seen.tab.evaluate("window.early") == ["drawing", "ascending", 0]
        assert seen.tab.locator(".label:not(.is-hidden)").count() > len(SCENARIOS)


@pytest.mark.browser
def test_comparison_prints_with_headings_on_every_page(chromium: Browser, file: Path) -> None:
    """Map and key sentence on the first sheet, both tables on the second, white ground, nothing to press."""
    with visit(chromium, file, DESKTOP) as seen:
        printed = seen.tab.pdf(prefer_css_page_size=True, print_background=True)
        seen.tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        ground = "getComputedStyle(document.querySelector('{}')).backgroundColor"
        for part in ("body", ".ranked thead th"):
            assert seen.tab.evaluate(ground.format(part)) == "rgba(0, 0, 0, 0)"
        assert not [
            button for button in seen.tab.locator("thead button, .whole-view").all() if button.is_visible()
        ]
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(printed)).pages]
    assert (
        3 <= len(pages) <= len(SCENARIOS) + 1 and sections.COMPARISON in pages[0] and "Legend" not in pages[0]
    )
    assert pages[1].count("Farthest") == 2 and "Chernivtsi oblast" in "".join(pages[1:3])


@pytest.mark.browser
def test_six_scenarios_print_with_their_map_on_one_sheet(chromium: Browser, tmp_path: Path) -> None:
    """A long key sentence leaves the map less height, and no row of a long table is hidden where a window would end."""
    made = build_options()
    names = ("crowd", "corridor", "three-countries", "islands", "cyrillic", "hole")
    long = [replace(made[name], title=f"{made[name].title} along the railway to Kyiv") for name in names]
    target = tmp_path / "six.html"
    target.write_bytes(render_comparison(build_comparison(long, find_front("2025-03-27"))))
    with visit(chromium, target, DESKTOP) as seen:
        printed = seen.tab.pdf(prefer_css_page_size=True, print_background=True)
        seen.tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        fades = "[...document.querySelectorAll('.is-long')].map((each) => getComputedStyle(each, '::after').display)"
        assert {*seen.tab.evaluate(fades)} == {"none"}
        lower = "document.querySelector('.frame').getBoundingClientRect().bottom + scrollY"
        assert 500 < seen.tab.evaluate(lower) <= 190 / 25.4 * 96
    first, second, *_ = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(printed)).pages]
    assert legend.SHORTEST_OF_SCENARIO in first
    assert second.lstrip().startswith(sections.WHOLE_SCENARIOS)


@pytest.mark.browser
@pytest.mark.parametrize("size", [(1024, 768), PHONE], ids=str)
def test_every_zone_of_six_scenarios_has_its_code(
    chromium: Browser, tmp_path: Path, size: tuple[int, int]
) -> None:
    """Also a zone in a zone of another scenario, and one where a line has to lead to it."""
    made = build_options()
    six = [*read_scenarios().values(), *(made[name] for name in ("corridor", "three-countries", "cyrillic"))]
    comparison, file = build_comparison(six, find_front("2025-03-27")), tmp_path / "six.html"
    file.write_bytes(render_comparison(comparison))
    with visit(chromium, file, size) as seen:
        shown = seen.tab.locator(".label.zone-name:not(.is-hidden)").all_text_contents()
        check_labels(seen.boxes())
    codes = [words.split(" ")[0] for each in name_zones(comparison) for words in each]
    assert sorted(shown) == sorted(codes)


@pytest.mark.browser
def test_fingers_meet_targets_of_44_pixels(
    chromium: Browser, file: Path, compared: Comparison, tmp_path: Path
) -> None:
    """On a phone every button, switch and link of the comparison and of the gallery is large enough."""
    options: dict[str, Any] = {"has_touch": True, "is_mobile": True}
    with visit(chromium, file, PHONE, **options) as seen:
        targets = seen.tab.evaluate(READ_TARGETS)
        head = seen.tab.locator(".ranked tbody th").first
        left = head.bounding_box()
        seen.tab.locator(".scroller").first.evaluate("scroller => { scroller.scrollLeft = 200 }")
        assert head.bounding_box() == left  # names stay while figures are pushed past them
    (tmp_path / "index.html").write_bytes(render_gallery(compared.briefings, has_comparison=True))
    context = chromium.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}, **options)
    tab = context.new_page()
    tab.goto((tmp_path / "index.html").as_uri())
    targets += tab.evaluate(READ_TARGETS)
    context.close()
    assert len(targets) > 30
    assert [target for target in targets if target[1] < 43.9 or target[2] < 43.9] == []


@pytest.mark.browser
def test_table_sorts_by_the_column_pressed(chromium: Browser, file: Path, compared: Comparison) -> None:
    """A press sorts by unrounded figures, rising; the next one falling; and the heading says so."""
    rows = [row for each in compared.briefings for row in each.metrics.zones]
    with visit(chromium, file, DESKTOP) as seen:
        table = seen.tab.locator("table[data-sortable]").nth(1)
        heading = table.locator("th[data-column='2']")
        for direction, falling in (("ascending", False), ("descending", True)):
            heading.locator("button").click()
            wanted = [row.zone for row in sorted(rows, key=lambda row: row.mean_km, reverse=falling)]
            assert table.locator("tbody th .clamp").all_text_contents() == wanted
            assert heading.get_attribute("aria-sort") == direction
            assert table.locator("th[aria-sort]").count() == 1


@pytest.mark.browser
def test_only_maps_that_lie_beside_it_are_linked(chromium: Browser, file: Path) -> None:
    """A link leads to a scenario's own map where that was written, and nowhere else."""
    with visit(chromium, file, DESKTOP) as seen:
        links = seen.tab.locator(".panel a").evaluate_all("links => links.map((a) => a.getAttribute('href'))")
        assert links == ["dnipro-line.html"]


@pytest.mark.browser
def test_comparison_hands_out_what_the_command_prints(chromium: Browser, file: Path) -> None:
    """The CSV from inside the page is that of ``geo compare --format csv``."""
    with visit(chromium, file, DESKTOP) as seen, seen.tab.expect_download() as download:
        seen.tab.click("button[data-file=distances]")
        printed = CliRunner().invoke(main, ["compare", "--format", "csv"]).stdout_bytes
        assert Path(download.value.path()).read_bytes() == printed


@pytest.mark.browser
def test_gallery_leads_to_every_map_and_to_the_comparison(chromium: Browser, tmp_path: Path) -> None:
    """``geo render --all`` writes an index whose links all lead to files that are there; it needs no script."""
    assert CliRunner().invoke(main, ["render", "--all", "--out", str(tmp_path)]).exit_code == 0
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, offline=True, java_script_enabled=True
    )
    tab = context.new_page()
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.goto((tmp_path / "index.html").as_uri())
    links = tab.locator("a").evaluate_all("links => links.map((a) => a.getAttribute('href'))")
    assert sorted(links) == ["compare.html", *(f"{name}.html" for name in sorted(SCENARIOS))]
    assert all((tmp_path / link).is_file() for link in links)
    assert tab.locator("path.zone").count() == sum(len(each.zones) for each in SCENARIOS.values())
    assert tab.locator("script:not([type='application/json'])").count() == 0  # but the manifest
    assert tab.evaluate("document.documentElement.scrollWidth") == 390
    printed = tab.pdf(prefer_css_page_size=True, print_background=True)
    assert len(pypdf.PdfReader(io.BytesIO(printed)).pages) == 1
    tab.click(".card >> nth=0")
    tab.wait_for_selector("html[data-ready=map]")
    assert complaints == []
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("size", [(844, 390), (1024, 768)], ids=["phone on its side", "tablet"])
def test_three_maps_of_a_gallery_stand_in_one_row(
    chromium: Browser, compared: Comparison, tmp_path: Path, size: tuple[int, int]
) -> None:
    """None of three stands alone below two."""
    target = tmp_path / "index.html"
    target.write_bytes(render_gallery(compared.briefings[:3], has_comparison=True))
    with chromium.new_context(viewport={"width": size[0], "height": size[1]}) as context:
        tab = context.new_page()
        tab.goto(target.as_uri())
        tops = "[...document.querySelectorAll('.card')].map((each) => each.getBoundingClientRect().top)"
        assert len({*tab.evaluate(tops)}) == 1
