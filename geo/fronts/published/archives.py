"""A zip archive that holds a dated front for each of several days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zipfile import ZipInfo

from geo.errors import DataError
from geo.files import formats, limits, packing
from geo.files.document import Content
from geo.fronts import dating


@dataclass(frozen=True)
class Archive:
    """An archive, and the entry of each of its days, oldest first."""

    content: Content
    entries: dict[date, ZipInfo]

    def read(self, day: date) -> Content:
        """Return the file of a day.

        Raises
        ------
        DataError
            It is damaged.
        """
        entry = self.entries[day]
        with packing.open_zip(self.content) as archive:
            return Content(Path(Path(entry.filename).name), archive.read(entry))


def find_days(content: Content) -> Archive | None:
    """Return a zip archive in which every map has a day of its own in its name; None for any other file.

    Raises
    ------
    DataError
        It is damaged, too large, or has several files of one day.
    """
    if formats.recognise(content.data).key != "zip":
        return None
    with packing.open_zip(content) as archive:
        listed = [
            entry
            for entry in archive.infolist()
            if formats.is_named_like_a_map(Path(entry.filename)) and not packing.is_aside(entry.filename)
        ]
    days = [dating.derive_days(Path(entry.filename).stem) for entry in listed]
    if len(listed) < 2 or any(len(each) != 1 for each in days):
        return None
    if sum(entry.file_size for entry in listed) > limits.ARCHIVE_BYTES:
        what = f"The archive unpacks to more than {limits.ARCHIVE_BYTES / 1e6:,.0f} MB"
        raise DataError.of(content.path, what, "Pack fewer days.")
    entries = {day: entry for (day,), entry in zip(days, listed, strict=True)}
    if len(entries) < len(listed):
        twice = next(day for day in sorted(entries) if days.count({day}) > 1)
        raise DataError.of(
            content.path, f"The archive holds several files of {twice}", "Keep one file of each day."
        )
    return Archive(content, dict(sorted(entries.items())))
