"""A server for this machine alone that shows the newest map of a command, or why it could not be drawn."""

from __future__ import annotations

import json
import secrets
import sys
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_HOST = "127.0.0.1"
_LONGEST_S = 20.0  # a browser that waits longer for an answer may give up


@dataclass
class Live:
    """The newest map, and why the last save could not be drawn; empty where it could.

    ``drawn`` counts the maps, and ``changes`` all that a page may want to know of.
    """

    parts: dict[str, tuple[str, bytes]]
    policy: str
    page: bytes
    drawn: int = 1
    changes: int = 1
    error: str = ""
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def show(self, page: bytes) -> None:
        """Show another map from now on."""
        with self._changed:
            self.page, self.error, self.drawn = page, "", self.drawn + 1
            self._tell()

    def tell(self, error: str) -> None:
        """Show why a save could not be drawn, over the map of the save before."""
        with self._changed:
            self.error = error
            self._tell()

    def _tell(self) -> None:
        self.changes += 1
        self._changed.notify_all()

    def wait(self, known: str) -> dict[str, Any]:
        """Return the state once something changed since the one that a page knows by its number, or after a while."""
        with self._changed:
            self._changed.wait_for(lambda: str(self.changes) != known, _LONGEST_S)
            return {"changes": self.changes, "drawn": self.drawn, "error": self.error}

    def serve(self) -> str:
        """Serve from now on, in threads that end with the command, and return the address."""
        folder = f"/{secrets.token_urlsafe(9)}/"
        server = _Server((_HOST, 0), _build_handler(self, folder))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://{_HOST}:{server.server_port}{folder}"


class _Server(ThreadingHTTPServer):
    """Says nothing of a page that is closed while it waits: stderr is for the user."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Tell what is wrong with the server alone."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def _build_handler(live: Live, folder: str) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """Answers to this machine what lies in the folder, whose name cannot be guessed; nothing is read from disk."""

        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path, _, query = self.path.partition("?")
            address: Any = self.server.server_address
            port = address[1]
            is_ours = self.headers.get("Host") in (f"{_HOST}:{port}", f"localhost:{port}")
            name = path.removeprefix(folder) if is_ours and path.startswith(folder) else None
            if name == "map":
                self._answer("text/html; charset=utf-8", live.page)
            elif name == "state":
                self._answer("application/json", json.dumps(live.wait(query)).encode())
            elif name in live.parts:
                kind, body = live.parts[name]
                self._answer(kind, body, live.policy)
            else:
                self.send_error(404)

        def _answer(self, kind: str, body: bytes, policy: str | None = None) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
            self.send_header("X-Content-Type-Options", "nosniff")
            if policy:
                self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *told: Any) -> None:
            """Say nothing."""

    return Handler
