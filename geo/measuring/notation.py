"""A position as people write it becomes lon, lat degrees: decimals, degrees and minutes, UTM, MGRS, a geo: address."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from geo.errors import UsageError
from geo.geodesy import grid

_MOST_PARTS = 8
"""Words of one position that a shell may hand over one by one: 50 27 0 N 30 31 24 E."""

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("°º˚", "°"),
        **dict.fromkeys("'’‘ʼ′´`", "'"),
        **dict.fromkeys('"”“„″«»', '"'),
        **dict.fromkeys("−–‐", "-"),
        **dict.fromkeys("\u00a0\u202f\u2009\t", " "),
    }
)
_LOOKALIKES = str.maketrans("АВСЕНКМОРТХУ", "ABCEHKMOPTXY")
_CYRILLIC = (
    (r"п[іi]вн\w*( шир\w*)?|сев\w*( шир\w*)?|пн\.?( ?ш\w*\.?)?|с\. ?ш\.?", "N"),
    (r"п[іi]вд\w*( шир\w*)?|южн\w*( шир\w*)?|пд\.?( ?ш\w*\.?)?|ю\. ?ш\.?", "S"),
    (r"сх[іi]дн\w*( довг\w*)?|вост\w*( долг\w*)?|сх\.?( ?д\w*\.?)?|в\. ?д\.?", "E"),
    (r"зах[іi]дн\w*( довг\w*)?|зап\w*( долг\w*)?|зх\.?( ?д\w*\.?)?|з\. ?д\.?", "W"),
)

_NUMBER = r"[+-]?\d+(?:[.,]\d+)?"
_DOTTED = r"([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?)"
_PLAIN = re.compile(rf"{_DOTTED}(?: *[,;] *| +){_DOTTED}")
_COMMAS = re.compile(r"([+-]?\d+,\d+)(?: *; *| *, +| +)([+-]?\d+,\d+)")
_FOUR = re.compile(r"([+-]?\d+),(\d+),([+-]?\d+),(\d+)")
_NAMED = re.compile(
    rf"(?:(?P<lat>lat\w*)|lon\w*|lng) *[=:]? *({_NUMBER})[ ,;&]+(?(lat)(?:lon\w*|lng)|lat\w*) *[=:]? *({_NUMBER})",
    re.IGNORECASE,
)
_ADDRESS = re.compile(rf"geo:{_DOTTED},{_DOTTED}(?:,[^;?]*)?([;?].*)?", re.IGNORECASE)
_MGRS = re.compile(r"(?:MGRS:? *)?(\d{1,2} ?[A-Z] ?[A-Z]{2})(?: ?(\d+)(?: (\d+))?)?")
_UTM = re.compile(
    r"(?:UTM:? *)?(\d{1,2}) ?([A-Z])[ ,]+(\d+(?:[.,]\d+)?) *(?:M? ?E)?[ ,;]+(\d+(?:[.,]\d+)?) *(?:M? ?N)?"
)
_GRIDLIKE = re.compile(r"(?:MGRS|UTM)?:? *\d{1,2} ?[A-Z]+ ?[\d ,.MEN]*")
_ANGLE = re.compile(
    r"([+-]?)(\d+(?:[.,]\d+)?)(?:[° :]+(\d+(?:[.,]\d+)?)(?:[' :]+(\d+(?:[.,]\d+)?))?)?[°'\" ]*"
)

_BETWEEN = re.compile(r"(?: *[,;] +| +|(?<=[°'\"])[,;]|;)(?=[+-]?\d+(?:[.,]\d+)? ?°)")
"""Two angles with signs stand apart by more than the comma of 50,45°."""

_FORMS = "Write LAT,LON in degrees (50.45,30.52), 50°27'N 30°31'E, 36U 324182 5591607 or 36UUA2418291607."


class Position(NamedTuple):
    """A position as it was read: lon, lat in degrees.

    ``is_plain`` says that it was written as latitude and longitude with points. Of a square of the military grid
    ``side_m`` is the length of its sides, and the position is its middle.
    """

    lon: float
    lat: float
    is_plain: bool = False
    side_m: int = 0


def read_position(text: str) -> Position | None:
    """Read a position; None where the text is a name.

    Raises
    ------
    UsageError
        The text has numbers, or two parts, and is no position, or can be read in two ways.
    """
    clean = " ".join(text.translate(_SIGNS).split()).strip("()[]")
    if not any(letter.isdecimal() or letter in ",;" for letter in clean):
        return None
    for read in (_read_address, _read_named, _read_plain, _read_grid, _read_angles):
        try:
            found = read(clean)
        except ValueError as error:
            raise _not_a_position(text, str(error)) from None
        if found is not None:
            if not (-90 <= found.lat <= 90 and -180 <= found.lon <= 180):
                raise _not_a_position(
                    text, "latitude lies between -90 and 90, longitude between -180 and 180"
                )
            return found
    raise _not_a_position(text)


def join_parts(words: Sequence[str], is_name: Callable[[str], bool]) -> list[str]:
    """Join again what a shell took apart at its spaces: ``36U 324182 5591607``, or a name of several words.

    Raises
    ------
    UsageError
        Two words are two points, or one point with decimal commas.
    """
    joined, left = [], list(words)
    while left:
        sizes = range(min(_MOST_PARTS, len(left)), 1, -1)
        whole = next((size for size in sizes if _belong_together(left[:size], is_name)), 1)
        joined.append(" ".join(left[:whole]))
        del left[:whole]
    return joined


def _belong_together(words: Sequence[str], is_name: Callable[[str], bool]) -> bool:
    text = " ".join(words)
    if not _is_position(text):
        return not any(letter.isdecimal() for letter in text) and is_name(text)
    if all(map(_is_position, words)):
        one, two = ",".join(text.replace(",", ".").split()), " and ".join(map(str.strip, words))
        raise UsageError(
            f"{text!r} can be read in two ways: one point with decimal commas, or the points {two}, each a "
            f"latitude and a longitude. Write {one} for the first, and points with decimals, as in "
            f"{_spell_out(words[0])}, for the second."
        )
    return True


def _spell_out(pair: str) -> str:
    lat, lon = pair.strip().split(",")
    return f"{lat}.0,{lon}.0"


def _is_position(text: str) -> bool:
    try:
        return read_position(text) is not None
    except UsageError:
        return False


def _read_address(text: str) -> Position | None:
    """Read a geo: address (RFC 5870)."""
    found = _ADDRESS.fullmatch(text)
    if found is None:
        return None
    if "crs=" in (more := (found[3] or "").lower()) and "crs=wgs84" not in more:
        raise ValueError("the address names another coordinate system than WGS 84")
    return Position(float(found[2]), float(found[1]))


def _read_named(text: str) -> Position | None:
    """Read lat=50.45 lon=30.52, in either order."""
    found = _NAMED.fullmatch(text)
    if found is None:
        return None
    first, second = _parse(found[2]), _parse(found[3])
    return Position(second, first) if found["lat"] else Position(first, second)


def _read_plain(text: str) -> Position | None:
    """Read two numbers of degrees, latitude first."""
    if found := _COMMAS.fullmatch(text):
        return Position(_parse(found[2]), _parse(found[1]))
    if found := _FOUR.fullmatch(text):
        lat, minutes, lon, more = found.groups()
        raise ValueError(
            f"it can be read as {lat}.{minutes},{lon}.{more} or as {lat}°{minutes}' {lon}°{more}'; write it so"
        )
    found = _PLAIN.fullmatch(text)
    return found and Position(float(found[2]), float(found[1]), is_plain=True)


def _read_grid(text: str) -> Position | None:
    """Read MGRS or UTM."""
    capitals = text.upper().translate(_LOOKALIKES)
    if found := _MGRS.fullmatch(capitals):
        east, north = found[2] or "", found[3] or ""
        if north and len(east) != len(north):
            raise ValueError("MGRS has as many digits for east as for north")
        if len(east + north) % 2:
            raise ValueError(f"MGRS has an even number of digits, and this has {len(east + north)}")
        square = grid.read_mgrs(found[1].replace(" ", "") + east + north)
        return Position(square.lon, square.lat, side_m=square.side_m)
    if found := _UTM.fullmatch(capitals):
        return _read_utm(int(found[1]), found[2], _parse(found[3]), _parse(found[4]))
    if _GRIDLIKE.fullmatch(capitals) and not re.fullmatch(r"[\d ]+[NSEW].*[NSEW]", capitals):
        raise ValueError(
            "of MGRS it has not the letters and digits, and of UTM not the zone, the easting and the northing"
        )
    return None


def _read_utm(zone: int, letter: str, easting_m: float, northing_m: float) -> Position:
    """Read UTM whose letter is that of a band, or N or S for a hemisphere."""
    readings: dict[str, tuple[float, float]] = {}
    faults: list[str] = []
    if letter in grid.BANDS:
        try:
            readings["band"] = _find_in_band(zone, letter, easting_m, northing_m)
        except ValueError as error:
            faults.append(str(error))
    if letter in "NS":
        try:
            readings["hemisphere"] = grid.read_utm(zone, easting_m, northing_m, is_south=letter == "S")
        except ValueError as error:
            faults.append(str(error))
    if not readings:
        raise ValueError(faults[0] if faults else f"there is no band {letter}")
    if len({(round(lon, 9), round(lat, 9)) for lon, lat in readings.values()}) > 1:
        either = " or ".join(
            f"{lat:.5f},{lon:.5f} ({what} {letter})" for what, (lon, lat) in readings.items()
        )
        raise ValueError(f"{letter} is a band and a hemisphere; write {either}")
    return Position(*next(iter(readings.values())))


def _find_in_band(zone: int, letter: str, easting_m: float, northing_m: float) -> tuple[float, float]:
    lon, lat = grid.read_utm(zone, easting_m, northing_m, is_south=letter < "N")
    if (found := grid.find_band(lat)) != letter:
        raise ValueError(f"that northing lies in band {found}, not in {letter}")
    return lon, lat


def _read_angles(text: str) -> Position | None:
    """Read degrees, or degrees, minutes and seconds, with letters for north and east, or signs of degrees."""
    for words, letter in _CYRILLIC:
        text = re.sub(rf"\b(?:{words})(?!\w)", letter, text, flags=re.IGNORECASE)
    capitals = text.upper().replace("''", '"').translate(str.maketrans("Д", "D"))
    letters = re.findall(r"[A-Z]", capitals)
    if letters:
        if len(letters) != 2 or not {*letters} & {*"NS"} or not {*letters} & {*"EW"}:
            return None
        marked = re.split(r"(?<=[NSEW])" if capitals[-1] == letters[1] else r"(?=[NSEW])", capitals)
        halves = [half for half in marked if half.strip(" ,;")]
    else:
        halves = re.split(_BETWEEN if "°" in text else r"[ ,;]+", capitals)
        if not re.search("[°:]", text):
            return None
    if len(halves) != 2:
        return None
    angles = [_parse_angle(half.strip(" ,;")) for half in halves]
    if letters and letters[0] in "EW":
        angles.reverse()
    return Position(angles[1], angles[0])


def _parse_angle(text: str) -> float:
    letter = next((each for each in text if each in "NSEW"), "")
    found = _ANGLE.fullmatch(text.replace(letter, "").strip() if letter else text)
    if found is None:
        raise ValueError(f"{text!r} is no angle")
    sign, *numbers = found.groups()
    parts = [_parse(number) for number in numbers if number is not None]
    if any(part >= 60 for part in parts[1:]):
        raise ValueError("minutes and seconds are less than 60")
    if any(part % 1 for part in parts[:-1]):
        raise ValueError("only the last number of an angle has decimals")
    if sign == "-" and letter:
        raise ValueError(f"an angle has a minus or the letter {letter}, not both")
    degrees = sum(part * 60.0**-power for power, part in enumerate(parts))
    return -degrees if sign == "-" or letter in tuple("SW") else degrees


def _parse(number: str) -> float:
    return float(number.replace(",", "."))


def _not_a_position(text: str, why: str = "") -> UsageError:
    because = f": {why}" if why else ""
    return UsageError(f"{text.strip()!r} is not a point{because}. {_FORMS}")
