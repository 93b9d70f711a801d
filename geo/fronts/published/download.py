"""One file from the net: asked for politely, taken whole or not at all, within limits of size and time.

`pooch` fills a temporary file, compares its hash and puts it in its place. It knows neither validators nor pauses that
a server asks for nor limits, so the request itself is made here, as a downloader of its kind.
"""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from geo import __version__
from geo.errors import DataError
from geo.files import formats, limits, packing, saving
from geo.files.document import Content
from geo.fronts.published import answers
from geo.fronts.published.answers import Again, NotModified, refuse

if TYPE_CHECKING:
    from requests import Response

PAUSES_S = (1.0, 4.0)
"""Between the first request and those that repeat it."""
CONNECT_S, READ_S, WHOLE_S = 10.0, 30.0, 600.0
"""To reach a server, between two pieces of a file, and for the whole of it."""
MOST_REDIRECTS = 3
_PIECE, _TAIL = 65_536, 66_000
_AGENT = f"geo-scenarios/{__version__} (fetches fronts when its user asks for one)"

Tell = Callable[[int, int], None]
"""Told how many bytes came, and of how many; 0 where nobody knows."""


@dataclass(frozen=True)
class Validators:
    """What a server gave with a file, to be asked whether it is still the same."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True)
class Download:
    """A file as it came, whole, with what to ask the next time."""

    data: bytes
    validators: Validators


def download(
    address: str,
    *,
    known: Validators | None = None,
    sha256: str | None = None,
    tell: Tell = lambda done, of: None,
) -> Download | None:
    """Return the file at an address; None where it is still the one that has these validators.

    Raises
    ------
    DataError
        The server gives nothing, something else or too much, cannot be reached, or the file is not that of ``sha256``.
    """
    import pooch  # here, because this command alone needs it

    pooch.get_logger().setLevel("ERROR")  # it says what this program says in its own words
    courier = _Courier(known or Validators(), tell)
    expected = f"sha256:{sha256}" if sha256 else None
    with saving.make_scratch() as scratch:
        try:
            file = pooch.retrieve(address, expected, "download", scratch, downloader=courier)
        except NotModified:
            return None
        except ValueError as error:
            if expected is None:
                raise refuse(
                    address,
                    f"The address, or what its server answers, cannot be read ({error})",
                    "Check the address",
                ) from None
            raise answers.refuse_hash(address) from None
        return Download(Path(file).read_bytes(), courier.given)


@dataclass
class _Courier:
    """Fills the file that `pooch` names; ``given`` is what the server sent to validate it."""

    known: Validators
    tell: Tell
    given: Validators = field(default_factory=Validators)

    def __call__(self, url: str, output_file: str, pooch: Any, check_only: bool = False) -> None:
        for pause in (*PAUSES_S, None):
            try:
                return self._take(url, Path(output_file))
            except Again as again:
                if pause is None:
                    raise again.error from None
                time.sleep(max(pause, again.wait_s))
        raise AssertionError("the last request gives a file or an error")

    def _take(self, url: str, file: Path) -> None:
        """Fill the file within the time that all of it may take, however slowly the server goes on sending.

        Time-outs of a connection count from byte to byte, so the request is made in a thread that can be left.
        """
        came: Future[bytes] = Future()

        def take() -> None:
            try:
                came.set_result(self._request(url))
            except Exception as error:
                came.set_exception(error)

        threading.Thread(target=take, daemon=True).start()
        try:
            file.write_bytes(came.result(WHOLE_S))
        except TimeoutError:
            what = f"The file did not come whole within {WHOLE_S / 60:.0f} minutes"
            raise refuse(url, what, "Try again later") from None

    def _request(self, url: str) -> bytes:
        import requests

        try:
            with requests.Session() as session, closing(self._ask(session, url)) as response:
                answers.check_status(url, response)
                return self._read(url, response)
        except (requests.exceptions.SSLError, ssl.SSLError):
            what = "The server does not prove who it is (TLS)"
            raise refuse(url, what, "Check the address and this machine's date") from None
        except requests.exceptions.Timeout:
            raise Again(refuse(url, "The server does not answer in time", "Try again later")) from None
        except (requests.exceptions.InvalidURL, UnicodeError):
            raise refuse(url, "This is no web address", "Write it as in https://host/file.geojson") from None
        except requests.exceptions.ChunkedEncodingError:
            raise Again(answers.refuse_half(url)) from None
        except (requests.exceptions.RequestException, OSError):
            what = f"The server {urlsplit(url).hostname} cannot be reached"
            remedy = "Check the address and the network. Fronts that were fetched before need none"
            raise Again(refuse(url, what, remedy)) from None

    def _ask(self, session: Any, url: str) -> Response:
        """Ask for a file, and follow the server as long as it leads to itself."""
        headers = {"User-Agent": _AGENT, "Accept-Encoding": "identity"}
        if self.known.etag:
            headers["If-None-Match"] = self.known.etag
        if self.known.modified:
            headers["If-Modified-Since"] = self.known.modified
        at = url
        for _ in range(MOST_REDIRECTS + 1):
            response: Response = session.get(
                at,
                headers=headers,
                stream=True,
                allow_redirects=False,
                timeout=(CONNECT_S, READ_S),
                auth=lambda request: request,  # else a password of ~/.netrc is sent
            )
            if not response.is_redirect:
                return response
            response.close()
            at = answers.follow(url, at, response.headers["Location"])
        raise refuse(
            url, f"The server leads on more than {MOST_REDIRECTS} times", "Name the file's own address"
        )

    def _read(self, url: str, response: Response) -> bytes:
        given = response.headers
        response.raw.headers.discard("Content-Encoding")  # it is unpacked below, where the end of it counts
        length = given.get("Content-Length", "")
        whole = int(length[:20]) if length.isdecimal() else 0
        if whole > limits.DOWNLOAD_BYTES:
            raise _refuse_size(url)
        data = bytearray()
        for piece in response.iter_content(_PIECE):
            data += piece
            if len(data) > limits.DOWNLOAD_BYTES:
                raise _refuse_size(url)
            self.tell(len(data), whole)
        if len(data) != whole if length.isdecimal() else _is_cut_off(data):
            raise Again(answers.refuse_half(url))
        self.given = Validators(given.get("ETag"), given.get("Last-Modified"))
        is_packed = "Content-Encoding" in given and data.startswith(b"\x1f\x8b")
        return (
            packing.inflate(Content(Path(Path(urlsplit(url).path).name), bytes(data)))
            if is_packed
            else bytes(data)
        )


def _is_cut_off(data: bytearray) -> bool:
    """Ask whether a file ends before its format lets it; the end of one without a stated length may be a lost line."""
    key, tail = formats.recognise(bytes(data[: formats.HEAD_BYTES])).key, bytes(data[-_TAIL:])
    if key == "nothing":
        return True
    if key == "json":
        return not tail.rstrip(b" \t\r\n\0").endswith((b"}", b"]"))  # also of UTF-16
    return key == "zip" and b"PK\x05\x06" not in tail


def _refuse_size(url: str) -> DataError:
    what = f"The file is larger than {limits.DOWNLOAD_BYTES / 1e6:.0f} MB, the limit"
    return refuse(url, what, "Nothing of it was kept. Check the address")
