"""What ``geo distance --points`` does: a file of points in, the same file with distances out."""

from __future__ import annotations

import codecs
import contextlib
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli import chosen, interruption, messages, results
from geo.cli.progress import Progress
from geo.errors import DataError, needing

if TYPE_CHECKING:
    from geo.fronts.front import Front
    from geo.measuring.bulk.job import Job, Outcome

POINTS_HELP = (
    "Measure every point of a file: CSV in any dialect, XLSX, GeoJSON, GeoPackage, Shapefile (zipped too), KML, KMZ, "
    "GPX, FlatGeobuf, (Geo)Parquet, or a folder of Parquet files; '-' is standard input. --layer then chooses a layer "
    "or sheet of it."
)
OUT_HELP = (
    "Where the points go with their distances: a .parquet or .csv file, a folder (a name without a suffix), or '-' "
    "for CSV on standard output."
)
MGRS_HELP = "Add a column with the square of each point on the military grid (MGRS)."
FRONTS_HELP = "Measure to every front in a folder, whatever format of map it has, one column each."
_STREAM, _INPUT = "-", "standard input"
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
    mgrs: bool,
) -> None:
    """Measure a file of points and say on stderr what was done."""
    if place or as_json:
        raise click.UsageError("--points FILE takes the place of points on the command line, and of --json.")
    if out is None:
        raise click.UsageError("Say with --out where the distances go: a .parquet or .csv file, or a folder.")
    if front_name and fronts:
        raise click.UsageError("Use --front or --fronts, not both.")
    results.refuse_input(out)
    layer = chosen.take_layer()
    with contextlib.ExitStack() as held, needing("--points" if scheduler is None else "--scheduler"):
        from geo.measuring.bulk.job import Job, read_front_folder

        measured = read_front_folder(fronts) if fronts else (chosen.find_front(front_name),)
        if _STREAM in (str(points), str(out)):
            folder = Path(held.enter_context(tempfile.TemporaryDirectory()))
        source = _save_input(folder) if str(points) == _STREAM else points
        target = folder / "out.csv" if str(out) == _STREAM else out
        if source is points and target is out:
            interruption.promise_resumption()
        try:
            outcome = _run(Job(source, target, measured, layer, mgrs), scheduler)
        except DataError as error:
            raise (error if source is points else DataError(_INPUT, error.problems)) from None
        if target is not out:
            _print(target)
    said = _describe_outcome(out if target is out else "standard output", outcome, measured)
    messages.note(said if source is points else said.replace(str(source), _INPUT))


def _save_input(folder: Path) -> Path:
    """Save what standard input holds, so that it can be recognised and then read in pieces."""
    file = folder / "points"
    with file.open("wb") as stream:
        shutil.copyfileobj(sys.stdin.buffer, stream)
    return file


def _print(file: Path) -> None:
    """Write a CSV file to standard output, without the mark that Excel needs."""
    with file.open("rb") as stream:
        stream.seek(len(codecs.BOM_UTF8))
        shutil.copyfileobj(stream, sys.stdout.buffer)


def _run(job: Job, scheduler: str | None) -> Outcome:
    with contextlib.closing(Progress()) as progress:
        if scheduler is None:
            from geo.measuring.bulk.job import measure_job

            return measure_job(job, progress.add)
        from geo.measuring.bulk.cluster import measure_on_cluster

        return measure_on_cluster(job, scheduler, progress.add)


def _describe_outcome(out: Path | str, outcome: Outcome, fronts: tuple[Front, ...]) -> str:
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
    lines += outcome.notes
    if outcome.resumed:
        lines.append(f"Taken over from an earlier, unfinished run: {outcome.resumed:,} chunks.")
    return "\n".join(lines)
