"""``geo changes``: what changed for a scenario between two fronts, in a scenario's file, or in an output."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli import chosen, loading, messages, options, results
from geo.cli.results import Offer, Result
from geo.renderers import attachments, formats, names

if TYPE_CHECKING:
    from geo.briefing.changes import Changes

OFFER = Offer(
    printed=("table", "json", "csv", "markdown"),
    written=formats.find_suffixes("changes"),
    default="table",
    folder="maps",
)
_FORMS = (
    "Give one SCENARIO and two fronts (geo changes dnipro-line --from 2025-03-27 --to latest), or two versions of a "
    "file (geo changes old.geojson new.geojson)."
)


@click.command()
@click.argument(
    "given", nargs=-1, required=True, metavar="SCENARIO [NEWER]", shell_complete=options.complete_scenario
)
@click.option("--from", "earlier", metavar="FRONT", help="The front to begin with, as --front takes it.")
@click.option("--to", "later", metavar="FRONT", help="The front to compare it with.")
@options.with_zone_choice
@options.with_front
@results.with_result(OFFER)
@options.with_page
@options.with_marking
@options.with_imprint
@messages.with_quiet
def changes(
    given: tuple[str, ...],
    earlier: str | None,
    later: str | None,
    front_name: str | None,
    result: Result,
    page: str,
    marking: str | None,
) -> None:
    """Say what changed for a SCENARIO between two fronts: its distances, and the ground gained and lost.

    A figure counts as changed where its two intervals do not meet; the others are unchanged within the line's
    uncertainty. With two files instead of two fronts: which zones were added, removed, moved or renamed and what that
    does to the figures against one --front, as text or on one map; or, of two files that geo wrote (HTML, PNG, SVG,
    PDF, PPTX, XLSX), in what their manifests differ.

    \b
    Examples:
      geo changes dnipro-line --from 2025-03-27 --to my-line-2025-06-01.geojson
      geo changes dnipro-line --from line-2025-03-27.geojson --to line-2025-06-01.geojson --format html,pdf
      geo changes zones-old.geojson zones-new.geojson --format html,pdf
      geo changes maps/last-week.html maps/today.html
    """
    attachments.validate_letters(marking, result.forms)
    if len(given) == 1 and earlier is not None and later is not None:
        _compare_fronts(given[0], earlier, later, result, page, marking)
    elif len(given) == 2 and earlier is None and later is None:
        _compare_files(*given, front_name, result, page, marking)
    else:
        raise click.UsageError(_FORMS)


def _compare_fronts(
    name: str, earlier: str, later: str, result: Result, page: str, marking: str | None
) -> None:
    from geo.briefing import changes

    scenario = chosen.find_scenario(name)
    before, after = chosen.find_both_fronts(earlier, later)
    built = changes.build_changes(scenario, before, after, marking=marking, imprint=chosen.read_imprint())
    if result.form in OFFER.printed:
        result.say(_render_text(built, result.form))
    else:
        _save(built, result, page)


def _save(built: Changes, result: Result, page: str) -> None:
    loading.prepare(result.forms)
    messages.echo_unknown_letters(built.briefing, result.forms)
    shown = formats.Shown(built, page)
    for form in result.forms:
        place = result.find_place(names.name_changes(built, form, page))
        result.save(formats.render_file(shown, "changes", form), place)


def _render_text(built: Changes, form: str) -> str:
    from geo.briefing import records, tables

    if form == "json":
        return messages.render_json(records.build_changes_record(built))
    if form == "csv":
        return records.render_changes_csv(built)
    renderer = tables.render_changes_table if form == "table" else tables.render_changes_markdown
    return renderer(built)


def _compare_files(
    older: str, newer: str, front_name: str | None, result: Result, page: str, marking: str | None
) -> None:
    """Compare two outputs by their manifests, or two versions of a scenario."""
    is_drawn = result.form not in OFFER.printed
    if not is_drawn and result.form not in ("table", "json"):
        raise click.UsageError("Two files are compared as a table, as JSON, or on a map.")
    from geo.briefing import revision, versions
    from geo.provenance import differences

    files = Path(older), Path(newer)
    if all(each.is_file() for each in files):
        found = differences.compare_outputs(*files, formats.find_containers("render", "metrics"))
        if found is not None:
            if is_drawn:
                raise click.UsageError("Two files that geo wrote are compared as a table or as JSON.")
            record = differences.build_record(found)
            result.say(messages.render_json(record) if result.form == "json" else differences.render(found))
            return
    before, after = (chosen.find_scenario(name) for name in (older, newer))
    front = chosen.choose_front([before, after], front_name)
    if is_drawn:
        imprint = chosen.read_imprint()
        _save(revision.build_revision(before, after, front, marking=marking, imprint=imprint), result, page)
        return
    compared = versions.compare_versions(before, after, front)
    record = versions.build_record(compared)
    result.say(messages.render_json(record) if result.form == "json" else versions.render(compared))
