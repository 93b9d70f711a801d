"""Fixtures shared by the tests: a made-up briefing, pages, a publisher, and a Chromium."""

from __future__ import annotations

import functools
import http.server
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from geo.briefing import briefing as assembly
from geo.briefing.briefing import Briefing
from geo.briefing.comparison import Comparison, build_comparison
from geo.fronts import fetched
from geo.fronts.published import download
from geo.fronts.reading import find_front
from geo.measuring.history import History, measure_history
from geo.renderers.webmap.map import render_html
from geo.scenarios.scenario import find_scenario, read_scenarios
from tests.made_up import occupied
from tests.made_up import site as publisher
from tests.made_up.briefing import build_briefing
from tests.made_up.series import SCENARIO, save_days
from tests.made_up.site import Site
from tests.pages.browser import CHROMIUMS, find_chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# What a developer fetched is no part of a test; nothing lies in this folder.
os.environ["GEO_DATA"] = str(Path(__file__).parent / "made_up" / "nothing-fetched")
# The same examples on every run: a gate that fails once in a hundred runs teaches nobody anything.
settings.register_profile("repeatable", derandomize=True)
settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def make_briefing() -> Callable[..., Briefing]:
    """Return the function that builds a made-up briefing."""
    return build_briefing


@pytest.fixture(scope="session")
def briefing() -> Briefing:
    """Return a made-up briefing of two zones."""
    return build_briefing()


@pytest.fixture(scope="session")
def daily_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a made-up daily file of an occupied area, its day in its name only."""
    return occupied.save_day(
        occupied.build_day(3), tmp_path_factory.mktemp("daily") / "occupied_20250327.geojson"
    )


@pytest.fixture(scope="session")
def area_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a daily file of a coarse occupied area."""
    return occupied.save_coarse_area(tmp_path_factory.mktemp("area") / "occupied_20250327.geojson")


@pytest.fixture
def four_days(tmp_path: Path) -> Path:
    """Return a folder of four days with three fronts, one day missing, written in no order."""
    return save_days(
        tmp_path / "fronts", {"2025-03-05": 3, "2025-03-01": 0, "2025-03-02": 0, "2025-03-04": 1}
    )


@pytest.fixture(scope="session")
def spliced(tmp_path_factory: pytest.TempPathFactory) -> History:
    """Return a history whose source changes on 8 March, and which has a gap of a month before 10 April."""
    folder = save_days(
        tmp_path_factory.mktemp("spliced") / "fronts",
        {"2025-03-01": 0, "2025-03-02": 0, "2025-03-04": 1, "2025-03-05": 3},
    )
    member = {"source": "The Other Institute", "uncertainty_km": 2}
    return measure_history(
        SCENARIO, save_days(folder, {"2025-03-08": 20, "2025-04-10": 22}, prefix="x_", member=member)
    )


@pytest.fixture(scope="session")
def briefing_of() -> Callable[..., Briefing]:
    """Return a function that builds the briefing of a shipped scenario, or the made-up one, once."""

    @functools.cache
    def build(name: str, marking: str | None = None) -> Briefing:
        if name == "made-up":
            return build_briefing()
        scenario = find_scenario(name)
        return assembly.build_briefing(scenario, find_front(scenario.front), marking=marking)

    return build


@pytest.fixture(scope="session")
def compared() -> Comparison:
    """Return the comparison of all that ships."""
    return build_comparison(list(read_scenarios().values()), find_front("2025-03-27"))


@pytest.fixture(scope="session")
def page_of(
    briefing_of: Callable[..., Briefing], tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Path]:
    """Return a function that writes the page of a shipped scenario, or of the made-up briefing, once."""
    folder = tmp_path_factory.mktemp("maps")

    @functools.cache
    def write(name: str, marking: str | None = None) -> Path:
        file = folder / f"{name}{'-marked' if marking else ''}.html"
        file.write_bytes(render_html(briefing_of(name, marking)))
        return file

    return write


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Return a headless Chromium, or skip where there is none (with GEO_REQUIRE_BROWSER=1: fail)."""
    executable = find_chromium()
    if executable is None:
        missing = f"none of {', '.join(CHROMIUMS)} is on the PATH"
        if os.environ.get("GEO_REQUIRE_BROWSER") == "1":
            pytest.fail(missing)
        pytest.skip(missing)
    sync_api = pytest.importorskip("playwright.sync_api")
    arguments = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A web server on this machine: its address, and what it was asked for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def publishing_server() -> Iterator[Site]:
    """A publisher's server on this machine that all tests share."""
    with publisher.serve() as running:
        yield running


@pytest.fixture
def site(publishing_server: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A server with no answers yet, a user's folder of its own, and a table of sources that leads to the server."""
    publishing_server.answers.clear()
    publishing_server.asked.clear()
    monkeypatch.setenv(fetched.VARIABLE, str(tmp_path / "data"))
    monkeypatch.setattr(download, "PAUSES_S", (0.0, 0.0))
    publisher.save_table(tmp_path / "data", publishing_server)
    return publishing_server
