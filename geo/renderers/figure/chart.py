"""A `History` as a chart, PNG or SVG: nearest and mean distance of each zone over the days."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from geo import numerals
from geo.briefing.historytables import describe_source
from geo.measuring.history import History
from geo.measuring.metrics import ZoneMetrics
from geo.renderers import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SIZE_IN = (10.0, 7.6)
DPI = 160
_LABEL_GAP = 0.135  # of the height of a panel: how far apart two labels stand at least
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


def render_chart(history: History, form: str) -> bytes:
    """Return the chart as the bytes of a ``png`` or ``svg`` file, the same on every run."""
    import matplotlib as mpl

    with mpl.rc_context(_usable(_SETTINGS)):  # type: ignore[arg-type] # a list of every setting there is
        figure = build_chart(history)
        stream = io.BytesIO()
        metadata: dict[str, Any] = {"Date": None} if form == "svg" else {"Software": None}
        figure.savefig(stream, format=form, dpi=DPI, metadata=metadata)
    return stream.getvalue()


def build_chart(history: History) -> Figure:
    """Return the figure: two panels over one date axis, each line labelled at its end, changes of source marked."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=SIZE_IN)
    upper, lower = figure.subplots(2, 1, sharex=True)
    figure.subplots_adjust(left=0.065, right=0.70, top=0.845, bottom=0.135, hspace=0.24)
    _draw_panel(upper, history, lambda row: row.nearest_km, "Nearest point of each zone to the front, km")
    _draw_panel(lower, history, lambda row: row.mean_km, "Mean distance of each zone to the front, km")
    _mark_changes(upper, lower, history)
    _write_around(figure, history)
    return figure


def _usable(settings: dict[str, Any]) -> dict[str, Any]:
    """Return the settings with only those faces that are installed: a missing one is a warning for each letter."""
    from matplotlib import font_manager

    known = set(font_manager.get_font_names())
    return settings | {"font.family": [face for face in settings["font.family"] if face in known]}


def _draw_panel(axes: Axes, history: History, value: Callable[[ZoneMetrics], float], title: str) -> None:
    ends = []
    for number, zone in enumerate(history.scenario.zones):
        colour = style.SERIES[number % len(style.SERIES)]
        dashes = "-" if number < len(style.SERIES) else "--"
        for run in history.runs:
            days = [day.as_of for day in run]
            values = [value(day.metrics.zones[number]) for day in run]
            dot = "o" if len(run) == 1 else None  # a line of one point would not be seen
            axes.plot(days, values, dashes, color=colour, linewidth=1.8, marker=dot, markersize=3)  # type: ignore[arg-type]
        last = value(history.days[-1].metrics.zones[number])
        start = history.start_of(len(history.days) - 1)
        change = numerals.format_change_km(last - value(start.metrics.zones[number]))
        ends.append((last, f"{_shorten(zone.name)}\n{numerals.format_km(last)} ({change})", colour))
    axes.set_title(title, loc="left", fontsize=10.5, fontweight="bold", pad=6)
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


def _mark_changes(upper: Axes, lower: Axes, history: History) -> None:
    for index in history.changes:
        day = history.days[index]
        for axes in (upper, lower):
            axes.axvline(day.as_of, color=style.PALETTE.ink_soft, linewidth=0.9, linestyle=(0, (4, 3)))  # type: ignore[arg-type]
        upper.annotate(
            f"other source: {_shorten(describe_source(day), 34)}",
            xy=(day.as_of, 1.0),
            xycoords=("data", "axes fraction"),
            xytext=(3, -3),
            textcoords="offset points",
            fontsize=7.8,
            color=style.PALETTE.ink_soft,
            va="top",
        )


def _write_around(figure: Figure, history: History) -> None:
    first, last = history.days[0], history.days[-1]
    figure.text(0.03, 0.955, history.scenario.title, fontsize=15, fontweight="bold", va="center")
    span = f"{numerals.format_date(first.as_of)} to {numerals.format_date(last.as_of)}"
    figure.text(
        0.03,
        0.912,
        f"Distance to the {last.front.kind}, {span}; at the right: the last figure and its change since "
        f"{numerals.format_date(history.start_of(len(history.days) - 1).as_of)}",
        fontsize=10,
        color=style.PALETTE.ink_soft,
        va="center",
    )
    stated = last.front.uncertainty_km
    uncertain = f"uncertain by ±{stated:g} km" if stated is not None else "of unstated uncertainty"
    derived = (
        " The line was derived from an occupied area; the table and the page print the rule."
        if last.front.rule
        else ""
    )
    notes = (
        f"Zones are illustrative. WGS 84 geodesics to a line {uncertain}; as of each day of the axis.{derived}",
        f"Front: {_shorten(_describe_sources(history), 150)}. Vertical axes do not start at zero.",
    )
    for number, note in enumerate(notes):
        figure.text(0.03, 0.055 - 0.026 * number, note, fontsize=8, color=style.PALETTE.ink_soft, va="center")


def _describe_sources(history: History) -> str:
    """Return every source once, in the order in which they follow."""
    return ", then ".join(dict.fromkeys(describe_source(run[0]) for run in history.runs))


def _shorten(text: str, limit: int = 36) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"
