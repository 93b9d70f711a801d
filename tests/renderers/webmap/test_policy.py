"""A policy names what may run and be loaded, and nothing else."""

from __future__ import annotations

from geo.renderers.webmap.fragments import Need
from geo.renderers.webmap.policy import Extra, build_policy


def read(policy: str) -> dict[str, list[str]]:
    return {name: values for name, *values in (part.split() for part in policy.split("; "))}


def test_without_network_only_styles_of_elements_are_added() -> None:
    """Elements added to an offline map may be styled and hold a frame of data; no server is named."""
    before, after = read(build_policy(["s"], ["t"])), read(build_policy(["s"], ["t"], Extra()))
    assert after == {**before, "style-src-attr": ["'unsafe-inline'"], "frame-src": ["data:"]}


def test_a_script_is_allowed_by_its_address_and_other_files_by_their_server() -> None:
    """Of a server of scripts only those that are needed run; what else is loaded is allowed by kind."""
    needs = [
        Need("script", "https://js.org/a@1/x.js?v=2"),
        Need("style", "https://css.org/x.css"),
        Need("other", "https://tiles.org:8443/{z}"),
    ]
    policy = read(build_policy([], [], Extra(needs=needs)))
    assert policy["script-src"] == ["https://js.org/a@1/x.js"]
    assert policy["style-src"] == policy["font-src"] == ["https://css.org"]
    assert policy["connect-src"] == policy["media-src"] == ["https://tiles.org:8443"]
    assert policy["img-src"] == ["data:", "https://css.org", "https://js.org", "https://tiles.org:8443"]


def test_an_address_cannot_write_the_policy() -> None:
    """Signs that would end a directive do not reach the policy; the server stands for the address."""
    policy = build_policy([], [], Extra(needs=[Need("script", "https://js.org/x; script-src *")]))
    assert read(policy)["script-src"] == ["https://js.org"]


def test_handlers_run_by_their_hash() -> None:
    """Only the handlers that stand in the page may run."""
    sources = read(build_policy([], [], Extra(handlers=["go()"])))["script-src"]
    assert sources[0] == "'unsafe-hashes'"
    assert sources[1].startswith("'sha256-")
