"""The field dictionary of docs/fields.md, made of what the code declares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from geo.briefing import fields
from geo.measuring import columns, figures
from geo.measuring.columns import Column

FILE = Path(__file__).parents[2] / "docs" / "fields.md"

_HEAD = """# Fields

Every column of every file, under one name in all formats. This page is made from the code, by
`python -m seeds.build fields`.

- A number's unit is in its name: `_km`, `_km2`, `_deg`. A share runs from 0 to 1; its name ends in `_share`,
  `_share_low` or `_share_high`.
- Distances are straight lines, the shortest geodesic on the WGS 84 ellipsoid; see [the method](method.md).
  Figures have full precision.
- Longitude and latitude are WGS 84 (EPSG:4326), in degrees.
- A date is of a type of its own in GeoPackage, Parquet and XLSX, and a date with a time in FlatGeobuf. Elsewhere
  it is text, as in `2025-03-27`.
- True and false are of a type of their own but in KML (`true`, `false`) and CSV (`True`, `False`).
- What has no value is empty. GeoJSON leaves the property out.
- Columns of your own file stand behind these, under their own names. One that has a name of ours, or one that a
  format keeps for itself (`name`, `fid`, `geom`, `geometry`), gets `_own` at its end, and a note says so.
"""

_ZONES = """
## Zones

| in | where a field stands |
|---|---|
| G | the zones of GeoJSON, GeoPackage, KML, KMZ, GeoParquet and FlatGeobuf |
| T | the layer `totals` of a GeoPackage |
| X | the sheet `zones` of XLSX, the CSV of `geo export`, and a table in Python, where a date is text |
| M | the CSV of `geo metrics`, `geo compare` and `geo history` |
| J | a zone or total of `geo metrics --json` |
"""

_JSON = """
JSON nests three figures instead, and lists one; `geo schema metrics` prints the schema:
"""

_LAYERS = {
    "front": ("The sectors of the front, as lines", "layer `front`, folder `Front`"),
    "beyond": ("The ground beyond the front in Ukraine", "layer `beyond`, folder of its name"),
    "uncertainty": (
        "Where the front's file allows the line to be",
        "layer `uncertainty`, folder of its name",
    ),
    "nearest": ("The shortest geodesic from each zone to the front", "layer `nearest`, folder of its name"),
    "isolines": ("Lines of equal distance to the front", "layer `isolines`, folder of its name"),
    "claims": ("What was reported", "table `claims` of a GeoPackage, sheet `sources` of XLSX"),
}


def render_dictionary() -> str:
    """Return the page."""
    return (
        "\n".join([_HEAD + _ZONES, *_tabulate_zones(), _JSON, *_tabulate_json(), *_tabulate_layers()]) + "\n"
    )


def _tabulate_zones() -> Iterator[str]:
    places = {
        "G": {each.key for each in fields.ZONES},
        "T": {each.key for each in fields.TOTALS},
        "X": {each.key for each in fields.TABLE},
        "M": {each.key for each in fields.METRICS},
        "J": {each.key for each in columns.COLUMNS} & {figure.key for figure in figures.FIGURES},
    }
    yield "| field | type | unit | meaning | in |"
    yield "|---|---|---|---|---|"
    for each in fields.TABLE:
        where = "".join(place for place, keys in places.items() if each.key in keys)
        yield f"{_render_row(each)} {where} |"


def _tabulate_json() -> Iterator[str]:
    flat = {each.key for each in columns.COLUMNS if each.kind is not columns.Kind.TEXT}
    yield "| key | what it holds | meaning |"
    yield "|---|---|---|"
    for figure in figures.FIGURES:
        kind = figure.unit.schema["type"]
        if kind == "array" and figure.key not in flat:
            items = figure.unit.schema["items"]
            held = ", ".join(f"`{key}`" for key in items.get("properties", ())) or f"{items['type']}s"
            yield f"| `{figure.key}` | a list of {held} | {figure.meaning} |"


def _tabulate_layers() -> Iterator[str]:
    for name, (meaning, where) in _LAYERS.items():
        yield f"\n## {name.capitalize()}\n\n{meaning}: {where}{'' if name == 'claims' else ' of KML and KMZ'}.\n"
        yield "| field | type | unit | meaning |"
        yield "|---|---|---|---|"
        yield from _render_rows(fields.LAYERS[name])


def _render_rows(declared: Sequence[Column]) -> list[str]:
    return [_render_row(each) for each in declared]


def _render_row(column: Column) -> str:
    return f"| `{column.key}` | {column.kind.value} | {column.unit} | {column.meaning} |"
