"""The server that shows the newest map: what it answers, to whom, and what a page makes of it."""

from __future__ import annotations

import http.client
import json
import threading
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from geo.cli.live import Live
from geo.renderers.webmap import livepage

if TYPE_CHECKING:
    from playwright.sync_api import Browser

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
