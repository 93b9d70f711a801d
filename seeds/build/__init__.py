r"""What builds the reference layers, the isolines and the first scenarios. It needs a checkout, and does not ship.

The packages it needs come with the extra ``build-reference``. ``python -m seeds.build --help`` lists the steps.

Natural Earth's shapes lie in two Debian packages; nothing of them has to be installed::

    apt-get download qgis-common libmagics++-data
    for package in *.deb; do dpkg -x "$package" raw; done
    python -m seeds.build layers --qgis raw/usr/share/qgis/resources/data/world_map.gpkg \
        --magics raw/usr/share/magics/10m
    python -m seeds.build scenarios
    python -m seeds.build isolines
"""
