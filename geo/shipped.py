"""Where the shipped scenarios, sources and fronts lie, and which ids they have."""

from __future__ import annotations

from pathlib import Path

from geo.errors import UnknownNameError

_PACKAGE = Path(__file__).parent
_INSTALLED = _PACKAGE / "shipped_data"


def folder(*parts: str) -> Path:
    """Return a folder of shipped data: inside the installed package, or beside it in a checkout."""
    return (_INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent).joinpath(*parts)


def scenarios() -> dict[str, Path]:
    """Return the shipped scenarios, id to file, in alphabetical order."""
    return _ids(folder("scenarios"), "*.geojson")


def fronts() -> dict[str, Path]:
    """Return the shipped fronts, id (the as-of date) to file, oldest first."""
    return _ids(folder("seeds", "fronts"), "*.geojson")


def sources() -> dict[str, Path]:
    """Return the shipped sources, id to file, in alphabetical order."""
    return _ids(folder("seeds", "sources"), "*.toml")


def latest_front() -> Path:
    """Return the file of the newest shipped front, the one measured against unless a scenario names another."""
    return list(fronts().values())[-1]


def find(kind: str, name: str, known: dict[str, Path]) -> Path:
    """Return the file of a shipped id, or raise `UnknownNameError` with the nearest ids."""
    if name not in known:
        raise UnknownNameError(kind, name, list(known))
    return known[name]


def _ids(where: Path, pattern: str) -> dict[str, Path]:
    return {file.stem: file for file in sorted(where.glob(pattern))}
