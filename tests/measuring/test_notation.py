"""Positions as people write them: each way is read, and what cannot be told apart is said."""

from __future__ import annotations

import mgrs
import numpy as np
import pytest

from geo.errors import UsageError
from geo.geodesy import grid
from geo.measuring.notation import join_parts, read_position

KYIV = [
    "36UUA2418291607", "36u ua 24182 91607", "MGRS 36UUA 24182 91607", "36U 324182 5591607", "36N 324182 5591607",
    "UTM 36U 324182mE 5591607mN", "36U 324182,5 5591607,5", "50°27'00.4\"N 30°31'24.2\"E", "50 27 00.4 N 30 31 24.2 E",
    "N50 27.006 E30 31.404", "30°31′24.2″ E, 50°27′00.4″ N", "50°27′ 0,4″ пн. ш. 30°31′24,2″ сх. д.",
    "50°27' с.ш., 30°31,404' в.д.", "50°27’0.4” 30°31’24.2”", "50:27:00.4 30:31:24.2", "50.4501 30.5234",
    "50,4501 30,5234", "50,4501, 30,5234", "50,4501;30,5234", "50.4501,30.5234", "(50.4501, 30.5234)",
    "50.4501N 30.5234E", "E 30,5234 N 50,4501", "50.4501° 30.5234°", "50,4501° 30,5234°",
    "50.4501°,30.5234°", "lat=50.4501 lon=30.5234",
    "Longitude: 30,5234, latitude: 50,4501", "geo:50.4501,30.5234", "geo:50.4501,30.5234,120;u=35",
]  # fmt: skip


@pytest.mark.parametrize("written", KYIV)
def test_every_way_of_writing_kyiv(written: str) -> None:
    """Coordinates of one spot in each notation lead to it, within 20 m of what they round to."""
    found = read_position(written)
    assert found is not None
    assert (found.lon, found.lat) == pytest.approx((30.5234, 50.4501), abs=2e-4)


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("36UUA249", "even number of digits, and this has 3"),
        ("36UUA 2418 91607", "as many digits for east as for north"),
        ("36UUI2491", "none of them is I or O"),
        ("36TUA2418291607", "does not lie in band T"),
        ("36UAA2491", "zone 36U has no square AA"),
        ("36U 324182", "of UTM not the zone, the easting"),
        ("36T 324182 5591607", "that northing lies in band U"),
        ("36U 5591607 324182", "east comes first"),
        ("36S 324182 4000000", r"36.12878,31.04617 \(band S\) or -54.11804,30.30986 \(hemisphere S\)"),
        ("50,45,30,52", r"as 50\.45,30\.52 or as 50°45' 30°52'"),
        ("50°75'N 30°E", "less than 60"),
        ("50.5°30'N 30°E", "only the last number"),
        ("-33.9S 18E", "not both"),
        ("geo:50.45,30.52;crs=nad27", "another coordinate system"),
        ("91,2", "between -90 and 90"),
        ("50.45", "LAT,LON in degrees"),
    ],
)
def test_what_is_no_position_says_why(written: str, says: str) -> None:
    """The message repeats what was written, and says what is wrong or which two readings there are."""
    with pytest.raises(UsageError, match=says) as caught:
        read_position(written)
    assert str(caught.value).startswith(repr(written))


def test_a_name_is_no_position() -> None:
    """A text without a number is left to those who know names."""
    assert read_position("Кам'янець-Подільський") is None


@pytest.mark.parametrize(
    ("words", "joined"),
    [
        ("Kyiv 50.45 30.52 Odesa", ["Kyiv", "50.45 30.52", "Odesa"]),
        ("36U 324182 5591607 36UUA 24182 91607", ["36U 324182 5591607", "36UUA 24182 91607"]),
        ("50 27 00 N 30 31 24 E Kryvyi Rih", ["50 27 00 N 30 31 24 E", "Kryvyi Rih"]),
        ("50.45 30.52 48.47 35.04", ["50.45 30.52", "48.47 35.04"]),
        ("50.45,30.52 50,30", ["50.45,30.52", "50,30"]),
        ("50,4501 30,5234", ["50,4501 30,5234"]),
    ],
)
def test_what_the_shell_took_apart_is_joined(words: str, joined: list[str]) -> None:
    """Positions and names with spaces need no quotation marks."""
    assert join_parts(words.split(), {"Kryvyi Rih"}.__contains__) == joined


def test_two_points_or_decimal_commas() -> None:
    """Where both readings are possible, neither is chosen."""
    with pytest.raises(UsageError, match=r"Write 50\.45,30\.52 for the first") as caught:
        join_parts(["50,45", "30,52"], lambda name: False)
    assert "the points 50,45 and 30,52" in str(caught.value)


def test_squares_are_those_of_geotrans() -> None:
    """At 500 positions, poles and Norway's odd zones among them, squares are GEOTRANS's and lead back to their spot."""
    random = np.random.default_rng(36)
    lonlats = np.column_stack([random.uniform(-180, 180, 500), random.uniform(-90, 90, 500)])
    lonlats[:5] = [(5, 60), (10, 78), (30, 89), (30.5234, 50.4501), (0, -85)]
    squares = grid.derive_mgrs(lonlats).tolist()
    assert [each.decode() for each in squares] == [
        mgrs.MGRS().toMGRS(lat, lon) for lon, lat in lonlats.tolist()
    ]
    assert squares[0].startswith(b"32V") and squares[1].startswith(b"33X")
    for (lon, lat), square in zip(lonlats.tolist(), squares, strict=True):
        if -80 < lat < 84:
            found = grid.read_mgrs(square.decode())
            assert abs(found.lat - lat) < 2e-5
            assert abs((found.lon - lon + 180) % 360 - 180) * np.cos(np.radians(lat)) < 2e-5
