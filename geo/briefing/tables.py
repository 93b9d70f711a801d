"""Tables of rounded figures as text: for the terminal, as Markdown, and as HTML for a notebook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from geo import numerals
from geo.briefing import change_words, intervals, notes, sections
from geo.fronts.front import FrontFacts
from geo.measuring import figures
from geo.measuring.figures import NEAREST, Output
from geo.measuring.metrics import Metrics

if TYPE_CHECKING:
    from geo.briefing.changes import Changes
    from geo.measuring.history import History

_NAMES = (sections.ZONE, sections.COUNTRY)


def render_table(metrics: Metrics, front: FrontFacts) -> str:
    """Return a plain-text table of rounded figures with the definition under it, for a terminal."""
    cells = _cells(metrics, Output.TERMINAL)
    groups = [cells] if len(metrics.zones) == 1 else [cells[:-1], cells[-1:]]
    table = _text_table(_headings(Output.TERMINAL), groups, len(_NAMES))
    return "\n".join([metrics.scenario, "", *table, "", *notes.describe_table([metrics], front)]) + "\n"


def render_markdown(metrics: Metrics, front: FrontFacts) -> str:
    """Return a Markdown table of rounded figures with the definition under it."""
    table = _markdown_table(_headings(Output.MARKDOWN), _cells(metrics, Output.MARKDOWN), len(_NAMES))
    under = map(_escape_markdown, notes.describe_table([metrics], front))
    return "\n".join([f"**{_escape_markdown(metrics.scenario)}**", "", *table, "", *under]) + "\n"


def render_comparison_table(measured: Sequence[tuple[Metrics, FrontFacts]]) -> str:
    """Return one plain-text table over several scenarios measured against one front."""
    headings = (sections.SCENARIO, *_headings(Output.TERMINAL))
    table = _text_table(headings, _comparison_cells(measured, Output.TERMINAL), len(_NAMES) + 1)
    return "\n".join([*table, "", *_describe_comparison(measured)]) + "\n"


def render_comparison_markdown(measured: Sequence[tuple[Metrics, FrontFacts]]) -> str:
    """Return one Markdown table over several scenarios measured against one front."""
    headings = (sections.SCENARIO, *_headings(Output.MARKDOWN))
    lines = [line for group in _comparison_cells(measured, Output.MARKDOWN) for line in group]
    table = _markdown_table(headings, lines, len(_NAMES) + 1)
    under = map(_escape_markdown, _describe_comparison(measured))
    return "\n".join([*table, "", *under]) + "\n"


def render_comparison_html(measured: Sequence[tuple[Metrics, FrontFacts]]) -> str:
    """Return the table over several scenarios as a piece of HTML."""
    headings = (sections.SCENARIO, *_headings(Output.TERMINAL))
    lines = [line for group in _comparison_cells(measured, Output.TERMINAL) for line in group]
    return _html_table(headings, lines, len(_NAMES) + 1, _describe_comparison(measured))


def _describe_comparison(measured: Sequence[tuple[Metrics, FrontFacts]]) -> list[str]:
    """Return whether the order of scenarios holds, then what is said of the zones of all of them."""
    names, totals = zip(*((metrics.scenario, metrics.total) for metrics, _ in measured), strict=True)
    every, front = [metrics for metrics, _ in measured], measured[0][1]
    nearest_first = [
        name for _, name in sorted(zip((total.nearest_km for total in totals), names, strict=True))
    ]
    ranking = intervals.describe_ranking(names, totals)
    order = [f"Nearest first: {', '.join(nearest_first)}."] if ranking else []
    return [*order, *ranking, *notes.describe_table(every, front)]


def render_history_table(history: History) -> str:
    """Return one line for each run of days with the same front, over all zones, and what the figures mean."""
    from geo.briefing import through_time  # only where there are days, for it loads what measures them

    table = _text_table(_history_headings(), [list(_history_cells(history))], 1)
    about = [through_time.describe_span(history), ""]
    return "\n".join([*about, *table, "", *through_time.describe_history(history)]) + "\n"


def render_history_html(history: History) -> str:
    """Return the table of days as a piece of HTML."""
    from geo.briefing import through_time

    about = [through_time.describe_span(history), *through_time.describe_history(history)]
    return _html_table(_history_headings(), list(_history_cells(history)), 1, about)


def render_changes_table(changes: Changes) -> str:
    """Return what changed as plain text: the key sentence, distances, ground, and how to read them."""
    parts = [[changes.headline]]
    if changes.headline != change_words.NOTHING:
        parts += [_text_table(headings, [lines], 1) for headings, lines in _change_tables(changes)]
    parts.append(change_words.describe_table(changes))
    return "\n".join([changes.scenario.id, *("\n" + "\n".join(part) for part in parts)]) + "\n"


def render_changes_markdown(changes: Changes) -> str:
    """Return what changed as Markdown."""
    tables = [_markdown_table(headings, lines, 1) for headings, lines in _change_tables(changes)]
    if changes.headline == change_words.NOTHING:
        tables = []
    under = list(map(_escape_markdown, change_words.describe_table(changes)))
    parts = [[f"**{_escape_markdown(changes.headline)}**"], *tables, under]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def render_changes_html(changes: Changes) -> str:
    """Return what changed as a piece of HTML."""
    tables = [_html_table(headings, lines, 1, ()) for headings, lines in _change_tables(changes)]
    return f"<p>{escape(changes.headline)}</p>{''.join(tables)}" + "".join(
        f"<p>{escape(sentence)}</p>" for sentence in change_words.describe_table(changes)
    )


def _change_tables(changes: Changes) -> Iterator[tuple[tuple[str, ...], list[list[str]]]]:
    """Yield headings and lines of the table of distances, and of that of ground where any changed sides."""
    yield (
        (sections.ZONE, *(figure.heading for figure in figures.DISTANCES)),
        [
            [row[0].after.zone, *(change_words.write_line(each) for each in row[: len(figures.DISTANCES)])]
            for row in changes.rows
        ],
    )
    if changes.ground and changes.ground.shares:
        headings = (changes.ground.shared_by.capitalize(), *change_words.head_ground(changes))
        yield headings, [list(line) for line in change_words.write_ground(changes.ground)]


def _history_headings() -> tuple[str, ...]:
    shown = figures.find_figures(Output.HISTORY)
    since_first = f"{NEAREST.heading} since first"
    return ("Front as of", *(figure.heading for figure in shown), "Front length", since_first)


def _headings(output: Output) -> tuple[str, ...]:
    return (*_NAMES, *(figure.heading for figure in figures.find_figures(output)))


def _cells(metrics: Metrics, output: Output) -> list[list[str]]:
    shown = figures.find_figures(output)
    return [
        [row.zone, row.country or figures.NONE, *(figure.write_interval(row) for figure in shown)]
        for row in metrics.rows
    ]


def _comparison_cells(
    measured: Sequence[tuple[Metrics, FrontFacts]], output: Output
) -> list[list[list[str]]]:
    return [[[metrics.scenario, *line] for line in _cells(metrics, output)] for metrics, _ in measured]


def _history_cells(history: History) -> Iterator[list[str]]:
    from geo.briefing import through_time

    shown = figures.find_figures(Output.HISTORY)
    for _, run in groupby(enumerate(history.days), key=lambda each: (each[1].geometry, each[1].origin)):
        indices, days = zip(*run, strict=True)
        first, total = history.start_of(indices[0]).metrics.total, days[0].metrics.total
        span = [str(days[0].as_of)] + ([f"to {days[-1].as_of}"] if len(days) > 1 else [])
        yield [
            " ".join(span),
            *(figure.write_interval(total) for figure in shown),
            numerals.format_km(days[0].metrics.front_length_km),
            through_time.write_change(NEAREST, first, total),
        ]


def _markdown_table(headings: Sequence[str], cells: Sequence[Sequence[str]], left: int) -> list[str]:
    """Lay out rows as Markdown; the first columns, so many, are names and stand to the left."""
    return [
        f"| {' | '.join(headings)} |",
        "|" + "---|" * left + "---:|" * (len(headings) - left),
        *(f"| {' | '.join(_escape_markdown(cell) for cell in line)} |" for line in cells),
    ]


def _html_table(
    headings: Sequence[str], cells: Sequence[Sequence[str]], left: int, under: Sequence[str]
) -> str:
    """Lay out rows as HTML with sentences under them; the first columns, so many, are names and stand to the left."""

    def row(tag: str, line: Sequence[str]) -> str:
        looks = ["text-align: left"] * left + ["text-align: right; white-space: nowrap"] * (len(line) - left)
        cells = zip(line, looks, strict=True)
        return "".join(f'<{tag} style="{look}">{escape(cell)}</{tag}>' for cell, look in cells)

    body = "".join(f"<tr>{row('td', line)}</tr>" for line in cells)
    words = "".join(f"<p>{escape(sentence)}</p>" for sentence in under if sentence)
    return f"<table><thead><tr>{row('th', headings)}</tr></thead><tbody>{body}</tbody></table>{words}"


def _text_table(headings: Sequence[str], groups: Sequence[Sequence[Sequence[str]]], left: int) -> list[str]:
    """Lay out groups of rows in aligned columns, figures to the right, with a rule above each group."""
    lines = [headings, *(line for group in groups for line in group)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(headings))]
    rule = "─" * (sum(widths) + 2 * (len(widths) - 1))
    text = [_aligned(headings, widths, left)]
    for group in groups:
        text += [rule, *(_aligned(line, widths, left) for line in group)]
    return text


def _aligned(line: Sequence[str], widths: Sequence[int], left: int) -> str:
    cells = [
        cell.ljust(width) if column < left else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(line, widths, strict=True))
    ]
    return "  ".join(cells).rstrip()


def _escape_markdown(text: str) -> str:
    """Keep text from a file as text: no table cell, link, emphasis or markup of its own."""
    for character in "\\`*_[]<>|":
        text = text.replace(character, f"\\{character}")
    return " ".join(text.split())
