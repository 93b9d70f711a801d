"""Text tables in the dialects that programs write: the same rows from each."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from geo.errors import DataError
from geo.measuring.bulk import chunking

DIALECTS = {
    "semicolon and decimal comma": ("назва;lat;lon\nКиїв;50,45;30,52\n", "utf-8"),
    "what Excel says": ("sep=;\r\nназва;lat;lon\r\nКиїв;50,45;30,52\r\n", "utf-8-sig"),
    "tab": ("назва\tlat\tlon\nКиїв\t50.45\t30.52\n", "utf-8"),
    "UTF-16": ("назва\tlat\tlon\nКиїв\t50.45\t30.52\n", "utf-16"),
    "Windows-1251": ("назва,lat,lon\nКиїв,50.45,30.52\n", "cp1251"),
    "mark": ("lat,lon,назва\n50.45,30.52,Київ\n", "utf-8-sig"),
    "HXL": ("назва,lat,lon\n#loc+name,#geo+lat,#geo+lon\nКиїв,50.45,30.52\n", "utf-8"),
    "line break in a name": ('"назва","lat","lon\n(deg)"\nКиїв,50.45,30.52\n', "utf-8"),
}


@pytest.mark.parametrize("is_packed", [False, True])
@pytest.mark.parametrize(("text", "encoding"), DIALECTS.values(), ids=DIALECTS.keys())
def test_every_dialect_gives_the_same_row(text: str, encoding: str, is_packed: bool, tmp_path: Path) -> None:
    """Name, latitude and longitude come out, whatever stands between and above them, packed or not."""
    file, data = tmp_path / "points", text.encode(encoding)
    file.write_bytes(gzip.compress(data) if is_packed else data)
    (chunk,) = chunking.read_chunks(file)
    row = {name.partition("\n")[0]: cells for name, cells in chunk.read().to_pydict().items()}
    assert row == {"назва": ["Київ"], "lat": [50.45], "lon": [30.52]}
    lines = text.encode(encoding).decode(encoding).splitlines()
    assert chunk.first == 1 + next(at for at, line in enumerate(lines) if "Київ" in line)


def test_what_is_read_otherwise_is_noted(tmp_path: Path) -> None:
    """An older encoding and a row of tags are one sentence each."""
    file, notes = tmp_path / "points.csv", list[str]()
    file.write_bytes("назва,lat,lon\n,#geo+lat,#geo+lon\nКиїв,50,30\n".encode("cp1251"))
    assert len(list(chunking.read_chunks(file, note=notes.append))) == 1
    assert [any(word in note for note in notes) for word in ("Windows-1251", "HXL")] == [True, True]


def test_a_separator_of_another_script(tmp_path: Path) -> None:
    """A first line that names a separator which no table can have is said to do so."""
    (tmp_path / "points.csv").write_text("sep=→\nlon→lat\n30→50\n", encoding="utf-8")
    with pytest.raises(DataError, match="columns are separated by '→'"):
        list(chunking.read_chunks(tmp_path / "points.csv"))
