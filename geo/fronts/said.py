"""What the user says of a front that its file does not: who drew it, under which licence, how uncertain it is."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from geo.errors import UsageError
from geo.fronts.front import NOT_STATED, Front

SAID_KEYS = ("source", "licence", "uncertainty_km")
"""What can be said of a front; each is an option of the same name."""
MOST_KM = 1000.0
LONGEST = 300


def add_facts(front: Front, said: Mapping[str, Any]) -> Front:
    """Return a front with what the user says of it; None stands for nothing said.

    Raises
    ------
    UsageError
        The front's file states something else, or the text or number cannot be meant.
    """
    new = {key: value for key, value in validate_facts(said).items() if value is not None}
    for key, value in new.items():
        stated = getattr(front, key)
        if stated not in (None, NOT_STATED, value):
            option = f"--{key.replace('_', '-')}"
            raise UsageError(
                f"The file of the front {front.id} states {key} itself: {stated}. Leave {option} out."
            )
    if "uncertainty_km" in new:
        sectors = tuple(
            replace(sector, precision_km=new["uncertainty_km"]) if sector.precision_km is None else sector
            for sector in front.sectors
        )
        stated_km = {sector.precision_km for sector in sectors if sector.precision_km is not None}
        new |= {"sectors": sectors, "precisions_km": tuple(sorted(stated_km))}
    return replace(front, **new) if new else front


def validate_facts(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the user says, each of `SAID_KEYS`, None where nothing is said.

    Raises
    ------
    UsageError
        A text or number cannot be meant.
    """
    facts = {key: said.get(key) for key in SAID_KEYS}
    for key, value in facts.items():
        if value is not None:
            _validate(key, value)
    return facts


def read_said(entry: Mapping[str, Any], front: Front) -> dict[str, Any]:
    """Return what a manifest's entry says of a front that the front's file does not."""
    return {
        key: entry[key]
        for key in SAID_KEYS
        if getattr(front, key) in (None, NOT_STATED) and entry.get(key) not in (None, NOT_STATED)
    }


def _validate(key: str, value: Any) -> None:
    option = f"--{key.replace('_', '-')}"
    if key == "uncertainty_km":
        if not (math.isfinite(value) and 0 <= value <= MOST_KM):
            raise UsageError(f"{option} {value:g} is no uncertainty. Write kilometres, 0 to {MOST_KM:g}.")
    elif not (value.strip() and value.isprintable() and len(value) <= LONGEST):
        raise UsageError(f"{option} takes one line of text, at most {LONGEST} characters.")
