"""One file from the net: asked for politely, taken whole or not at all, within limits of size and time.

`pooch` fills a temporary file, compares its hash and puts it in its place. It knows neither validators nor pauses that
a server asks for nor limits, so the request itself is made here, as a downloader of its kind.
"""

from __future__ import annotations

import email.utils
import ssl
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from geo import __version__
from geo.errors import DataError
from geo.files import limits, saving
from geo.fronts.published.publishers import strip_address

if TYPE_CHECKING:
    from requests import Response

PAUSES_S = (1.0, 4.0)
"""Between the first request and those that repeat it."""
LONGEST_PAUSE_S = 60.0
"""That a server may ask for; it is left alone where it asks for more."""
CONNECT_S, READ_S, WHOLE_S = 10.0, 30.0, 600.0
"""To reach a server, between two pieces of a file, and for the whole of it."""
MOST_REDIRECTS = 3
_PIECE = 65_536
_AGAIN = (429, 500, 502, 503, 504)
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
        except _NotModified:
            return None
        except ValueError as error:
            if expected is None:
                raise _refuse(
                    address, f"The server's answer cannot be read ({error})", "Check the address"
                ) from None
            raise refuse_hash(address) from None
        return Download(Path(file).read_bytes(), courier.given)


def refuse_hash(address: str) -> DataError:
    """Return the error of a file that is not the one whose hash was named."""
    what = "What came is not the file whose SHA-256 was named"
    return _refuse(address, what, "Nothing was stored. Ask its publisher, or leave --sha256 out")


def refuse_nothing(address: str) -> DataError:
    """Return the error of a server that says a file is still the same which it never gave."""
    return _refuse(
        address, "The server gives nothing: it says that the file is still the same", "Try again later"
    )


class _NotModified(Exception):  # noqa: N818
    """The file is still the same."""


class _Again(Exception):  # noqa: N818
    """The request may be repeated, after as long as the server asks for; ``error`` is what becomes of it at last."""

    def __init__(self, error: DataError, wait_s: float = 0.0) -> None:
        self.error, self.wait_s = error, wait_s


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
            except _Again as again:
                if pause is None or again.wait_s > LONGEST_PAUSE_S:
                    raise again.error from None
                time.sleep(max(pause, again.wait_s))
        raise AssertionError("the last request gives a file or an error")

    def _take(self, url: str, file: Path) -> None:
        import requests

        deadline = time.monotonic() + WHOLE_S
        try:
            with requests.Session() as session, closing(self._ask(session, url)) as response:
                _check_status(url, response)
                self._fill(url, response, file, deadline)
        except (requests.exceptions.SSLError, ssl.SSLError):
            what = "The server does not prove who it is (TLS)"
            raise _refuse(url, what, "Check the address and this machine's date") from None
        except requests.exceptions.Timeout:
            raise _Again(_refuse(url, "The server does not answer in time", "Try again later")) from None
        except (requests.exceptions.InvalidURL, UnicodeError):
            raise _refuse(url, "This is no web address", "Write it as in https://host/file.geojson") from None
        except (requests.exceptions.RequestException, OSError) as error:
            if isinstance(error, requests.exceptions.ChunkedEncodingError):
                raise _Again(_refuse_half(url)) from None
            what = f"The server {urlsplit(url).hostname} cannot be reached"
            remedy = "Check the address and the network. Fronts that were fetched before need none"
            raise _Again(_refuse(url, what, remedy)) from None

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
            at = _follow(url, at, response.headers["Location"])
        raise _refuse(
            url, f"The server leads on more than {MOST_REDIRECTS} times", "Name the file's own address"
        )

    def _fill(self, url: str, response: Response, file: Path, deadline: float) -> None:
        given = response.headers
        length = given.get("Content-Length", "")
        whole = int(length) if length.isdecimal() and "Content-Encoding" not in given else 0
        if whole > limits.DOWNLOAD_BYTES:
            raise _refuse_size(url)
        done = 0
        with file.open("wb") as stream:
            for piece in response.iter_content(_PIECE):
                done += len(piece)
                if done > limits.DOWNLOAD_BYTES:
                    raise _refuse_size(url)
                if time.monotonic() > deadline:
                    what = f"The file did not come whole within {WHOLE_S / 60:.0f} minutes"
                    raise _refuse(url, what, "Try again later")
                stream.write(piece)
                self.tell(done, whole)
        if whole and done != whole:
            raise _Again(_refuse_half(url))
        self.given = Validators(given.get("ETag"), given.get("Last-Modified"))


def _check_status(url: str, response: Response) -> None:
    status = response.status_code
    if status == 304:
        raise _NotModified
    if status == 200:
        return
    if status in (401, 403):
        what = f"The server asks for a permission ({status})"
        raise _refuse(url, what, "Ask its publisher, save the file yourself, and name the file")
    if status in (404, 410):
        raise MissingError.of(
            strip_address(url), f"The server has no such file ({status})", "Choose another day."
        )
    if status in _AGAIN:
        wait_s = _read_wait(response.headers.get("Retry-After", ""))
        what = f"The server is busy ({status})"
        if wait_s > LONGEST_PAUSE_S:
            raise _Again(_refuse(url, f"{what} and asks to wait {wait_s:,.0f} s", "Try again then"), wait_s)
        raise _Again(_refuse(url, what, "Try again later"), wait_s)
    raise _refuse(url, f"The server answers with status {status}", "Check the address")


class MissingError(DataError):
    """The server has no such file, as of a day that was not published."""


def _follow(url: str, at: str, location: str) -> str:
    """Return where the server leads, if it is the same server, and as safe.

    Raises
    ------
    DataError
        It leads to another one.
    """
    target = urljoin(at, location)
    here, there = urlsplit(at), urlsplit(target)
    if here.hostname != there.hostname or "@" in there.netloc:
        what = f"The server leads to another one, {there.hostname}, which you did not name"
        raise _refuse(url, what, f"If you trust it, fetch from there: {strip_address(target)}")
    if there.scheme != "https" and there.scheme != here.scheme:
        raise _refuse(url, "The server leads to an address that is not encrypted", "Ask its publisher")
    return target


def _read_wait(text: str) -> float:
    """Return the seconds that a header ``Retry-After`` asks for, given as such or as a moment."""
    if text.strip().isdecimal():
        return float(text)
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds())


def _refuse_half(url: str) -> DataError:
    return _refuse(url, "Only a part of the file came", "Nothing of it was kept. Try again later")


def _refuse_size(url: str) -> DataError:
    what = f"The file is larger than {limits.DOWNLOAD_BYTES / 1e6:.0f} MB, the limit"
    return _refuse(url, what, "Nothing of it was kept. Check the address")


def _refuse(url: str, what: str, remedy: str) -> DataError:
    return DataError.of(strip_address(url), what, f"{remedy}.")
