"""Whatever the bytes of a file, reading it gives a value or a `DataError`."""

import json
import tempfile
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import DataError
from geo.files import document
from geo.files.features import GEOMETRIES
from geo.fronts.reading import read_front
from geo.scenarios import evidence
from geo.scenarios.scenario import read_scenario

numbers = st.one_of(st.integers(), st.floats(), st.integers(-180, 180))
positions = st.lists(numbers, max_size=4)
values = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, st.text(max_size=8)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)
geometries = st.fixed_dictionaries(
    {
        "type": st.sampled_from(GEOMETRIES),
        "coordinates": st.one_of(values, positions, st.lists(positions), st.lists(st.lists(positions))),
    }
)
features = st.fixed_dictionaries(
    {"type": st.just("Feature"), "properties": values, "geometry": st.one_of(values, geometries)},
    optional={"id": values},
)
members = st.dictionaries(
    st.sampled_from(("id", "title", "summary", "claims", "front", "as_of", "titel")), values
)
files = st.fixed_dictionaries(
    {"type": st.just("FeatureCollection"), "features": st.lists(st.one_of(features, values), max_size=3)},
    optional={"scenario": st.one_of(members, values), "front": st.one_of(members, values), "crs": values},
)


def read_all(data: bytes) -> None:
    """Read the bytes as each kind of file; a `DataError` is an answer, and its message must be printable."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "case")
        file.write_bytes(data)
        for read in (read_scenario, read_front, evidence.read_source):
            try:
                read(file)
            except DataError as error:
                assert error.problems
                assert str(error).encode()
                assert all(problem.what and problem.remedy for problem in error.problems)


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.binary(max_size=60), st.text(max_size=60).map(str.encode)))
def test_any_bytes(data: bytes) -> None:
    """Random bytes and texts give a `DataError` with a remedy, never another exception."""
    read_all(data)


@settings(max_examples=60, deadline=None)
@given(st.one_of(values, files, geometries, features))
def test_any_json(value: Any) -> None:
    """Random JSON, from any value to nearly a scenario, gives a value or a `DataError`."""
    read_all(json.dumps(value).encode())


@settings(max_examples=80, deadline=None)
@given(st.text("[]{}\"',:0123456789.-+eE \nNaIfinitytruenl", max_size=200))
def test_almost_json(text: str) -> None:
    """Text made of JSON's own characters gives a value or a `DataError`."""
    read_all(text.encode())


@pytest.mark.parametrize(
    "opening", ["[", '{"a":', '{"type":"FeatureCollection","features":[', "a = [", "[[claim]]\nx=["]
)
def test_absurd_nesting(opening: str) -> None:
    """A hundred thousand opening brackets give a `DataError`, not a crash of the parser."""
    read_all(opening.encode() * 100_000)


def test_memory_is_that_of_the_file(tmp_path: Path) -> None:
    """Reading a small file asks for no more memory, however long it might be."""
    file = tmp_path / "small"
    file.write_bytes(b"x" * 100_000)
    tracemalloc.start()
    assert document.read_bytes(file, max_bytes=10**9) == b"x" * 100_000
    assert tracemalloc.get_traced_memory()[1] < 10**7
    tracemalloc.stop()


def test_a_device_without_end_is_read_up_to_the_limit() -> None:
    """It is refused as too large, in bounded time and memory."""
    with pytest.raises(DataError, match="1 MB"):
        document.read_bytes(Path("/dev/zero"), max_bytes=1_000_000)


def test_a_list_of_millions(tmp_path: Path) -> None:
    """What is looked for in all of a file takes no memory of its own for every item."""
    value: list[list[Any]] = [[] for _ in range(100_000)]
    tracemalloc.start()
    assert not [*document._walk([value], tmp_path)]
    assert tracemalloc.get_traced_memory()[1] < 10**6
    tracemalloc.stop()
