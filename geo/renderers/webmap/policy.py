"""The Content-Security-Policy of a page: what may run, apply and be loaded, by hash and by address."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from geo.renderers.webmap.fragments import Need
from geo.renderers.webmap.network import list_hosts, read_host

_NONE = "'none'"


@dataclass(frozen=True)
class Extra:
    """What a page with elements of its user's may do besides.

    ``styles`` are style sheets of its own, ``inline`` the scripts and ``inline_styles`` the style sheets that stand in
    its HTML, ``handlers`` the event handlers there; ``needs`` are files from elsewhere.
    """

    styles: Sequence[str] = ()
    inline: Sequence[str] = ()
    inline_styles: Sequence[str] = ()
    handlers: Sequence[str] = ()
    needs: Sequence[Need] = ()


def build_policy(scripts: Sequence[str], styles: Sequence[str], extra: Extra | None = None) -> str:
    """Return a policy under which exactly these inline scripts and styles run, if any, and nothing is fetched.

    With ``extra``, elements may carry a style of their own, which can fetch nothing either; exactly the scripts that
    are needed may be loaded, and other files from the servers that are named.
    """
    script_sources = [_hash(text) for text in scripts]
    style_sources = [_hash(text) for text in styles]
    images, more = ["data:"], []
    if extra:
        script_sources += map(_hash, extra.inline)
        script_sources += [_spell(need.address) for need in extra.needs if need.kind in ("script", "tag")]
        if extra.handlers:
            script_sources += ["'unsafe-hashes'", *map(_hash, extra.handlers)]
        sheets, others = _name_servers(extra.needs, "style"), _name_servers(extra.needs, "other")
        style_sources += [*map(_hash, extra.inline_styles), *sheets]
        images += _name_servers(extra.needs)
        more = ["style-src-attr 'unsafe-inline'", f"frame-src {' '.join(['data:', *others])}"]
        more += [f"font-src {' '.join(sheets)}"] if sheets else []
        more += [f"{kind}-src {' '.join(others)}" for kind in ("connect", "media") if others]
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {' '.join(script_sources) or _NONE}",
            f"style-src {' '.join(style_sources)}",
            f"img-src {' '.join(images)}",
            *more,
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _name_servers(needs: Sequence[Need], kind: str | None = None) -> list[str]:
    """Return the servers of files, or of those of one kind, as a policy names them."""
    return [f"https://{host}" for host in list_hosts(need for need in needs if kind in (None, need.kind))]


def _spell(address: str) -> str:
    """Return a script's address as a policy can spell it, its server where it cannot."""
    whole = address.partition("?")[0].partition("#")[0]
    return whole if re.fullmatch(r"[\w:/.@~%+-]+", whole) else f"https://{read_host(address)}"


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
