"""What every reader makes of a file: features of one kind in a collection, and everything found wrong with them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely

from geo import numerals
from geo.errors import DataError, Problem, show
from geo.files import geometries, limits
from geo.files.remarks import Remarks, say_type

GEOMETRIES = (
    "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection",
)  # fmt: skip
"""The geometry types of RFC 7946."""

_OUR_LAYERS = frozenset(("zones", "front"))
"""The layers that a file has which this program wrote, or the folders of one of KML."""


@dataclass(frozen=True)
class Kind:
    """What files of one kind may hold: geometry types, the advice for others, and how large they may be.

    Other geometries, such as the points of labels, and features without one are left out. Areas whose rings cross are
    made valid, but in a file with the member that ``strict_member`` names, whose author draws them by hand. Where
    ``is_strict``, nothing is left out or mended. ``made_of`` says in words what the geometries are. ``layer`` is that
    of a file which this program wrote, and ``layer_option`` chooses another on the command line.
    """

    noun: str
    geometries: tuple[str, ...]
    remedy: str
    max_bytes: int
    max_positions: int
    max_features: int
    made_of: str = "areas"
    layer: str = ""
    layer_option: str = "--layer"
    strict_member: str | None = None
    is_strict: bool = False

    def find_layer(self, names: Iterable[str]) -> str | None:
        """Return the layer to take of a file with these layers, if this program wrote it; None where it did not."""
        folded = {name.casefold(): name for name in names}
        return folded.get(self.layer) if folded.keys() >= _OUR_LAYERS else None

    @property
    def asides(self) -> tuple[str, ...]:
        """The geometry types that are left out and counted."""
        if self.is_strict:
            return ()
        return tuple(name for name in GEOMETRIES[:-1] if name not in self.geometries)


@dataclass(frozen=True)
class Feature:
    """One feature: its index in the file from 0, what messages call it (if anything), and what it holds.

    ``shape`` is None where the geometry has a problem. ``layer`` is the folder of a KML file that it lies in, and
    ``is_hidden`` says that the file does not show it.
    """

    index: int
    name: str | None
    properties: dict[str, Any]
    shape: geometries.Shape | None
    layer: str | None = None
    is_hidden: bool = False


@dataclass(frozen=True)
class Collection:
    """A parsed file: the members beside ``features``, the features, and everything found wrong so far.

    ``notes`` say what was left out or mended, a sentence each. ``is_geojson`` tells a file of GeoJSON from other
    formats.
    """

    file: str
    sha256: str
    members: dict[str, Any]
    features: tuple[Feature, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...] = ()
    is_geojson: bool = True


def raise_problems(file: str, problems: Iterable[Problem]) -> None:
    """Raise `DataError` if there are problems: those of the whole file first, then feature by feature."""
    ordered = sorted(problems, key=lambda problem: -1 if problem.feature is None else problem.feature)
    if ordered:
        raise DataError(file, ordered)


def leave_hidden(features: Sequence[Feature], notes: list[str]) -> Sequence[Feature]:
    """Return the features that a KML file shows, and note which it hides; all of them where it hides all."""
    hidden = [feature for feature in features if feature.is_hidden]
    if not hidden:
        return features
    if len(hidden) == len(features):
        notes.append("All of the file is hidden in it; all of it was taken.")
        return features
    folders = sorted({feature.layer for feature in hidden if feature.layer})
    named = f" ({', '.join(repr(show(name[:40])) for name in folders[:6])})" if folders else ""
    count = numerals.format_several(len(hidden), "hidden feature")
    notes.append(f"Left out: {count}{named}; --layer takes a folder by its name.")
    return [feature for feature in features if not feature.is_hidden]


def keep_within(
    features: Iterable[Feature], kind: Kind, problems: list[Problem], remarks: Remarks
) -> tuple[Feature, ...]:
    """Return the features up to the limits of their kind; note it where there are more of them, or they are longer.

    A file of which everything was left out is a problem, too: the ``remarks`` know why.
    """
    kept: list[Feature] = []
    positions, length = 0, 0.0
    for feature in features:
        kept.append(feature)
        if feature.shape is not None:
            positions += int(shapely.count_coordinates(feature.shape))
            length += feature.shape.length
        for found, most, what in (
            (len(kept), kind.max_features, "features"),
            (positions, kind.max_positions, "positions"),
            (length, limits.DEGREES, "degrees of outlines and lines"),
        ):
            if found > most:
                remedy = (
                    "Simplify its outlines (in QGIS: Vector, Geometry tools, Simplify), or split the file."
                )
                problems.append(Problem(f"The file holds more than {most:,} {what}, the limit", remedy))
                return tuple(kept)
    if kept or problems:
        return tuple(kept)
    if remarks.asides:
        seen = " or a ".join(sorted({*map(say_type, remarks.asides)}))
        what = f"Every geometry is a {seen}, and a {kind.noun} is made of {kind.made_of}"
        problems.append(Problem(what, kind.remedy))
    elif remarks.absent:
        what = "Every geometry is missing, empty or encloses no area"
        problems.append(Problem(what, f"Draw at least one {kind.noun} and save again."))
    else:
        problems.append(
            Problem("The file holds no features", f"Draw at least one {kind.noun} and save again.")
        )
    return ()


def find_label(properties: Mapping[str, Any]) -> str | None:
    """Return what messages call a feature, from the columns that name it."""
    named = {str(key).casefold(): value for key, value in reversed([*properties.items()])}
    texts = (named.get(key) for key in ("name", "sector", "zone"))
    return next((text[:60] for text in texts if isinstance(text, str) and text.strip()), None)


def derive_plain(value: Any) -> Any:
    """Return a value of a property without the numbers that JSON forbids, NaN and infinity, which become null."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, list):
        return [derive_plain(each) for each in value]
    return {str(key): derive_plain(each) for key, each in value.items()} if isinstance(value, dict) else value
