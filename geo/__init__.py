"""Deployment scenarios as GeoJSON, measured against a dated front line, rendered as offline briefing maps."""

from geo.errors import DataError, GeoError, OutputError, UnknownNameError, UsageError

__version__ = "0.1.0"

__all__ = ["DataError", "GeoError", "OutputError", "UnknownNameError", "UsageError", "__version__"]
