"""What ``geo distance --points`` does: a file of points in, the same file with distances out."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli import interruption, messages, options
from geo.cli.progress import Progress
from geo.errors import needing

if TYPE_CHECKING:
    from geo.fronts.front import Front
    from geo.measuring.bulk.job import Job, Outcome

POINTS_HELP = (
    "Measure every point of a CSV file (columns lon, lat), GeoPackage or (Geo)Parquet file, "
    "or of a folder of Parquet files."
)
OUT_HELP = "Where the points go with their distances: a .parquet or .csv file, or a folder (a name without a suffix)."
FRONTS_HELP = "Measure to every GeoJSON front in a folder, one column each."
SCHEDULER_HELP = "Let the Dask cluster with this scheduler measure; input and output are folders of Parquet."


def measure(
    place: tuple[str, ...],
    points: Path,
    out: Path | None,
    front_name: str | None,
    fronts: Path | None,
    scheduler: str | None,
    *,
    as_json: bool,
) -> None:
    """Measure a file of points and say on stderr what was done."""
    if place or as_json:
        raise click.UsageError("--points FILE takes the place of points on the command line, and of --json.")
    if out is None:
        raise click.UsageError("Say with --out where the distances go: a .parquet or .csv file, or a folder.")
    if front_name and fronts:
        raise click.UsageError("Use --front or --fronts, not both.")
    with needing("--points" if scheduler is None else "--scheduler"):
        from geo.measuring.bulk.job import Job, read_front_folder

        measured = read_front_folder(fronts) if fronts else (options.find_front(front_name),)
        job = Job(points, out, measured)
        interruption.promise_resumption()
        outcome = _run(job, scheduler)
    messages.note(_describe_outcome(out, outcome, measured))


def _run(job: Job, scheduler: str | None) -> Outcome:
    with contextlib.closing(Progress()) as progress:
        if scheduler is None:
            from geo.measuring.bulk.job import measure_job

            return measure_job(job, progress.add)
        from geo.measuring.bulk.cluster import measure_on_cluster

        return measure_on_cluster(job, scheduler, progress.add)


def _describe_outcome(out: Path, outcome: Outcome, fronts: tuple[Front, ...]) -> str:
    from geo.briefing.notes import describe_front

    target = describe_front(fronts[0]) if len(fronts) == 1 else f"{len(fronts)} fronts"
    count = outcome.count
    points = "1 point" if count.rows == 1 else f"{count.rows:,} points"
    lines = [f"Wrote {out}: {points}, km in a straight line (WGS 84 geodesic) to the {target}."]
    if count.without_position:
        lines.append(f"Rows without a position: {count.without_position:,}; their distance is empty.")
    if count.unreadable:
        rows = (
            "1 of these rows holds" if count.unreadable == 1 else f"{count.unreadable:,} of these rows hold"
        )
        lines.append(f"{rows} something that is no position, first {count.first_unreadable}.")
    if outcome.resumed:
        lines.append(f"Taken over from an earlier, unfinished run: {outcome.resumed:,} chunks.")
    return "\n".join(lines)
