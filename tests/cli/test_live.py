"""The server that shows the newest map: what it answers, to whom, and what a page makes of it."""

from __future__ import annotations

import http.client
import json
import socket
import struct
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geo.briefing.briefing import Briefing
from geo.cli.live import Live
from geo.measuring.history import History
from geo.renderers.webmap import historypage, livepage
from geo.renderers.webmap.map import render_html

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

MAP = "<!doctype html><title>Map</title><p>{}"


def start(title: str = "Plan") -> tuple[Live, str, int, str]:
    """Return a server with its host, port and folder."""
    live = Live(livepage.render_parts(title), livepage.POLICY, MAP.format("first").encode())
    host, port, folder = (
        live.serve().removeprefix("http://").replace("/", " /", 1).replace(":", " ", 1).split()
    )
    return live, host, int(port), folder


def get(port: int, path: str, host: str = "127.0.0.1") -> tuple[int, str]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request("GET", path, headers={"Host": f"{host}:{port}"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def test_only_what_is_shown_is_answered() -> None:
    """Page, script, style, map and state lie in a folder that nobody can guess; nothing else is there."""
    _, host, port, folder = start("<b>Plan")
    assert host == "127.0.0.1"
    status, page = get(port, folder)
    assert status == 200 and "<title>&lt;b&gt;Plan</title>" in page
    assert get(port, f"{folder}map") == (200, MAP.format("first"))
    assert [get(port, f"{folder}{name}")[0] for name in ("script", "style", "state?0")] == [200] * 3
    for path in ("/", "/map", f"{folder}../map", f"{folder}/etc/passwd", f"{folder}nothing"):
        assert get(port, path)[0] == 404
    assert get(port, folder, host="example.org")[0] == 404


def test_a_page_is_told_at_once() -> None:
    """Who waits for the state is answered when a map or an error comes."""
    live, _, port, folder = start()
    for act, drawn, error in (
        (lambda: live.tell("Broken."), 1, "Broken."),
        (lambda: live.show(b"new"), 2, ""),
    ):
        timer = threading.Timer(0.2, act)
        began = time.monotonic()
        timer.start()
        state = json.loads(get(port, f"{folder}state?{live.changes}")[1])
        assert time.monotonic() - began < 5
        assert (state["drawn"], state["error"]) == (drawn, error)
    assert get(port, f"{folder}map")[1] == "new"


@pytest.mark.browser
def test_the_page_shows_the_newest_map_and_what_is_wrong(chromium: Browser) -> None:
    """An error stands over the last map as text, and both give way to the next map."""
    live, host, port, folder = start()
    tab = chromium.new_page()
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.goto(f"http://{host}:{port}{folder}")
    tab.frame_locator("iframe").get_by_text("first").wait_for()
    live.tell("feature 0 ('<img src=x onerror=alert(1)>'): It crosses itself.")
    tab.get_by_text("<img src=x onerror=alert(1)>").wait_for()
    assert tab.frame_locator("iframe").get_by_text("first").is_visible()
    for word in ("second", "third", "fourth"):
        live.show(MAP.format(word).encode())
    tab.frame_locator("iframe[src='map?4']").get_by_text("fourth").wait_for()
    tab.wait_for_function("document.querySelectorAll('iframe').length === 1")
    assert tab.locator("#error").is_hidden()
    assert complaints == []
    tab.close()


VIEW = "() => { const { map_01: map } = frames[0]; return [map.getZoom(), map.getCenter().lat, map.getCenter().lng]; }"
READY = "frames.length === 1 && frames[0].document.documentElement.dataset.ready === 'map'"


def save(tab: Page, live: Live, page: bytes) -> None:
    """Show a page as the next save does, and wait until it is the one in the tab."""
    live.show(page)
    tab.wait_for_function(f"document.querySelector('iframe').src.endsWith('?{live.drawn}') && {READY}")


@pytest.mark.browser
def test_a_save_leaves_a_reader_where_he_was(briefing: Briefing, chromium: Browser) -> None:
    """Zoom, place, layers and the selected zone stay through a save, though zones come and go."""
    live, host, port, folder = start()
    page = render_html(briefing)
    live.page = page
    tab = chromium.new_page(bypass_csp=True, reduced_motion="reduce")  # what asks here needs eval
    tab.goto(f"http://{host}:{port}{folder}")
    tab.wait_for_function(READY)
    fitted = tab.evaluate(VIEW)
    save(tab, live, page)
    assert tab.evaluate(VIEW) == pytest.approx(fitted)
    frame = tab.frames[1]
    frame.locator("button[data-zone]").last.click()
    chosen = frame.locator("tr.is-selected").inner_text()
    frame.evaluate("map_01.setView([49.5, 33.25], 8.5, {animate: false})")
    frame.evaluate("document.querySelector('.leaflet-control-layers-selector').click()")
    looked = tab.evaluate(VIEW)
    for _ in range(2):
        save(tab, live, page)
        assert tab.evaluate(VIEW) == pytest.approx(looked, abs=1e-6)
        assert tab.frames[1].locator("tr.is-selected").inner_text() == chosen
        assert not tab.frames[1].locator(".leaflet-control-layers-selector").first.is_checked()
    tab.close()


@pytest.mark.browser
def test_the_view_is_that_of_the_file_however_late_the_style_is(
    briefing: Briefing, chromium: Browser, tmp_path: Path
) -> None:
    """The map is fitted to the window, never to a frame that has no size yet."""
    live, host, port, folder = start()
    live.page = render_html(briefing)
    tab = chromium.new_page(bypass_csp=True)

    def answer_late(route: Route) -> None:
        time.sleep(1)
        route.continue_()

    tab.route("**/style", answer_late)
    tab.goto(f"http://{host}:{port}{folder}")
    tab.wait_for_function(READY)
    served = tab.evaluate(VIEW)
    (tmp_path / "alone.html").write_bytes(live.page)
    tab.goto((tmp_path / "alone.html").as_uri())
    tab.wait_for_selector("html[data-ready=map]", state="attached")
    assert tab.evaluate(VIEW.replace("frames[0]", "window")) == pytest.approx(served)
    tab.close()


@pytest.mark.browser
def test_a_save_leaves_a_reader_on_his_day(spliced: History, chromium: Browser) -> None:
    """A history stays on the day that was chosen, and on the newest where that was shown."""
    live, host, port, folder = start()
    page = historypage.render_html(spliced)
    live.page = page
    tab = chromium.new_page(bypass_csp=True)  # what asks here needs eval
    tab.goto(f"http://{host}:{port}{folder}")
    tab.wait_for_function(READY)
    tab.frames[1].locator("#back").click()
    value = tab.frames[1].locator("#slider").input_value()
    save(tab, live, page)
    assert tab.frames[1].locator("#slider").input_value() == value
    tab.frames[1].locator("#forward").click()
    save(tab, live, page)
    assert tab.frames[1].locator("#slider").evaluate("slider => slider.value === slider.max")
    tab.close()


def test_a_page_that_leaves_is_no_news(capfd: pytest.CaptureFixture[str]) -> None:
    """A tab that is closed while it waits for an answer puts nothing on the user's screen."""
    live, _, port, folder = start()
    with closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
        connection.request("GET", f"{folder}state?{live.changes}", headers={"Host": f"127.0.0.1:{port}"})
        assert connection.sock
        linger = struct.pack("ii", 1, 0)
        connection.sock.setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, linger
        )  # so that it is torn, not closed
        time.sleep(0.2)
    time.sleep(0.2)
    live.show(b"new")
    time.sleep(0.5)
    assert capfd.readouterr() == ("", "")
