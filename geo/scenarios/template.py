"""The text of a new scenario file: a starter zone and, in its own words, how to make it one's own."""

from __future__ import annotations

import json

from geo import shipped
from geo.errors import UsageError
from geo.files.fields import derive_id, derive_title, is_id

_TEXT = """\
{{
  "type": "FeatureCollection",
  "scenario": {{
    "id": {id},
    "title": {title},
    "summary": "A new scenario with one starter zone near Vinnytsia, which stands for no proposal. \
Draw the zones in QGIS or on geojson.io, then write here what is proposed, by whom, and what the source \
leaves open. List the claims it rests on, as `geo sources` names them.",
    "claims": []
  }},
  "features": [
    {{
      "type": "Feature",
      "properties": {{
        "name": "Starter zone",
        "country": "UA",
        "status": "illustrative",
        "basis": "A starter outline with no meaning. Write here how this outline was drawn, and from what."
      }},
      "geometry": {{
        "type": "Polygon",
        "coordinates": [
          [
            [28.0, 49.0],
            [28.9, 48.95],
            [29.0, 49.45],
            [28.5, 49.6],
            [27.95, 49.4],
            [28.0, 49.0]
          ]
        ]
      }}
    }}
  ]
}}
"""


def render_template(name: str) -> str:
    """Return the text of a new scenario file with this id; it validates and renders as it stands.

    Raises
    ------
    UsageError
        The name is not an id (lower-case letters, digits and single hyphens), or that of a scenario that ships.
    """
    if not is_id(name):
        near = derive_id(name, otherwise="my-plan")
        raise UsageError(
            f"{name[:60]!r} cannot be the id of a scenario. "
            f"Use lower-case letters, digits and single hyphens, as in {near!r}."
        )
    if name in shipped.scenarios():
        raise UsageError(
            f"{name!r} is a scenario that ships, and 'geo render {name}' would draw that one. Choose another id."
        )
    return _TEXT.format(id=json.dumps(name), title=json.dumps(derive_title(name)))
