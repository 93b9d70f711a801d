"""Firefox and WebKitGTK, each started once and steered in the same few words."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

WATCH = """<script>
window.wrong = [];
addEventListener("error", (event) => wrong.push(String(event.message)));
addEventListener("unhandledrejection", (event) => wrong.push(String(event.reason)));
document.addEventListener("securitypolicyviolation", (event) => wrong.push(event.violatedDirective));
console.error = console.warn = (...words) => wrong.push(words.join(" "));
</script>
"""
"""Stands before the page's policy, which forbids every script that is not its own."""

FIND_FREE = """
const box = document.querySelector(".folium-map").getBoundingClientRect();
const isFree = ([x, y]) => {
  const there = document.elementFromPoint(x, y);
  return there?.closest(".folium-map") && !there.closest(".leaflet-interactive, .leaflet-control, button");
};
for (let y = box.top + 100; y < box.bottom - 160; y += 20) {
  for (let x = box.left + 100; x < box.right - 160; x += 20) {
    const corners = [[x, y], [x + 60, y], [x, y + 60]].map((spot) => spot.map(Math.round));
    if (corners.every(isFree)) {
      return corners;
    }
  }
}
return [];
"""
"""Three corners of a triangle on the map where nothing stands that takes a click for itself."""


@dataclass
class OtherBrowser:
    """A browser with one window: ``go`` opens an address, ``run`` a script's body, ``click`` a point of the window."""

    go: Callable[[str], None]
    run: Callable[..., Any]
    click: Callable[[int, int], None]

    def open(self, file: Path) -> None:
        """Open a page that notes its own complaints, and wait until its map is ready."""
        watched = file.with_name(f"watched-{file.name}")
        watched.write_text(
            file.read_text(encoding="utf-8").replace("<head>\n", f"<head>\n{WATCH}", 1), encoding="utf-8"
        )
        self.go(watched.as_uri())
        self.wait_until("document.documentElement.dataset.ready === 'map'")

    def wait_until(self, condition: str) -> None:
        """Wait up to ten seconds until an expression holds."""
        end = time.monotonic() + 10
        while not self.run(f"return Boolean({condition})"):
            assert time.monotonic() < end, f"never came true: {condition}"
            time.sleep(0.05)

    def find_free(self) -> list[list[int]]:
        """Return three points of the window where a click falls on the bare map."""
        found: list[list[int]] = self.run(FIND_FREE)
        assert len(found) == 3
        return found

    def click_on(self, selector: str) -> None:
        """Click the middle of an element."""
        self.click(
            *self.run(
                "const box = document.querySelector(arguments[0]).getBoundingClientRect();"
                "return [Math.round(box.left + box.width / 2), Math.round(box.top + box.height / 2)];",
                selector,
            )
        )

    def complaints(self) -> list[str]:
        """Return what went wrong in the page since it was opened."""
        found: list[str] = self.run("return window.wrong")
        return found


@contextmanager
def firefox(folder: Path) -> Iterator[OtherBrowser]:
    """Start Firefox and speak WebDriver BiDi with it, as it does by itself: Debian has no geckodriver."""
    executable = _need("firefox-esr", "firefox")
    websocket = pytest.importorskip("websocket")
    (folder / "user.js").write_text(
        'user_pref("network.proxy.type", 1);\nuser_pref("network.proxy.socks", "127.0.0.1");\n'
        'user_pref("network.proxy.socks_port", 9);\nuser_pref("remote.prefs.recommended", true);\n'
    )
    sizes = ["--width", "1440", "--height", "900"]
    command = [executable, "--headless", "--profile", str(folder), *sizes, "--remote-debugging-port", "0"]
    browser = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        line = websocket.create_connection(_find_address(folder), timeout=30, suppress_origin=True)
        numbers = itertools.count(1)

        def tell(method: str, **params: Any) -> Any:
            line.send(json.dumps({"id": next(numbers), "method": method, "params": params}))
            while "id" not in (answer := json.loads(line.recv())):
                pass  # an event
            assert answer["type"] == "success", answer
            return answer["result"]

        tell("session.new", capabilities={})
        tab = tell("browsingContext.getTree")["contexts"][0]["context"]

        def go(address: str) -> None:
            tell("browsingContext.navigate", context=tab, url=address, wait="complete")

        def run(script: str, *arguments: Any) -> Any:
            body = f"JSON.stringify([(function () {{ {script} }})(...{json.dumps(arguments)})])"
            found = tell("script.evaluate", expression=body, target={"context": tab}, awaitPromise=False)
            assert found["type"] == "success", found
            return json.loads(found["result"]["value"])[0]

        def click(x: int, y: int) -> None:
            press = [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp")]
            moves = [{"type": "pointerMove", "x": x, "y": y}, *press]
            mouse = {"type": "pointer", "id": "mouse", "actions": moves}
            tell("input.performActions", context=tab, actions=[mouse])

        yield OtherBrowser(go, run, click)
        line.close()
    finally:
        browser.terminate()
        browser.wait()


@contextmanager
def webkit(folder: Path) -> Iterator[OtherBrowser]:
    """Start WebKitGTK's small browser through its WebDriver, on a screen that nobody sees."""
    drives, screen = _need("WebKitWebDriver"), _need("Xvfb")
    small = next(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"), None)
    webdriver = pytest.importorskip("selenium.webdriver")
    actions = pytest.importorskip("selenium.webdriver.common.actions.action_builder")
    service = pytest.importorskip("selenium.webdriver.webkitgtk.service")
    reading, writing = os.pipe()
    display = subprocess.Popen(
        [screen, "-displayfd", str(writing), "-screen", "0", "1440x900x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    window = None
    try:
        number = os.read(reading, 16).decode().strip()
        options = webdriver.WebKitGTKOptions()
        options.binary_location = str(small)
        options.add_argument("--automation")
        plain = {
            "GDK_BACKEND": "x11",
            "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
        }  # the screen has no graphics card
        environment = {**os.environ, **plain, "DISPLAY": f":{number}", "XDG_DATA_HOME": str(folder)}
        window = webdriver.WebKitGTK(options=options, service=service.Service(drives, env=environment))
        window.set_window_rect(0, 0, 1440, 900)

        def click(x: int, y: int) -> None:
            mouse = actions.ActionBuilder(window)
            mouse.pointer_action.move_to_location(x, y).click()
            mouse.perform()

        yield OtherBrowser(window.get, window.execute_script, click)
    finally:
        if window:
            window.quit()
        display.terminate()
        display.wait()
        os.close(reading)
        os.close(writing)


def _need(*names: str) -> str:
    """Return the path of the first program there is; without one skip (with GEO_REQUIRE_OTHER_BROWSERS=1: fail)."""
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        missing = f"{' or '.join(names)} is not on the PATH"
        if os.environ.get("GEO_REQUIRE_OTHER_BROWSERS") == "1":
            pytest.fail(missing)
        pytest.skip(missing)
    return found


def _find_address(folder: Path) -> str:
    """Return where Firefox listens, which it writes into its profile."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with suppress(OSError, ValueError):
            found = json.loads((folder / "WebDriverBiDiServer.json").read_text())
            return f"ws://{found['ws_host']}:{found['ws_port']}/session"
        time.sleep(0.1)
    raise AssertionError("Firefox does not listen")
