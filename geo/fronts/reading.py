"""A front is found by its day or its path, read, and where its file holds an area, derived from that."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import shapely
from shapely.geometry import MultiLineString, MultiPolygon

from geo import shipped
from geo.errors import DataError
from geo.files import document
from geo.fronts import contact, fetched, pieces, recognition
from geo.fronts.choosing import ALL, Choice
from geo.fronts.front import Front, Sector, build_multi
from geo.fronts.reported import KIND, ReportedFront, read_reported
from geo.geodesy import validity


def read_front(
    path: str | Path | document.Content,
    *,
    definition: str | None = None,
    as_of: date | None = None,
    choice: Choice = ALL,
) -> Front:
    """Read a front from lines, or derive it from the polygons of an occupied area; its id is the file's name.

    Every format of `geo.files.reading` is read, in any reference system that it declares.
    A file without the ``front`` member is of unstated source, as of the date in its features or in its name, else
    ``as_of``. ``definition`` says what to take of an area: ``"contact"`` (also with None) or ``"edge"``. ``choice``
    says which features of the file are the front.

    Raises
    ------
    DataError
        Something in the file is wrong; carries every problem found.
    UsageError
        ``definition`` or ``as_of`` contradicts what the file says of itself, or the ``choice`` fits nothing in it.
    """
    content = document.read_content(path, max_bytes=KIND.max_bytes)
    reported = read_reported(content, definition=definition, as_of=as_of, choice=choice)
    return derive_front(reported, file=str(content.path))


def find_front(
    name: str | Path | None = None,
    *,
    definition: str | None = None,
    as_of: date | None = None,
    choice: Choice = ALL,
) -> Front:
    """Read the front with the date of one that ships or was fetched, or from a path.

    None stands for the newest that ships, so that nothing changes where nothing is chosen; ``latest`` for the newest
    that ships or was fetched. Of one day, a front that ships is taken. ``definition``, ``as_of`` and ``choice`` are
    those of `read_front`.

    Raises
    ------
    UnknownNameError
        No front that is here has this date and no such file exists; suggests the nearest.
    UsageError
        Several sources have the day.
    DataError
        There is something wrong with the file.
    """
    if name is None:
        file = shipped.latest_front()
    elif name == "latest":
        file = fetched.find_latest()
    else:
        fetched.validate_single(str(name))
        file = document.find_file("front", name, fetched.list_names())
    fetched.validate_file(file)
    return read_front(file, definition=definition, as_of=as_of, choice=choice)


def read_fronts() -> dict[str, Front]:
    """Read every front that ships, id to front, oldest first."""
    return {name: read_front(file) for name, file in shipped.fronts().items()}


def derive_front(reported: ReportedFront, *, file: str) -> Front:
    """Make a front of what its file reports: join its sectors, or derive the line from the occupied area.

    ``file`` is what an error names.

    Raises
    ------
    DataError
        No part of the area faces ground held by Ukraine.
    """
    facts, shape = reported.facts, reported.shape
    if not isinstance(shape, MultiPolygon):
        drawn = Front(**vars(facts), sectors=shape, line=_join(shape))
        _check_held_side(drawn, file)
        return drawn
    with validity.blame(file, "The occupied area"):
        line = contact.derive_contact(shape) if facts.definition == "contact" else build_multi(shape.boundary)
    if line.is_empty:
        what = "No part of this area faces ground held by Ukraine"
        raise DataError.of(file, what, "Give the area occupied in Ukraine, longitude first.")
    return Front(
        **vars(facts) | {"sector_count": len(line.geoms)},
        sectors=tuple(
            Sector(name, build_multi(piece), facts.uncertainty_km) for name, piece in pieces.name_pieces(line)
        ),
        line=line,
        occupied=shape,
    )


def _check_held_side(front: Front, file: str) -> None:
    if front.held_side is None or front.rule or Path(file) in shipped.fronts().values():
        return
    names, lonlats = recognition.locate_cities()
    beyond = dict(zip(names, front.sides.are_beyond(lonlats).tolist(), strict=True))
    if fault := recognition.find_held_beyond(beyond):
        other = "right" if front.held_side == "left" else "left"
        raise DataError.of(
            file,
            fault,
            f'Write "held_side": "{other}" or turn the line round. If that does not help, the line is not '
            'whole: leave "held_side" out.',
        )


def _join(sectors: tuple[Sector, ...]) -> MultiLineString:
    """Join the reported sectors where one ends and the next begins, keeping the direction in which they were drawn."""
    parts = [part for sector in sectors if sector.is_reported for part in sector.line.geoms]
    return build_multi(shapely.line_merge(MultiLineString(parts), directed=True))
