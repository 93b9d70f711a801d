"""``geo distance``: how far places and points lie from a front."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo import numerals
from geo.cli import bulk, chosen, messages, options, results
from geo.cli.results import Result

if TYPE_CHECKING:
    from geo.fronts.front import Front
    from geo.measuring.places import PointDistance

_COMPASS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")

_COARSE_M = (
    1000  # a square with sides of this length is named: its middle is only somewhere near what was meant
)
_FAR_KM = 2000  # farther than any place a user of this front is likely to mean
_NEGATIVE = re.compile(
    r"[-−][\d.].*"
)  # looks like an option, and is a number of a point in the south or the west


class _PointCommand(click.Command):
    """A command among whose arguments may be points with negative numbers."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, [f" {arg}" if _NEGATIVE.fullmatch(arg) else arg for arg in args])


@click.command(cls=_PointCommand)
@click.argument("place", nargs=-1, metavar="PLACE|POSITION ...", shell_complete=options.complete_place)
@options.with_front
@results.with_result(results.LISTING)
@click.option("--points", type=click.Path(path_type=Path), metavar="FILE", help=bulk.POINTS_HELP)
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE|DIR", help=bulk.OUT_HELP)
@click.option("--fronts", type=click.Path(path_type=Path), metavar="DIR", help=bulk.FRONTS_HELP)
@click.option("--mgrs", is_flag=True, help=bulk.MGRS_HELP)
@click.option("--scheduler", metavar="ADDRESS", help=bulk.SCHEDULER_HELP)
@messages.with_quiet
def distance(
    place: tuple[str, ...],
    front_name: str | None,
    result: Result,
    points: Path | None,
    out: Path | None,
    fronts: Path | None,
    mgrs: bool,
    scheduler: str | None,
) -> None:
    """Print how far places or points lie from the front, or add distances to a file of points.

    A place is a name, in Ukrainian too; more than those on the map come with the extra 'places'. A position is
    latitude and longitude in degrees, with minutes and seconds or without, UTM, MGRS, or a geo: address.

    \b
    Examples:
      geo distance Kyiv Одеса
      geo distance 48.47,35.04 36UUA2418291607 --json
      geo distance 36U 324182 5591607
      geo distance "50°27'N 30°31'E"
      geo distance --points settlements.csv --out distances.parquet
      geo distance --points settlements.xlsx --layer villages --fronts days --out distances.csv
    """
    if points is not None:
        named = None if fronts and chosen.is_front_of_environment() else front_name
        as_json = result.form == "json"
        bulk.measure(place, points, out, named, fronts, scheduler, as_json=as_json, mgrs=mgrs)
        return
    if out or fronts or scheduler or mgrs:
        raise click.UsageError("--out, --fronts, --mgrs and --scheduler go with --points FILE.")
    if not place:
        raise click.UsageError(
            "Name a place, write a point as LAT,LON, UTM or MGRS, or give a file with --points."
        )
    _measure_places(place, front_name, as_json=result.form == "json")


def _measure_places(place: tuple[str, ...], front_name: str | None, *, as_json: bool) -> None:
    from geo.files import axes
    from geo.measuring import notation, places
    from geo.reference import basemap

    front = chosen.find_front(front_name)
    rows = places.measure_points(notation.join_parts(place, basemap.has_place), front)
    if as_json:
        messages.echo_json([row.record() for row in rows])
    else:
        messages.say(_render_distances(rows, front), nl=False)
    for row in rows:
        if row.side_m >= _COARSE_M:
            side = f"{row.side_m // 1000} km"
            messages.note(f"Note: {row.place} is a square of {side}. Its middle was measured.")
        if row.distance_km > _FAR_KM or axes.is_swapped(row.lon, row.lat):
            messages.note(f"Note: {row.place} is far from this front. A point is LAT,LON, latitude first.")


def _render_distances(rows: Sequence[PointDistance], front: Front) -> str:
    """Return one line a point with the rounded distance and the direction of the front, then what was measured."""
    from geo.briefing import notes

    width = max(len(row.label) for row in rows)
    distances = [numerals.format_interval_km(row.distance_km, row.low_km, row.high_km) for row in rows]
    most = max(map(len, distances))
    lines = [
        f"{row.label:<{width}}  {distance:>{most}}  {_direction(row)}".rstrip()
        for row, distance in zip(rows, distances, strict=True)
    ]
    return "\n".join([*lines, "", *notes.describe_points(front, rows), ""])


def _direction(row: PointDistance) -> str:
    """Return the direction of the front as a compass point and degrees, and whether the point lies beyond it."""
    if row.bearing_deg is None:
        return ""
    from geo.briefing import notes

    point = _COMPASS[round(row.bearing_deg / 45) % 8]
    beyond = ", beyond the line" if row.is_beyond else ""
    return f"{point} ({row.bearing_deg:.0f}°){notes.describe_across(row.nearest_across)}{beyond}"
