"""Messages are made of texts from files and names of files, none of which may act on a terminal."""

from __future__ import annotations

import importlib
import re
import sys
import tomllib
from pathlib import Path

import pytest

from geo.errors import EXTRAS, DataError, OutputError, Problem, UnknownNameError, UsageError, needing, show


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]0;mine\x07", r"\x1b]0;mine\x07"),
        ("\x9b31m", r"\x9b31m"),
        ("\u202eabc", r"\u202eabc"),
        ("front-\udcff.geojson", r"front-\udcff.geojson"),
        ("two\nlines", r"two\nlines"),
        ("Київ, 1\u202f000 km, C:\\maps", "Київ, 1\u202f000 km, C:\\maps"),
    ],
)
def test_show(text: str, shown: str) -> None:
    """What a terminal would obey is spelled out, and what people read is left alone."""
    assert show(text) == shown
    assert show(text, lines=True) == shown.replace(r"two\nlines", text)


def test_every_error_is_safe_to_print() -> None:
    """A message holds no control character, and one line a problem, whatever name or text it was made of."""
    evil = "a\x1b[2J\nb\udc80\u202e"
    problems = [Problem(evil, evil, 0, evil), Problem("b", "c")]
    for error in (
        DataError(evil, problems),
        UnknownNameError("scenario", evil, [evil]),
        UsageError(evil),
        OutputError(evil),
    ):
        lines = str(error).split("\n")
        assert all(line.isprintable() for line in lines)
        assert len(lines) == (2 if isinstance(error, DataError) else 1)


@pytest.mark.parametrize(("module", "extra"), EXTRAS.items())
def test_a_missing_package_is_one_message_that_names_its_extra(
    module: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a module of an extra cannot be imported, the message says what needs it and how to install it."""
    monkeypatch.setitem(sys.modules, module, None)  # importing it fails as if it were not there
    with pytest.raises(UsageError, match=re.escape(f'"geo-scenarios[{extra}]"')) as caught, needing("XLSX"):
        importlib.import_module(module)
    assert str(caught.value).startswith(f"XLSX needs {module.replace('_', '-')}, which is not installed. ")


def test_a_missing_package_of_nobody_is_no_wrong_usage() -> None:
    """What no extra brings stays the error it is."""
    with pytest.raises(ModuleNotFoundError), needing("This"):
        importlib.import_module("no_such_module")


def test_extras_are_those_of_the_package() -> None:
    """Each module that a message may miss is brought by the extra that the message names, and not by the core."""
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
    core = {re.split(r"[^\w-]", line)[0] for line in project["dependencies"]}
    for module, extra in EXTRAS.items():
        package = module.replace("_", "-")
        assert package not in core
        assert any(line.startswith(package) for line in project["optional-dependencies"][extra])
