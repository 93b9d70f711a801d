"""The build steps as commands: ``python -m seeds.build layers|lakes|scenarios|isolines|fields``."""

from __future__ import annotations

from pathlib import Path

import click

from geo import shipped


@click.group()
def main() -> None:
    """Build what ships from what it is made of. Run the steps in the order layers, lakes, scenarios, isolines."""


@main.command()
@click.option(
    "--qgis", type=click.Path(exists=True, path_type=Path), required=True, help="The file world_map.gpkg."
)
@click.option("--magics", type=click.Path(exists=True, path_type=Path), required=True, help="The folder 10m.")
def layers(qgis: Path, magics: Path) -> None:
    """Write the reference layers from Natural Earth's files."""
    from geo.reference.basemap import FOLDER
    from seeds.build.geojson import render_compact
    from seeds.build.layers import read_layers

    for name, features in read_layers(qgis, magics).items():
        (FOLDER / f"{name}.geojson").write_bytes(render_compact(features))


@main.command()
@click.option("--file", type=click.Path(exists=True, path_type=Path), required=True, help="ne_10m_lakes.shp.")
def lakes(file: Path) -> None:
    """Write the lakes and reservoirs from Natural Earth's file, clipped to the countries that ``layers`` wrote."""
    import shapely

    from geo.reference.basemap import FOLDER
    from seeds.build import lakes as build
    from seeds.build.geojson import read_layer, render_compact
    from seeds.build.layers import EXTENT

    land = shapely.union_all([geometry for _, geometry in read_layer("countries")])
    features = build.build_lakes(build.read_shapes(file, EXTENT), build.read_rows(), land)
    (FOLDER / "lakes.geojson").write_bytes(render_compact(features))


@main.command()
def scenarios() -> None:
    """Draw the scenarios of March 2025 anew from the reference layers."""
    from seeds.build.scenarios import BUILDERS, render_scenario

    for scenario_id in BUILDERS:
        (shipped.folder("scenarios") / f"{scenario_id}.geojson").write_bytes(render_scenario(scenario_id))


@main.command()
def fields() -> None:
    """Write the page of the guide that explains every column, from what the code declares of them."""
    from seeds.build.fields import FILE, render_dictionary

    FILE.write_text(render_dictionary(), encoding="utf-8")


@main.command()
def isolines() -> None:
    """Write the lines of equal distance to each front that ships, so that its pages are made 0.2 s sooner."""
    from geo.fronts.reading import read_fronts
    from geo.measuring.isolines import FOLDER
    from seeds.build.isolines import render_isolines

    FOLDER.mkdir(exist_ok=True)
    for front_id, front in read_fronts().items():
        (FOLDER / f"{front_id}.geojson").write_bytes(render_isolines(front))


if __name__ == "__main__":
    main(prog_name="python -m seeds.build")
