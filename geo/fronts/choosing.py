"""What of a user's file is the front: which features, by what they say of themselves, and what is left out."""

from __future__ import annotations

import re
from collections import Counter, abc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import shapely

from geo import numerals
from geo.errors import DataError, UsageError, show
from geo.files.features import Collection, Feature, leave_hidden
from geo.fronts import dating, held_ground
from geo.geodesy import planes

_LONGEST = 80
"""Characters of a value that may name a status; longer ones are remarks."""
_SHOWN = 6
_SAME, _APART = 0.5, 0.1
"""Share of the smaller of two days' ground that both hold: above, each is a whole; below, each adds to the other."""
_REACH_DEG = 0.1

_STATUSES = (
    (
        "liberated",
        r"no longer occupied|(?<!not )(?<!never )liberat|de-?occupied"
        r"|recaptured|regained|(former|previous)ly occupied|звільнен|деокупован|освобожд",
    ),
    (
        "held",
        r"\bun-?occupied|\bnot occupied|ukrainian[- ]control|(controlled|held) by ukrain|government[- ]control"
        r"|неокупован|неоккупир|підконтрольн|подконтрольн",
    ),
    (
        "contested",
        r"contested|disputed|gr[ae]y ?zone|no man.?s land|\bclaimed|сіра зона|серая зона|спірн|спорн",
    ),
    ("unknown", r"\bunknown|\bundetermined|\bunclear|невідом|неизвестн|не визначен"),
    (
        "occupied",
        r"occupied|russian[- ]control|(controlled|held) by russia|annexed|окупован|оккупирован|анексован"
        r"|\bordlo\b|\bcadr\b|ордло|crimea|крим|крым|\b[dl][np]r\b|\b[лд]нр\b",
    ),
)
"""What features are called, in English, Ukrainian and Russian; the first that fits counts."""
_SIDES = {
    **dict.fromkeys(("ru", "rus", "russia", "russian", "rf", "рф", "росія", "россия"), "occupied"),
    **dict.fromkeys(("ua", "ukr", "ukraine", "ukrainian", "україна", "украина", "free"), "held"),
}
"""Values that say whose ground it is, in a column about that."""
_ABOUT_SIDES = re.compile(r"status|control|\bside\b|held|holder|owner|occup|статус|контрол", re.IGNORECASE)
_SAYS_SIDES = re.compile(
    r"(is_)?(status|side|occupied|occupier|control|controlled_?by|held_?by|holder|статус|контроль)",
    re.IGNORECASE,
)
"""Columns that say nothing else, so that areas of different values there are not one."""
_YES, _NO = ("true", "yes", "1", "так", "да"), ("false", "no", "0", "ні", "нет")
_BORDER = re.compile(r"border|boundary|coast|кордон|границ|берег", re.IGNORECASE)
_KINDS = re.compile(r"type|categor|class|kind|fill|colou?r|style|descr|legend|тип|катег|клас", re.IGNORECASE)
"""Columns that tell areas of several kinds apart, in words or colours that nothing here can read."""
_REMARKS = re.compile(r"descr|note|comment|remark|source|method|опис|прим|джерел", re.IGNORECASE)


@dataclass(frozen=True)
class Choice:
    """What the user says is the front: columns with their values, a layer or folder, and a day of several."""

    where: tuple[tuple[str, str], ...] = ()
    layer: str | None = None
    day: date | None = None

    def build_record(self) -> dict[str, Any]:
        """Return what was chosen as plain data, and nothing where nothing was."""
        day = self.day.isoformat() if self.day else None
        record = {"where": [list(pair) for pair in self.where], "layer": self.layer, "day": day}
        return {key: value for key, value in record.items() if value}

    @classmethod
    def of_record(cls, record: Mapping[str, Any]) -> Choice:
        """Return the choice that `build_record` described."""
        where = tuple((str(column), str(value)) for column, value in record.get("where", ()))
        day = date.fromisoformat(record["day"]) if "day" in record else None
        return cls(where, record.get("layer"), day)


ALL = Choice()
"""Everything that a file holds."""


def choose_features(
    collection: Collection, choice: Choice, days: abc.Collection[date] = ()
) -> tuple[tuple[Feature, ...], tuple[str, ...]]:
    """Return the features of a file that are its front, and a note on each thing that was left out or decided.

    Points of labels and what a KML file hides are left out. Of several days that each hold a whole front, one is
    taken: the ``choice``'s, else the one of ``days``, which are those that name, member and user give. Of areas of
    different statuses the occupied ones are taken.

    Raises
    ------
    DataError
        The features differ, and nothing says which of them are the front.
    UsageError
        The choice fits no feature.
    """
    notes: list[str] = []
    features: Sequence[Feature] = leave_hidden(collection.features, notes)
    features = _match(collection.file, features, choice.where)
    features = _choose_day(collection.file, features, choice.day, days, notes)
    if not choice.where:
        features = _choose_status(collection.file, features, notes)
    return tuple(features), (*notes, *collection.notes)


def describe_differences(features: Sequence[Feature]) -> str:
    """Return by which columns features can be told apart, and how to choose; empty where there are none."""
    table = _tabulate(features)
    columns = [column for column, values in table.items() if 1 < len({*values}) <= 12][:3]
    if not columns:
        return ""
    listed = "; ".join(f"{show(column)!r} is {_list_values(table[column])}" for column in columns)
    return f" Its features differ: {listed}. Choose with --where {_quote(columns[0], _first(table[columns[0]]))}."


def _match(file: str, features: Sequence[Feature], where: Iterable[tuple[str, str]]) -> Sequence[Feature]:
    """Return the features that have one of the values given for each column; case does not matter."""
    wanted: dict[str, set[str]] = {}
    for column, value in where:
        wanted.setdefault(column.strip().casefold(), set()).add(value.strip().casefold())
    table = {column.casefold(): values for column, values in _tabulate(features).items()}
    for column, values in wanted.items():
        if column not in table:
            known = ", ".join(show(name)[:40] for name in list(table)[:12]) or "none"
            raise UsageError(f"{file}: no feature has a column {show(column)!r}. Columns: {known}.")
        if not any(_fits(value, values) for value in table[column]):
            listed = _list_values(table[column])
            raise UsageError(
                f"{file}: no feature fits --where {_quote(column, _first(values))}; {show(column)!r} is {listed}."
            )
    kept = [
        feature
        for index, feature in enumerate(features)
        if all(_fits(table[column][index], values) for column, values in wanted.items())
    ]
    if not kept:
        raise UsageError(f"{file}: no feature fits all that --where says. Leave one out.")
    return kept


def _fits(value: str, wanted: abc.Collection[str]) -> bool:
    """Ask whether a value, or one of the names in it that slashes part, is among those wanted."""
    folded = value.casefold()
    return folded in wanted or any(part.strip() in wanted for part in folded.split("/"))


def _choose_day(
    file: str,
    features: Sequence[Feature],
    wanted: date | None,
    known: abc.Collection[date],
    notes: list[str],
) -> Sequence[Feature]:
    of_day: dict[date, list[Feature]] = {}
    undated = []
    for feature in features:
        found = dating.read_days(feature.properties)
        of_day.setdefault(found.pop(), []).append(feature) if len(found) == 1 else undated.append(feature)
    listed = _list_days(of_day)
    if wanted is not None and wanted not in of_day and (of_day or {*known} != {wanted}):
        what = f"are of {listed}" if of_day else "state no day"
        raise UsageError(
            f"{file}: no feature is of {wanted}; the features {what}. Leave --day out, or correct it."
        )
    if len(of_day) < 2:
        return features
    if wanted is None:
        if (overlap := _measure_overlap(of_day)) <= _APART:
            notes.append(f"The features are of {listed} and do not overlap; they were taken together.")
            return features
        named = sorted({*known} & {*of_day})
        if len(named) != 1:
            what = f"The file holds the front of {len(of_day)} days: {listed}"
            if overlap < _SAME:
                what = f"The features are of {listed} and overlap in part"
            raise DataError.of(file, what, f"Choose one with --day {max(of_day)}, or keep one in the file.")
        (wanted,) = named
    count = sum(len(each) for day, each in of_day.items() if day != wanted)
    others = f"{numerals.format_several(count, 'feature')} of other days than {numerals.format_date(wanted)}"
    notes.append(f"Left out: {others}; --day chooses another.")
    kept = {feature.index for feature in [*of_day[wanted], *undated]}
    return [feature for feature in features if feature.index in kept]


def _measure_overlap(of_day: Mapping[date, Sequence[Feature]]) -> float:
    """Return how much of the smaller of two days' ground both hold, the median over days that follow each other."""
    grounds = [
        shapely.union_all([_widen(feature) for feature in of_day[day] if feature.shape])
        for day in sorted(of_day)
    ]
    shares = [
        shapely.intersection(one, other).area / max(min(one.area, other.area), 1e-12)
        for one, other in pairwise(grounds)
    ]
    return float(sorted(shares)[len(shares) // 2])


def _widen(feature: Feature) -> shapely.Geometry:
    shape = feature.shape
    assert shape is not None
    return (
        shape
        if shape.area
        else shapely.buffer(shapely.simplify(shape, _REACH_DEG / 4), _REACH_DEG, quad_segs=2)
    )


def _choose_status(file: str, features: Sequence[Feature], notes: list[str]) -> Sequence[Feature]:
    """Return the areas that are called occupied where others are called otherwise, and the lines that are no border.

    Raises
    ------
    DataError
        Areas are called liberated, held or contested, and it is not clear which of them are occupied.
    """
    shapes = [feature for feature in features if feature.shape is not None]
    if not all(feature.shape.area for feature in shapes if feature.shape):
        return _leave_borders(features, notes)
    table = {column: values for column, values in _tabulate(shapes).items() if not _REMARKS.search(column)}
    unclear = ""
    for column in sorted(table, key=lambda name: not _ABOUT_SIDES.search(name)):
        called = [_classify(column, value) for value in table[column]]
        kinds = {*called}
        if not kinds & {"liberated", "held", "contested"}:
            if _SAYS_SIDES.fullmatch(column) and len({*table[column]}) > 1 and kinds != {"occupied"}:
                unclear = unclear or column
            continue
        if "occupied" not in kinds or any(
            kind is None and _is_about_ukraine(feature) for feature, kind in zip(shapes, called, strict=True)
        ):
            unclear = column
            continue
        kept = [feature for feature, kind in zip(shapes, called, strict=True) if kind == "occupied"]
        others = [value for value, kind in zip(table[column], called, strict=True) if kind != "occupied"]
        notes.append(
            f"Left out: areas whose {show(column)!r} is {_list_values(others)}; --where chooses others."
        )
        return kept
    if unclear:
        values = table[unclear]
        what = f"The areas are of several kinds: {show(unclear)!r} is {_list_values(values)}"
        if len({*values}) == 1:
            what = f"No area is called occupied: {show(unclear)!r} is {_list_values(values)}"
        remedy = (
            f"Say which are occupied, as in --where {_quote(unclear, _first(values))}, or keep only those."
        )
        raise DataError.of(file, what, remedy)
    notes.extend(_note_kinds(shapes))
    return features


def _note_kinds(features: Sequence[Feature]) -> Iterator[str]:
    """Yield a note where areas of several kinds are taken together because nothing tells which are occupied."""
    for column, values in _tabulate(features).items():
        if _KINDS.search(column) and 1 < len({*values}) <= _SHOWN:
            listed = _list_values(values)
            yield f"Areas of several kinds are taken together: {show(column)!r} is {listed}; --where chooses some."
            return


def _is_about_ukraine(feature: Feature) -> bool:
    parts = shapely.get_parts(planes.to_plane(feature.shape))
    return any(held_ground.is_about_ukraine(part) for part in parts)


def _leave_borders(features: Sequence[Feature], notes: list[str]) -> Sequence[Feature]:
    """Return the lines that are not called a border or a coast, if others stand beside them; sectors are all kept."""
    if all(feature.properties.get("sector") for feature in features):
        return features
    table = {column: values for column, values in _tabulate(features).items() if not _REMARKS.search(column)}
    for column, values in table.items():
        is_border = [bool(len(value) <= _LONGEST and _BORDER.search(value)) for value in values]
        if any(is_border) and not all(is_border) and column.casefold() != "sector":
            named = [value for value, flag in zip(values, is_border, strict=True) if flag]
            notes.append(
                f"Left out: lines whose {show(column)!r} is {_list_values(named)}; --where chooses others."
            )
            return [feature for feature, flag in zip(features, is_border, strict=True) if not flag]
    return features


def _classify(column: str, value: str) -> str | None:
    """Return what a value calls an area: occupied, liberated, held, contested, unknown; None where it says neither."""
    folded = value.casefold().strip()
    if len(folded) > _LONGEST or not folded:
        return None
    if _ABOUT_SIDES.search(column):
        if folded in _SIDES:
            return _SIDES[folded]
        if "occup" in column.casefold() and folded in (*_YES, *_NO):
            return "occupied" if folded in _YES else "held"
    return next((name for name, pattern in _STATUSES if re.search(pattern, folded)), None)


def _tabulate(features: Sequence[Feature]) -> dict[str, list[str]]:
    """Return the plain values of each column, one for each feature, in the order of the columns in the file."""
    columns: dict[str, None] = {}
    for feature in features:
        columns |= dict.fromkeys(key for key in feature.properties if isinstance(key, str))
    return {
        column: [_describe(feature.properties.get(column)) for feature in features]
        for column in list(columns)[:60]
    }


def _describe(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:g}"
    return str(value).strip() if isinstance(value, str | int) else ""


def _first(values: Iterable[str]) -> str:
    return next((value for value in values if value), "")


def _quote(column: str, value: str) -> str:
    """Return a column and its value as they are written after --where."""
    text = show(f"{column.casefold()}={value[:40]}")
    return f"'{text}'" if re.search(r"[^\w=.-]", text) else text


def _list_values(values: Iterable[str]) -> str:
    """Return different values with how often each stands, most frequent first."""
    counts = Counter(value[:60] or "empty" for value in values).most_common()
    shown = ", ".join(f"{show(value)!r} ({count})" for value, count in counts[:_SHOWN])
    return shown + (f" and {len(counts) - _SHOWN} more" if len(counts) > _SHOWN else "")


def _list_days(days: abc.Collection[date]) -> str:
    ordered = [day.isoformat() for day in sorted(days)]
    return ", ".join(ordered) if len(ordered) <= _SHOWN else f"{ordered[0]} to {ordered[-1]}"
