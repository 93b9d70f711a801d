"""The user's own shelf of fetched fronts: one folder a source, one file a day, beside each what is known of it.

``GEO_DATA`` names the folder, else it is where the system keeps a user's data. Nothing here asks the net.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from geo import shipped
from geo.errors import DataError, OutputError, UsageError
from geo.files import saving
from geo.files.fields import derive_day

VARIABLE = "GEO_DATA"
RECORD = re.compile(rb'\{\s*"source":')
"""How a side file begins."""
_DAYS = "[0-9]" * 4 + "-[0-9][0-9]-[0-9][0-9].geojson"


@dataclass(frozen=True, kw_only=True)
class Record:
    """What is known of a fetched front beside what its file says: the side file, which no output takes from.

    ``sha256`` is that of the front's file, ``original_sha256`` that of what came, ``retrieved`` a moment in UTC, and
    ``drawn_by`` what the front says of its source.
    """

    source: str
    publisher: str
    address: str
    retrieved: str
    as_of: str
    sha256: str
    original_sha256: str
    drawn_by: str
    licence: str
    redistribution: str | None
    definition: str
    length_km: float

    def render(self) -> bytes:
        """Return the text of the side file."""
        return (json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n").encode()


def folder() -> Path:
    """Return the folder of what was fetched, which need not be there."""
    if said := os.environ.get(VARIABLE):
        return Path(said)
    import platformdirs

    return Path(platformdirs.user_data_dir("geo-scenarios", appauthor=False))


def find_series(source: str) -> Path:
    """Return the folder of one source's fronts, a file a day, as ``geo history`` takes it."""
    return folder() / "fronts" / source


def find_earlier(source: str) -> Path:
    """Return the folder of versions of a source's days that their publisher has replaced."""
    return folder() / "earlier" / source


def list_files() -> list[Path]:
    """Return the file of every fetched front, oldest first."""
    return sorted(_glob("fronts", f"*/{_DAYS}"), key=lambda file: (file.stem, file.parent.name))


def name_file(file: Path) -> str:
    """Return the shortest name of a fetched front, as `name_files` does of all of them."""
    return _name_files([*file.parent.parent.glob(f"*/{file.name}")])[file]


def name_files() -> dict[Path, str]:
    """Return the shortest name of every fetched front, oldest first.

    That is its day, with its source where several have the day, or one ships of it.
    """
    return _name_files(list_files())


def _name_files(files: list[Path]) -> dict[Path, str]:
    ships = shipped.fronts()
    times = Counter(file.stem for file in files)
    return {
        file: file.stem if times[file.stem] == 1 and file.stem not in ships else _name_fully(file)
        for file in files
    }


def list_names() -> dict[str, Path]:
    """Return every name that a front goes by, shipped or fetched, to its file; a day that ships is the shipped one."""
    named = name_files()
    short = {name: file for file, name in named.items()}
    return {_name_fully(file): file for file in named} | short | shipped.fronts()


def find_latest() -> Path:
    """Return the file of the newest front, shipped or fetched; of one day, the shipped one.

    Raises
    ------
    UsageError
        Several sources have the newest day.
    """
    files = list_files()
    newest = shipped.latest_front()
    if not files or files[-1].stem <= newest.stem:
        return newest
    validate_single(files[-1].stem)
    return files[-1]


def find_newest_day() -> str:
    """Return the day of the newest front, shipped or fetched."""
    return max([shipped.latest_front().stem, *(file.stem for file in list_files())])


def validate_single(day: str) -> None:
    """Refuse a day that several sources have, none of which ships.

    Raises
    ------
    UsageError
        The day alone does not say which front is meant.
    """
    same = [file for file in list_files() if file.stem == day]
    if len(same) > 1 and day not in shipped.fronts():
        names = ", ".join(map(_name_fully, same))
        raise UsageError(f"Fronts of {day} were fetched from {len(same)} sources. Name one of them: {names}.")


def validate_file(file: Path) -> None:
    """Refuse a fetched front whose file is not as it was stored.

    Raises
    ------
    DataError
        The file was changed since.
    """
    if file.parent.parent == folder() / "fronts" and (record := read_record(file)):
        data = file.read_bytes()
        if hashlib.sha256(data).hexdigest() != record.sha256:
            remedy = f"Fetch it again from {record.address}; the changed one is kept beside it."
            raise DataError.of(file, "The file was changed since it was fetched", remedy)


def find_by_hash(day: str, sha256: str | None) -> Path | None:
    """Return the fetched front of a day whose file has this SHA-256, replaced versions included; None without."""
    if sha256 is None or derive_day(day) is None:
        return None
    files = [*_glob("fronts", f"*/{day}.geojson"), *_glob("earlier", f"*/{day}_*.geojson")]
    return next((file for file in files if hashlib.sha256(file.read_bytes()).hexdigest() == sha256), None)


def read_record(file: Path) -> Record | None:
    """Return what is known of a fetched front; None where its side file is missing or not as this program writes it."""
    try:
        entry: dict[str, Any] = json.loads(side_file(file).read_bytes())
        return Record(**entry)
    except (OSError, ValueError, TypeError):
        return None


def save(data: bytes, file: Path, mark: re.Pattern[bytes] | None = None) -> None:
    """Write a file into the user's folder, whole or not at all; one that stands there begins with the ``mark``, if any.

    Raises
    ------
    OutputError
        It cannot be written, or something that this program did not write is there.
    """
    if mark and file.is_file() and not mark.match(file.read_bytes()):
        raise OutputError(
            f"{file}: something else is there, and it stays. Move it, or choose another folder with {VARIABLE}."
        )
    saving.save_bytes(data, file, option=VARIABLE)


def side_file(file: Path) -> Path:
    """Return where what is known of a fetched front is kept."""
    return file.with_suffix(".about")


def _name_fully(file: Path) -> str:
    return f"{file.parent.name}/{file.stem}"


def _glob(within: str, pattern: str) -> Iterator[Path]:
    return (folder() / within).glob(pattern)
