"""A briefing, a comparison, changes and a history that show, draw and save themselves: what people hold in Python."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from geo.briefing import briefing, changes, comparison, tables
from geo.errors import UsageError
from geo.library import frames, pairing, saving
from geo.library.given import Day
from geo.measuring import history
from geo.renderers.formats import Shown

if TYPE_CHECKING:
    import folium
    import geopandas as gpd
    from matplotlib.axes import Axes


class Briefing(briefing.Briefing):
    """One scenario measured against one front, as `geo.brief` returns it. A notebook shows its map."""

    @property
    def table(self) -> gpd.GeoDataFrame:
        """A row for each zone and one for all of them: every figure, and the zone's own columns (WGS 84).

        Examples
        --------
        >>> import geo
        >>> table = geo.brief("dnipro-line").table
        >>> table[["zone", "country"]].iloc[-1].tolist()
        ['All zones', 'UA']
        """
        return _build_table([self])

    def map(self, height: int = 480, *, online: bool = False) -> folium.Map:
        """Return the map as a folium.Map, which takes further layers and shows itself in a notebook.

        Parameters
        ----------
        height
            Of its frame in a notebook, in pixels.
        online
            Whether layers that load files over the network can be added: tiles, and most plugins. The page then
            says from which servers, and asks no other.

        Examples
        --------
        >>> import folium, geo
        >>> page = geo.brief("neighbouring-country").map(height=300)
        >>> isinstance(page, folium.Map)
        True
        >>> marker = folium.Marker((50.45, 30.52), popup="Kyiv").add_to(page)
        """
        from geo.renderers.webmap import map as webmap

        if not isinstance(height, int) or height <= 0:
            raise UsageError(f"height={height!r} is no height. Give a whole number of pixels, such as 480.")
        pairing.validate_briefing(self)
        return webmap.build_map(self, height=height, online=online)

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the map on axes of matplotlib, on new ones if none are given, and return these.

        x is the longitude and y the latitude in degrees, so that other data in WGS 84 can be drawn over it.

        Examples
        --------
        >>> import geo
        >>> from shapely import box
        >>> ax = geo.brief(box(30, 50, 31, 51)).plot()
        >>> west, east = ax.get_xlim()
        >>> bool(west < 30.5 < east)
        True
        """
        from geo.renderers import figure

        pairing.validate_briefing(self)
        return figure.plot_briefing(self, ax)

    def save(
        self,
        path: str | PathLike[str],
        *,
        page: str = "a4",
        marking: str | None = None,
        issued: Day | None = None,
        contact: str | None = None,
    ) -> Path:
        """Write the briefing whole or not at all, in the format of the path's ending, and return the path.

        Parameters
        ----------
        path
            A file, in any format that ``geo render`` and ``geo export`` write.
        page
            Size of PNG, SVG and PDF: ``"a4"``, ``"letter"``, or ``"16x9"`` for a wide screen.
        marking
            A handling line for the top and bottom of every page and slide. Data files have no place for one.
        issued, contact
            The day of issue and whom to ask; they stand with the credits.

        Raises
        ------
        GeoError
            The ending is of no format, an option cannot be meant, or the file cannot be written.
        """
        return saving.save_briefing(self, path, page=page, marking=marking, issued=issued, contact=contact)

    def _repr_html_(self) -> str:
        return str(self.map()._repr_html_())


class Comparison(comparison.Comparison):
    """Scenarios measured against one front, as `geo.compare` returns them. A notebook shows the table."""

    @property
    def table(self) -> gpd.GeoDataFrame:
        """A row for each zone of each scenario and one for all zones of each, as in the table of a briefing."""
        return _build_table(self.briefings)

    def save(
        self,
        path: str | PathLike[str],
        *,
        page: str = "a4",
        marking: str | None = None,
        issued: Day | None = None,
        contact: str | None = None,
    ) -> Path:
        """Write the comparison whole or not at all, in a format of ``geo compare``; as `Briefing.save`."""
        return saving.save_comparison(self, path, page=page, marking=marking, issued=issued, contact=contact)

    def _repr_html_(self) -> str:
        return tables.render_comparison_html([(each.metrics, each.front) for each in self.briefings])


class Changes(changes.Changes):
    """What changed for a scenario between two fronts, as `geo.changes` returns it. A notebook shows the tables."""

    @property
    def table(self) -> gpd.GeoDataFrame:
        """A row for each zone and one for all zones, at either front; ``front_as_of`` is the day."""
        ends = ((self.measured, self.before), (self.briefing.metrics, self.after))
        return frames.build_table([(self.scenario, *end) for end in ends])

    def save(self, path: str | PathLike[str], *, page: str = "a4") -> Path:
        """Write page or figure whole or not at all, in a format of ``geo changes``; as `Briefing.save`."""
        return saving.save(Shown(self, saving.validate_page(page)), path, "changes")

    def _repr_html_(self) -> str:
        return tables.render_changes_html(self)


class History(history.History):
    """A scenario measured against a folder of fronts, as `geo.history` returns it. A notebook shows the table."""

    @property
    def table(self) -> gpd.GeoDataFrame:
        """A row for each zone and one for all zones, for each day; ``front_as_of`` is the day."""
        return frames.build_table([(self.scenario, day.metrics, day.front) for day in self.days])

    def save(
        self, path: str | PathLike[str], *, issued: Day | None = None, contact: str | None = None
    ) -> Path:
        """Write page or chart whole or not at all, in a format of ``geo history``; as `Briefing.save`."""
        imprint = saving.build_imprint(issued, contact)
        return saving.save(Shown(self, imprint=imprint), path, "history")

    def _repr_html_(self) -> str:
        return tables.render_history_html(self)


def _build_table(briefings: Iterable[briefing.Briefing]) -> gpd.GeoDataFrame:
    shown = list(briefings)
    for each in shown:
        pairing.validate_briefing(each)
    return frames.build_table([(each.scenario, each.metrics, each.front) for each in shown])
