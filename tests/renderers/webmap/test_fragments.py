"""Pieces of HTML are read for what runs in them and what they load."""

from __future__ import annotations

import pytest

from geo.renderers.webmap.fragments import Need, read_fragment


def test_scripts_styles_and_handlers_are_found_whole() -> None:
    """The text of each script and style is found as it stands, and the text of each handler unescaped."""
    found = read_fragment(
        "<p onclick='go(&quot;x&quot;)'>text</p><script>if (a < b) { '<p>' }</script><style>p > b { top: 0 }</style>"
    )
    assert found.scripts == ["if (a < b) { '<p>' }"]
    assert found.styles == ["p > b { top: 0 }"]
    assert found.handlers == ['go("x")']
    assert found.needs == []


@pytest.mark.parametrize(
    ("text", "kind", "address"),
    [
        ("<script src='https://a.org/x.js'></script>", "script", "https://a.org/x.js"),
        ("<link rel=stylesheet href=https://a.org/x.css>", "style", "https://a.org/x.css"),
        ("<img src='photo.jpg'>", "other", "photo.jpg"),
        ("<img srcset='https://a.org/2.png 2x'>", "other", "https://a.org/2.png"),
        ("<iframe src=//a.org></iframe>", "other", "//a.org"),
        ("<video poster='http://a.org/x.png'>", "other", "http://a.org/x.png"),
        ("<p style='background: url(https://a.org/x.png)'>", "other", "https://a.org/x.png"),
        ('<style>p { background: url("https://a.org/x.png") }</style>', "other", "https://a.org/x.png"),
    ],
)
def test_what_is_loaded_is_found(text: str, kind: str, address: str) -> None:
    """Scripts, style sheets, pictures, frames and films are found, whatever loads them."""
    assert read_fragment(text).needs == [Need(kind, address)]


@pytest.mark.parametrize(
    "text",
    ["a < b", "<a href='https://a.org'>link</a>", "<img src='data:image/png;base64,AA=='>", "https://a.org"],
)
def test_links_and_data_load_nothing(text: str) -> None:
    """A link to follow, a picture as data and an address in a text need no network."""
    assert read_fragment(text).needs == []
