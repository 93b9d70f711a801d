"""What a server's answer means: a file, the same as before, a reason to ask again, a way elsewhere, or an error."""

from __future__ import annotations

import email.utils
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urljoin, urlsplit

from geo.errors import DataError
from geo.fronts.published.publishers import strip_address

if TYPE_CHECKING:
    from requests import Response

LONGEST_PAUSE_S = 60.0
"""That a server may ask for; it is left alone where it asks for more."""
_AGAIN = (429, 500, 502, 503, 504)
_PORTS = {"http": 80, "https": 443}


class MissingError(DataError):
    """The server has no such file, as of a day that was not published."""


class LeaveError(DataError):
    """The server asks to be left alone for longer than is waited."""


class NotModified(Exception):  # noqa: N818
    """The file is still the same."""


class Again(Exception):  # noqa: N818
    """The request may be repeated, after as long as the server asks for; ``error`` is what becomes of it at last."""

    def __init__(self, error: DataError, wait_s: float = 0.0) -> None:
        self.error, self.wait_s = error, wait_s


def check_status(url: str, response: Response) -> None:
    """Return where the answer is the whole file.

    Raises
    ------
    NotModified
        It is the file that is here.
    Again
        The server is busy for a while.
    DataError
        It gives no file.
    """
    status = response.status_code
    if status == 304:
        raise NotModified
    if status == 200:
        return
    if status in (401, 403):
        what = f"The server asks for a permission ({status})"
        raise refuse(url, what, "Ask its publisher, save the file yourself, and name the file")
    if status in (404, 410):
        what = f"The server has no such file ({status})"
        raise MissingError.of(strip_address(url), what, "Choose another day.")
    if status in _AGAIN:
        wait_s = _read_wait(response.headers.get("Retry-After", ""))
        what = f"The server is busy ({status})"
        if wait_s > LONGEST_PAUSE_S:
            raise LeaveError.of(
                strip_address(url), f"{what} and asks to wait {wait_s:,.0f} s", "Try again then."
            )
        raise Again(refuse(url, what, "Try again later"), wait_s)
    raise refuse(url, f"The server answers with status {status}", "Check the address")


def follow(url: str, at: str, location: str) -> str:
    """Return where the server leads, if that is the same server, and as safe.

    Another host is another server, and so is another port of the same one, but for the way from http to https.

    Raises
    ------
    DataError
        It leads to another one, or nowhere.
    """
    here = urlsplit(at)
    try:
        target = urljoin(at, location)
        there = urlsplit(target)
        ports = (_find_port(here), _find_port(there))
        is_same = here.hostname == there.hostname and (ports[0] == ports[1] or ports == (80, 443))
        is_address = there.scheme in _PORTS
    except ValueError:
        is_address = False
    if not is_address:
        raise refuse(url, "The server leads to what is no web address", "Ask its publisher")
    if here.hostname == there.hostname and (here.scheme, there.scheme) == ("https", "http"):
        raise refuse(url, "The server leads to an address that is not encrypted", "Ask its publisher")
    if "@" in there.netloc or not is_same:
        what = f"The server leads to another one, {there.netloc.rpartition('@')[2]}, which you did not name"
        raise refuse(url, what, f"If you trust it, fetch from there: {strip_address(target)}")
    return target


def _find_port(parts: SplitResult) -> int | None:
    return parts.port or _PORTS.get(parts.scheme)


def _read_wait(text: str) -> float:
    """Return the seconds that a header ``Retry-After`` asks for, given as such or as a moment."""
    if text.strip().isdecimal():
        return float(text)
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds())


def refuse_half(url: str) -> DataError:
    """Return the error of a file of which only a part came."""
    return refuse(url, "Only a part of the file came", "Nothing of it was kept. Try again later")


def refuse_hash(url: str) -> DataError:
    """Return the error of a file that is not the one whose hash was named."""
    what = "What came is not the file whose SHA-256 was named"
    return refuse(url, what, "Nothing was stored. Ask its publisher, or leave --sha256 out")


def refuse(url: str, what: str, remedy: str) -> DataError:
    """Return the error of an address; what may be a secret in it is not told."""
    return DataError.of(strip_address(url), what, f"{remedy}.")
