r"""What builds the reference layers, the isolines and the first scenarios. It needs a checkout, and does not ship.

The packages it needs come with the extra ``build-reference``. ``python -m geo.reference.build --help`` lists the steps.

Natural Earth's shapes lie in two Debian packages; nothing of them has to be installed::

    apt-get download qgis-common libmagics++-data
    for package in *.deb; do dpkg -x "$package" raw; done
    python -m geo.reference.build layers --qgis raw/usr/share/qgis/resources/data/world_map.gpkg \
        --magics raw/usr/share/magics/10m
    python -m geo.reference.build scenarios
    python -m geo.reference.build isolines
"""
