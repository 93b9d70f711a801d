"""A `History` as a chart, PNG or SVG: the distances of each zone over the days."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from geo.briefing import through_time
from geo.briefing.imprint import NO_IMPRINT, Imprint
from geo.measuring import figures
from geo.measuring.figures import Figure as Declared
from geo.measuring.figures import Output
from geo.measuring.history import History
from geo.renderers import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH_IN = 10.0
_AROUND_IN, _PANEL_IN = 2.2, 2.7
DPI = 160
_LABEL_GAP = 0.135  # of the height of a panel: how far apart two labels stand at least
_LONGEST_NAME = 36
_SETTINGS = {
    "font.family": [*style.SANS, "DejaVu Sans"],
    "font.size": 9.5,
    "axes.edgecolor": style.PALETTE.ink_soft,
    "xtick.labelsize": 8.6,
    "ytick.labelsize": 8.6,
    "text.color": style.PALETTE.ink,
    "xtick.color": style.PALETTE.ink_soft,
    "ytick.color": style.PALETTE.ink_soft,
    "svg.hashsalt": "geo",  # ids that are the same on every run
    "svg.fonttype": "path",
    "figure.facecolor": style.PALETTE.paper,
    "axes.facecolor": style.PALETTE.paper,
}


def render_chart(history: History, form: str, imprint: Imprint = NO_IMPRINT) -> bytes:
    """Return the chart as the bytes of a ``png`` or ``svg`` file, the same on every run."""
    import matplotlib as mpl

    from geo.renderers.figure.files import ALONE

    with ALONE, mpl.rc_context(_usable(_SETTINGS)):  # type: ignore[arg-type] # a list of every setting there is
        figure = build_chart(history, imprint)
        stream = io.BytesIO()
        metadata: dict[str, Any] = {"Date": None} if form == "svg" else {"Software": None}
        figure.savefig(stream, format=form, dpi=DPI, metadata=metadata)
    return stream.getvalue()


def build_chart(history: History, imprint: Imprint = NO_IMPRINT) -> Figure:
    """Return the figure: a panel for each figure over one date axis, each line labelled at its end."""
    from matplotlib.figure import Figure

    shown = figures.find_figures(Output.SERIES)
    figure = Figure(figsize=(WIDTH_IN, _AROUND_IN + _PANEL_IN * len(shown)))
    panels: list[Axes] = list(figure.subplots(len(shown), 1, sharex=True, squeeze=False)[:, 0])
    figure.subplots_adjust(
        left=0.065, right=0.70, top=0.845, bottom=0.135 + 0.026 * _count_more(history), hspace=0.24
    )
    for axes, drawn in zip(panels, shown, strict=True):
        _draw_panel(axes, history, drawn)
    _mark_changes(panels, history)
    jumps = through_time.describe_jumps(history)
    _mark_jumps(panels, [history.days[index].as_of for index, _ in jumps])
    _write_around(figure, history, imprint, [words for _, words in jumps])
    return figure


def _count_more(history: History) -> int:
    """Return how many lines stand below a chart beside those that stand there always."""
    return len(through_time.describe_jumps(history)) + len(through_time.describe_gaps(history))


def _usable(settings: dict[str, Any]) -> dict[str, Any]:
    """Return the settings with only those faces that are installed: a missing one is a warning for each letter."""
    from matplotlib import font_manager

    known = set(font_manager.get_font_names())
    return settings | {"font.family": [face for face in settings["font.family"] if face in known]}


def _draw_panel(axes: Axes, history: History, drawn: Declared) -> None:
    ends = []
    for number, zone in enumerate(history.scenario.zones):
        colour = style.SERIES[number % len(style.SERIES)]
        dashes = "-" if number < len(style.SERIES) else "--"
        for run in history.runs:
            days = [day.as_of for day in run]
            values = [drawn.read(day.metrics.zones[number]) for day in run]
            between = [drawn.read_interval(day.metrics.zones[number]) for day in run]
            if None not in between:
                lows, highs = zip(*filter(None, between), strict=True)
                axes.fill_between(days, lows, highs, color=colour, alpha=0.16, linewidth=0)  # type: ignore[arg-type]
            dot = "o" if len(run) == 1 else None  # a line of one point would not be seen
            axes.plot(days, values, dashes, color=colour, linewidth=1.8, marker=dot, markersize=3)  # type: ignore[arg-type]
        last = history.days[-1].metrics.zones[number]
        start = history.start_of(len(history.days) - 1).metrics.zones[number]
        change = through_time.write_change(drawn, start, last)
        words = f"{through_time.shorten(zone.name, _LONGEST_NAME)}\n{drawn.write_interval(last)}, {change}"
        ends.append((drawn.read(last), words, colour))
    axes.set_title(f"{drawn.title}, {drawn.unit.symbol}", loc="left", fontsize=10.5, fontweight="bold", pad=6)
    axes.grid(axis="y", color=style.PALETTE.rule, linewidth=0.7)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(length=0, axis="y")
    axes.margins(x=0.01, y=0.12)
    _format_dates(axes)
    _label_ends(axes, history.days[-1].as_of, ends)


def _format_dates(axes: Axes) -> None:
    from matplotlib import dates

    locator = dates.AutoDateLocator(minticks=3, maxticks=8)  # type: ignore[no-untyped-call]
    formatter = dates.ConciseDateFormatter(locator, show_offset=False)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(formatter)
    axes.yaxis.set_major_formatter(lambda number, _: f"{number:,.0f}")


def _label_ends(axes: Axes, day: date, ends: Sequence[tuple[float, str, str]]) -> None:
    """Write each line's name at its end, moved up or down where two would touch, with a thread to the end."""
    low, high = axes.get_ylim()
    spots = _spread([(value - low) / (high - low) for value, _, _ in ends])
    for (value, text, colour), spot in zip(ends, spots, strict=True):
        axes.annotate(
            text,
            xy=(day, value),
            xytext=(1.03, spot),
            textcoords="axes fraction",
            color=colour,
            fontsize=8.6,
            va="center",
            annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": colour, "linewidth": 0.6, "shrinkA": 2, "shrinkB": 1},
        )


def _spread(heights: Sequence[float]) -> list[float]:
    """Return heights (0 to 1) pushed apart to at least `_LABEL_GAP`, in their order, around where they were."""
    order = sorted(range(len(heights)), key=lambda index: heights[index])
    spots = [heights[index] for index in order]
    for _ in range(60):
        for one, other in pairwise(range(len(spots))):
            if (short := _LABEL_GAP - (spots[other] - spots[one])) > 0:
                spots[one] -= short / 2
                spots[other] += short / 2
    placed = dict(zip(order, spots, strict=True))
    return [placed[index] for index in range(len(heights))]


def _mark_changes(panels: Sequence[Axes], history: History) -> None:
    for index in history.changes:
        day = history.days[index]
        for axes in panels:
            axes.axvline(day.as_of, color=style.PALETTE.ink_soft, linewidth=0.9, linestyle=(0, (4, 3)))  # type: ignore[arg-type]
        panels[0].annotate(
            through_time.describe_change(day, 34),
            xy=(day.as_of, 1.0),
            xycoords=("data", "axes fraction"),
            xytext=(3, -3),
            textcoords="offset points",
            fontsize=7.8,
            color=style.PALETTE.ink_soft,
            va="top",
        )


def _mark_jumps(panels: Sequence[Axes], days: Sequence[date]) -> None:
    """Mark the days on which a distance jumped by the numbers of the sentences below."""
    for number, day in enumerate(days, start=1):
        for axes in panels:
            axes.axvline(day, color=style.PALETTE.ink_soft, linewidth=0.8, linestyle=(0, (1, 2.5)))  # type: ignore[arg-type]
        panels[0].annotate(
            str(number),
            xy=(day, 1.0),
            xycoords=("data", "axes fraction"),
            fontsize=8,
            fontweight="bold",
            color=style.PALETTE.paper,
            ha="center",
            va="center",
            bbox={"boxstyle": "circle,pad=0.25", "facecolor": style.PALETTE.ink, "edgecolor": "none"},
        )


def _write_around(figure: Figure, history: History, imprint: Imprint, jumps: Sequence[str]) -> None:
    figure.text(0.03, 0.955, history.scenario.title, fontsize=15, fontweight="bold", va="center")
    soft = style.PALETTE.ink_soft
    figure.text(0.03, 0.912, through_time.describe_chart(history), fontsize=10, color=soft, va="center")
    given = [" ".join(imprint.describe())] if imprint.describe() else []
    below = [*through_time.describe_gaps(history), *through_time.describe_chart_notes(history, 150), *given]
    for number, note in enumerate(reversed(below)):
        figure.text(0.03, 0.02 + 0.026 * number, note, fontsize=8, color=soft, va="center")
    for number, words in enumerate(jumps):
        at = 0.026 + 0.026 * (len(below) + len(jumps) - 1 - number)
        figure.text(0.03, at, f"{number + 1}  {words}", fontsize=8.6, va="center")
