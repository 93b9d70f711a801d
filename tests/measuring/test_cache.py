"""The cache: what is kept comes back, and nothing that cannot be kept stops a run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import geo
from geo.files import saving
from geo.measuring import cache
from geo.measuring.cache import Cache, derive_key


def test_values_come_back(store: Cache) -> None:
    """What was saved is read again, by another object too; what was not is None."""
    store.save(derive_key("a", 1), {"x": [1, 2.5, None]})
    assert Cache(store.folder).read(derive_key("a", 1)) == {"x": [1, 2.5, None]}
    assert store.read(derive_key("a", 2)) is None


def test_damaged_entry_is_forgotten(store: Cache) -> None:
    """A file that was cut off, or is something else, counts as not there."""
    key = derive_key("a")
    store.save(key, {"x": 1})
    (file,) = (store.folder or Path()).rglob("*.json")
    file.write_text('{"x": ')
    assert store.read(key) is None
    file.write_bytes(b"\xff\xfe")
    assert store.read(key) is None


def test_a_half_written_entry_is_taken_away_beside_a_whole_one(store: Cache) -> None:
    """A run that was killed in the middle leaves nothing for good, though another one has written the same entry."""
    store.save("abcd", 1)
    assert store.folder is not None
    whole = store.folder / "ab" / "cd.json"
    killed = subprocess.Popen([sys.executable, "-c", ""])
    killed.wait()
    name = saving._name(whole.parent, "cd.json")
    owner = name["prefix"].replace(f"-{os.getpid()}-", f"-{killed.pid}-")
    (whole.parent / f"{owner}abcdefgh.part").write_bytes(b"half")
    saving.collect_litter.cache_clear()  # as in the next process
    assert store.read("abcd") == 1
    assert [*whole.parent.iterdir()] == [whole]


def test_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """A cache in an impossible place keeps nothing and stops nothing; without a folder there is none."""
    (tmp_path / "file").write_text("in the way")
    for useless in (Cache(tmp_path / "file"), Cache(None)):
        useless.save(derive_key("a"), 1)
        assert useless.read(derive_key("a")) is None


def test_key_covers_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program, with other code or another library, has other keys."""
    before = derive_key("a")
    assert before == derive_key("a") != derive_key("b")
    monkeypatch.setattr(cache, "identify_program", lambda: "other")
    assert derive_key("a") != before


def test_key_covers_every_room(tmp_path: Path) -> None:
    """A change in any folder of the package, be it of code or of a reference layer, gives other keys."""
    package = tmp_path / "geo"
    shutil.copytree(
        Path(geo.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__", "shipped_data")
    )
    decisive = [file for file in package.rglob("*") if file.suffix in (".py", ".geojson")]
    one_of_each = {(file.parent, file.suffix): file for file in decisive}
    keys = {cache.hash_package(package)}
    for file in one_of_each.values():
        file.write_bytes(file.read_bytes() + b"\n")
        keys.add(cache.hash_package(package))
    assert len(keys) == 1 + len(one_of_each)


@pytest.mark.parametrize(
    "entry", [b"", b"\n", b"[" * 200_000, b'{"x": 2}', b"0" * 64 + b'\n{"x": 2}', b"\xff\n\xff"]
)
def test_altered_entry_is_forgotten(entry: bytes, store: Cache) -> None:
    """An entry that was changed is not believed, whatever its shape; nor is that of another key."""
    key, other = derive_key("a"), derive_key("b")
    store.save(key, {"x": 1})
    (file,) = (store.folder or Path()).rglob("*.json")
    whole = file.read_bytes()
    for altered in (entry, whole.replace(b"1", b"2"), whole + b" ", whole[:-1]):
        file.write_bytes(altered)
        assert store.read(key) is None
    store.save(other, {"x": 1})
    (second,) = (found for found in (store.folder or Path()).rglob("*.json") if found != file)
    second.write_bytes(whole)
    assert store.read(other) is None
