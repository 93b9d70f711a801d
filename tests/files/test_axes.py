"""Whether longitude and latitude were exchanged."""

import numpy as np
import pytest

from geo.files import axes

KYIV, DNIPRO, SIMFEROPOL = (30.52, 50.45), (35.04, 48.47), (34.1, 44.95)
PLACES = {
    "Yerevan": (44.5, 40.2),
    "eastern Turkey": (43.4, 38.4),
    "the Emirates": (51.0, 24.0),
    "Qatar": (51.5, 25.3),
    "Tbilisi": (44.8, 41.7),
    "Kyiv": KYIV,
    "nowhere near": (-100.0, 40.0),
}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_real_place_is_not_refused(place: tuple[float, float]) -> None:
    """A place whose exchanged numbers would lie in or near Ukraine may be meant."""
    assert axes.judge(np.array([place, place])) != axes.SWAPPED


def test_exchanged_numbers_are_found() -> None:
    """Ukrainian positions with their numbers exchanged are, all of them or some among others of Ukraine."""
    given = np.array([KYIV, DNIPRO, SIMFEROPOL])
    assert axes.judge(given[:, ::-1]) == axes.SWAPPED
    assert axes.judge(np.array([KYIV, DNIPRO[::-1]])) == axes.SWAPPED
    assert axes.judge(given) == axes.FINE


def test_doubt_is_told() -> None:
    """Where the other reading lies near Ukraine as well, that is worth a note; far from both it is not."""
    assert axes.judge(np.array([PLACES["Qatar"]])) == axes.DOUBTFUL
    assert axes.judge(np.array([PLACES["nowhere near"]])) == axes.FINE


@pytest.mark.parametrize("place", ["Yerevan", "Tbilisi", "eastern Turkey"])
def test_what_the_map_shows_is_not_doubted(place: str) -> None:
    """A place on the map is meant, unless its exchanged numbers lie in Ukraine itself."""
    assert axes.judge(np.array([PLACES[place]])) == axes.FINE
    assert axes.judge(np.array([(46.5, 40.2)])) == axes.FINE  # Azerbaijan; exchanged, Stavropol
    assert (
        axes.judge(np.array([(48.4, 38.1), (45.0, 38.5)])) == axes.DOUBTFUL
    )  # Iran; exchanged, one in Donbas
