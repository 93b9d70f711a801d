"""One file from a server on this machine, which answers in every way that servers on the net do."""

from __future__ import annotations

import gzip
import hashlib
import socket
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from geo.errors import DataError
from geo.files import limits
from geo.fronts.published import download
from geo.fronts.published.answers import MissingError
from geo.fronts.published.download import Validators
from tests.made_up import site as publisher
from tests.made_up.site import Answer, Site

DATA = b'{"type": "FeatureCollection", "features": []}' * 50


@pytest.fixture(scope="module")
def server() -> Iterator[Site]:
    """A server that all tests share."""
    with publisher.serve() as running:
        yield running


@pytest.fixture(autouse=True)
def slept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[float]:
    """The pauses that are made, none of which is waited for; temporary files go to a folder of the test's own."""
    pauses: list[float] = []
    monkeypatch.setattr(time, "sleep", pauses.append)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return pauses


def ask(server: Site, answer: Answer, **more: object) -> download.Download | None:
    server.answers = {"/file.geojson": answer}
    server.asked.clear()
    return download.download(server.find("/file.geojson"), **more)  # type: ignore[arg-type]


def test_a_file_comes_whole_with_one_request(server: Site, tmp_path: Path) -> None:
    """One request that says who asks brings the file and its validators, and leaves no temporary file."""
    told: list[tuple[int, int]] = []
    got = ask(server, publisher.give(DATA, '"1"'), tell=lambda done, of: told.append((done, of)))
    assert got is not None
    assert (got.data, got.validators.etag) == (DATA, '"1"')
    assert told[-1] == (len(DATA), len(DATA))
    ((_, headers),) = server.asked
    assert headers["User-Agent"].startswith("geo-scenarios/0.1")
    assert not list(tmp_path.iterdir())


def test_what_is_the_same_does_not_come_again(server: Site) -> None:
    """A server that is told the validator of the file here answers that it is the same."""
    known = Validators('"1"', "Sat, 22 Aug 2026 06:00:00 GMT")
    assert ask(server, publisher.give(DATA, '"1"'), known=known) is None
    ((_, headers),) = server.asked
    assert headers["If-None-Match"] == '"1"'
    assert headers["If-Modified-Since"] == known.modified
    assert ask(server, publisher.give(DATA, '"2"'), known=known) is not None


@pytest.mark.parametrize(
    ("answer", "words", "requests"),
    [
        (publisher.refuse(401), "asks for a permission", 1),
        (publisher.refuse(403), "asks for a permission", 1),
        (publisher.refuse(404), "no such file", 1),
        (publisher.refuse(418), "status 418", 1),
        (publisher.refuse(503), "busy", 3),
        (publisher.refuse(429, Retry_After="3600"), "asks to wait 3,600 s", 1),
        (publisher.give_half(DATA), "Only a part", 3),
        (publisher.refuse(302, Location="http://localhost:1/other.geojson"), "another one, localhost", 1),
        (publisher.refuse(302, Location="http://127.0.0.1:1/other.geojson"), "another one, 127.0.0.1:1", 1),
        (publisher.refuse(302, Location="//127.0.0.1/file.geojson"), "another one, 127.0.0.1, ", 1),
        (publisher.refuse(302, Location="http://127.0.0.1:x/"), "leads to what is no web address", 1),
        (publisher.refuse(302, Location="file:///etc/passwd"), "leads to what is no web address", 1),
        (publisher.refuse(302, Location="/file.geojson"), "leads on more than", 4),
        (publisher.refuse(206, DATA), "status 206", 1),
        (publisher.give_unmeasured(DATA[:-20]), "Only a part", 3),
        (publisher.give_unmeasured(publisher.pack({"a.json": DATA})[:-30]), "Only a part", 3),
        (publisher.refuse(200, DATA, Content_Length="9" * 5000), "larger than 100 MB", 1),
        (publisher.announce(10**12), "larger than 100 MB", 1),
    ],
)
def test_what_cannot_be_used_is_said(
    server: Site, tmp_path: Path, answer: Answer, words: str, requests: int
) -> None:
    """Every other answer is one sentence that names address and remedy; only what may pass is asked for again."""
    with pytest.raises(DataError, match=words) as caught:
        ask(server, answer)
    assert str(caught.value).startswith(server.find("/file.geojson: "))
    assert len(server.asked) == requests
    assert not list(tmp_path.iterdir())


def test_a_missing_file_is_told_apart(server: Site) -> None:
    """A day that is not there is an error of its own, for of a series it does no harm."""
    with pytest.raises(MissingError):
        ask(server, publisher.refuse(404))


def test_a_busy_server_is_given_time(server: Site, slept: list[float]) -> None:
    """Pauses grow, and are as long as the server asks for, in seconds or until a moment."""
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=40), usegmt=True)
    busy = publisher.give_in_turn(
        publisher.refuse(429, Retry_After="7"), publisher.refuse(503, Retry_After=soon), publisher.give(DATA)
    )
    got = ask(server, busy)
    assert got is not None and got.data == DATA
    assert slept[0] == 7
    assert 30 < slept[1] <= 40
    ask(
        server, publisher.give_in_turn(publisher.refuse(500), publisher.give_half(DATA), publisher.give(DATA))
    )
    assert tuple(slept[2:]) == download.PAUSES_S


def test_a_server_may_lead_to_itself(server: Site) -> None:
    """A redirect to the same host and port is followed."""
    server.answers = {"/old": publisher.refuse(301, Location="/new"), "/new": publisher.give(DATA)}
    got = download.download(server.find("/old"))
    assert got is not None and got.data == DATA


@pytest.mark.parametrize(
    "data",
    [
        DATA,
        DATA + b"\n",
        DATA.decode().encode("utf-16"),
        DATA.decode().encode("utf-16-be"),
        publisher.pack({"a.json": DATA}),
        b"<kml/>",
        b"text",
    ],
)
def test_a_file_may_come_without_its_length(server: Site, data: bytes) -> None:
    """Where a server does not say how long a file is, the file is whole if it ends as its format has it."""
    got = ask(server, publisher.give_unmeasured(data))
    assert got is not None and got.data == data


def test_a_file_in_pieces_comes_whole_or_not_at_all(server: Site) -> None:
    """Pieces of stated length end with an empty one; where that does not come, the file is not whole."""
    got = ask(server, publisher.give_in_pieces(DATA))
    assert got is not None and got.data == DATA
    with pytest.raises(DataError, match="Only a part"):
        ask(server, publisher.give_in_pieces(DATA, is_cut_off=True))


def test_a_packed_answer_comes_whole_or_not_at_all(server: Site) -> None:
    """An answer that is packed, which nobody asked for, is unpacked within the limit, and known when it is cut off."""
    packed = gzip.compress(DATA)
    for answer in (packed, DATA):  # some servers say so of what is not packed
        got = ask(server, publisher.refuse(200, answer, Content_Encoding="gzip"))
        assert got is not None and got.data == DATA
    for answer, words in (
        (packed[:-30], "damaged or cut off"),
        (gzip.compress(bytes(3 * 10**8), 1), "unpacks to more than 200 MB"),
    ):
        with pytest.raises(DataError, match=words):
            ask(server, publisher.refuse(200, answer, Content_Encoding="gzip"))


def test_a_server_that_goes_on_sending_its_head_is_left(
    server: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bytes that come one by one before the file begins do not take longer than the file may."""
    monkeypatch.setattr(download, "WHOLE_S", 0.3)

    def go_on(handler: publisher.Handler) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\nX-Long: ")
        publisher.drip(handler)

    with pytest.raises(DataError, match="did not come whole within"):
        ask(server, go_on)


def test_a_file_without_end_is_cut_off(server: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither an endless file nor one that comes drop by drop fills the disk or the day."""
    monkeypatch.setattr(limits, "DOWNLOAD_BYTES", 2_000_000)
    with pytest.raises(DataError, match="larger than 2 MB"):
        ask(server, publisher.give_without_end)
    monkeypatch.setattr(download, "WHOLE_S", 0.2)
    with pytest.raises(DataError, match="did not come whole"):
        ask(server, publisher.give_slowly)
    assert not list(tmp_path.iterdir())


def test_a_silent_server_is_left(server: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that sends nothing is given up after the pause between two pieces, and two more tries."""
    monkeypatch.setattr(download, "READ_S", 0.1)
    wait = time.monotonic

    def say_nothing(_: object) -> None:
        end = wait() + 0.4
        while wait() < end:
            pass

    with pytest.raises(DataError, match="does not answer in time"):
        ask(server, say_nothing)
    assert len(server.asked) == 3


def test_the_hash_that_was_named_counts(server: Site, tmp_path: Path) -> None:
    """A file of another hash than the one named is not taken."""
    assert ask(server, publisher.give(DATA), sha256=hashlib.sha256(DATA).hexdigest()) is not None
    with pytest.raises(DataError, match="not the file whose SHA-256"):
        ask(server, publisher.give(DATA), sha256="0" * 64)
    assert not list(tmp_path.iterdir())


def test_without_a_network_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """A port where nobody listens, and a name that nobody knows, are told with what still works."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(DataError, match=r"127\.0\.0\.1 cannot be reached.*fetched before need none"):
        download.download(f"http://127.0.0.1:{port}/file.geojson")

    def know_nobody(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", know_nobody)
    with pytest.raises(DataError, match="invalid cannot be reached"):
        download.download("http://publisher.invalid/file.geojson")


def test_no_secret_is_told(server: Site) -> None:
    """What stands behind the question mark of an address may be a key, and is in no message."""
    with pytest.raises(DataError) as caught:
        download.download(server.find("/nowhere.geojson?token=geheim"))
    assert "geheim" not in str(caught.value)
