"""What a command loads late: libraries that folium imports and no page of ours uses."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType
from typing import Any

FOR_FOLIUM = ("pandas", "requests")
"""Folium imports pandas to accept data frames and requests to fetch files: two thirds of its start."""


class _LateLoader(importlib.util.LazyLoader):
    """The lazy loader of the standard library, for a module that is imported more than once.

    Each further import reads ``__spec__``, which would load the module.
    """

    def exec_module(self, module: ModuleType) -> None:
        super().exec_module(module)
        lazy = type(module)

        def read(module: ModuleType, name: str) -> Any:
            return (object if name == "__spec__" else lazy).__getattribute__(module, name)

        module.__class__ = type(lazy.__name__, (lazy,), {"__getattribute__": read})


def defer_libraries() -> None:
    """Let the libraries of `FOR_FOLIUM` load when something reads a name from them, not when folium imports them."""
    for name in FOR_FOLIUM:
        spec = None if name in sys.modules else importlib.util.find_spec(name)
        if spec and spec.loader:
            spec.loader = _LateLoader(spec.loader)
            sys.modules[name] = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(sys.modules[name])
