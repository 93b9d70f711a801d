"""A publisher's server on this machine, which answers well or badly, and files of the shape that publishers have."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import http.server
import io
import json
import threading
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import MultiPolygon, box, mapping

from tests.made_up.occupied import COARSE, build_collection, build_day

Handler = http.server.BaseHTTPRequestHandler
Answer = Callable[[Handler], None]


@dataclass
class Site:
    """A server: its address, what it answers to each path, and what it was asked for."""

    address: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)

    def find(self, path: str) -> str:
        """Return the address of a path."""
        return self.address + path

    @property
    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [path for path, _ in self.asked]


@contextlib.contextmanager
def serve() -> Iterator[Site]:
    """Run a server as long as it is needed; what it has no answer to is not there."""
    site = Site()

    class Serving(Handler):
        protocol_version = "HTTP/1.0"  # the end of an answer without a length is the end of the connection

        def do_GET(self) -> None:  # noqa: N802
            path = self.path.partition("?")[0]
            site.asked.append((self.path, dict(self.headers.items())))
            with contextlib.suppress(ConnectionError):
                site.answers.get(path, refuse(404))(self)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Serving)
    server.daemon_threads = True
    site.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


def give(data: bytes, etag: str | None = None) -> Answer:
    """Answer with a file, or with 304 to who has it already."""

    def answer(handler: Handler) -> None:
        if etag and handler.headers.get("If-None-Match") == etag:
            return refuse(304)(handler)
        return refuse(200, data, **({"ETag": etag} if etag else {}))(handler)

    return answer


def refuse(status: int, data: bytes = b"", **headers: str) -> Answer:
    """Answer with a status."""

    def answer(handler: Handler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        if status != 304 and "Content_Length" not in headers:
            handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    return answer


def offer_day(site: Site, day: date, data: bytes | None = None) -> str:
    """Let a server have the daily file of a day, and return its path."""
    path = f"/deepstatemap_data_{day:%Y%m%d}.geojson"
    data = build_line() if data is None else data
    site.answers[path] = give(data, hashlib.sha256(data).hexdigest())
    return path


def announce(size: int) -> Answer:
    """Announce a file of a size, and send nothing of it."""

    def answer(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(size))
        handler.end_headers()

    return answer


def give_half(data: bytes) -> Answer:
    """Announce a whole file, and end after half of it."""

    def answer(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data[: len(data) // 2])

    return answer


def give_unmeasured(data: bytes) -> Answer:
    """Answer with a file without saying how long it is; its end is that of the connection."""

    def answer(handler: Handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(data)

    return answer


def give_in_pieces(data: bytes, *, is_cut_off: bool = False) -> Answer:
    """Answer with pieces of stated length, after the last of which an empty one comes unless it is cut off."""

    def answer(handler: Handler) -> None:
        handler.protocol_version = "HTTP/1.1"
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        for start in range(0, len(data), 500):
            piece = data[start : start + 500]
            handler.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece))
        if not is_cut_off:
            handler.wfile.write(b"0\r\n\r\n")

    return answer


def give_without_end(handler: Handler) -> None:
    """Send blanks until nobody listens."""
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b" " * 2**18)


def give_slowly(handler: Handler) -> None:
    """Send a byte now and then until nobody listens."""
    handler.send_response(200)
    handler.end_headers()
    drip(handler)


def drip(handler: Handler) -> None:
    """Send a byte now and then until nobody listens."""
    wait = threading.Event().wait  # not `time.sleep`, which a test may have replaced
    while True:
        handler.wfile.write(b" ")
        wait(0.02)


def give_in_turn(*answers: Answer) -> Answer:
    """Give one answer after another, and the last one from then on."""
    left = list(answers)

    def answer(handler: Handler) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(handler)

    return answer


def build_daily(shift_deg: float = 0.0) -> bytes:
    """Return a daily file of an occupied area, one MultiPolygon with empty properties, its day in its name only."""
    area = shapely.transform(MultiPolygon([COARSE]), lambda lonlats: lonlats - [shift_deg, 0.0])
    return json.dumps(build_collection(area)).encode()


def build_line(shift_deg: float = 0.0) -> bytes:
    """Return a file of a line of contact, which takes no time to derive, its day in its name only."""
    line = {"type": "LineString", "coordinates": [[37.9 - shift_deg, 50.1], [36.2, 47.5], [32.4, 46.6]]}
    feature = {"type": "Feature", "properties": {}, "geometry": line}
    member = {"rule": "Derived elsewhere."}  # so that it is not searched for a state border
    return json.dumps({"type": "FeatureCollection", "front": member, "features": [feature]}).encode()


@functools.cache
def build_cells() -> tuple[bytes, tuple[tuple[int, Any], ...]]:
    """Return places of a square lattice in the east and south with the ground around each, as a file and in pairs."""
    step, cells = 0.2, []
    for row in range(36):
        for column in range(50):
            west, south = 30.8 + step * column, 44.2 + step * row
            cells.append((700_000 + 100 * row + column, box(west, south, west + step, south + step)))
    features = [
        {
            "type": "Feature",
            "properties": {"geonameid": name, "asciiname": f"Place {name}", "longitude": cell.centroid.x},
            "geometry": mapping(cell),
        }
        for name, cell in cells
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode(), tuple(cells)


def build_control(days: Mapping[str, float], *, is_wide: bool = False) -> bytes:
    """Return who controls each place as a zip archive with a table, long or wide, of days with a shift each."""
    _, cells = build_cells()
    called = {day: _call_all(shift) for day, shift in days.items()}
    if is_wide:
        header = "geonameid,name," + ",".join(f"ctr_{day}060000" for day in days)
        rows = [
            ",".join([str(name), '"A, place"', *(called[day][index] for day in days)])
            for index, (name, _) in enumerate(cells)
        ]
    else:
        header = "geonameid,date,status_wiki,status_boost,status_dsm,status_isw,status"
        rows = [
            f"{name},{day},,,,,{called[day][index]}" for index, (name, _) in enumerate(cells) for day in days
        ]
    return pack({"control_latest.csv": "\n".join([header, *rows, ""]).encode()})


@functools.cache
def _call_all(shift_deg: float) -> list[str]:
    """Return who controls each place: the occupied area of a made-up day, moved west, with a contested strip."""
    area = shapely.transform(occupied_area(), lambda lonlats: lonlats - [shift_deg, 0.0])
    centres = shapely.centroid([cell for _, cell in build_cells()[1]])
    away = shapely.distance(area, centres)
    return ["RU" if far == 0 else "CONTESTED" if far < 0.05 else "UA" for far in away]


@functools.cache
def occupied_area() -> MultiPolygon:
    """Return the occupied area of a made-up day, Crimea included."""
    return build_day(4, pockets=0).area


def pack(files: Mapping[str, bytes]) -> bytes:
    """Return a zip archive of files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def save_table(folder: Path, site: Site, names: Sequence[str] = ("deepstate-archive", "viina")) -> None:
    """Write a user's table of sources that has those of the shipped one, with this server's addresses."""
    from geo.fronts.published import publishers

    lines = []
    for name in names:
        each = publishers.read_publishers()[name]
        texts = {
            "name": each.name,
            "publisher": each.publisher,
            "about": each.about,
            "format": each.format,
            "terms": each.terms,
            "terms_address": each.terms_address,
            "licence": each.licence,
            "redistribution": each.redistribution,
            "citation": each.citation,
            **{key: _move(getattr(each, key), site) for key in ("address", "cells") if getattr(each, key)},
        }
        lines += [f"[{name}]", f"since = {each.since}"]
        lines += [f"{key} = {json.dumps(text, ensure_ascii=False)}" for key, text in texts.items()]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "publishers.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _move(address: str, site: Site) -> str:
    return site.find("/" + address.rpartition("/")[2])
