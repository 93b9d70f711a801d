"""What a command loads late: libraries that folium imports and no page of ours uses, and its templates."""

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
    if "folium" not in sys.modules:
        _defer_templates()


def _defer_templates() -> None:
    """Import folium and let each of its templates be compiled when it is first used; a page needs few of them."""
    import jinja2

    usual: Any = jinja2.Template

    class LateTemplate(usual):  # type: ignore[misc]
        def __new__(cls, *source: Any, **options: Any) -> LateTemplate:
            late: LateTemplate = object.__new__(cls)
            late._source = source, options
            return late

        def __getattr__(self, name: str) -> Any:
            if "_source" not in self.__dict__:
                raise AttributeError(name)
            source, options = self.__dict__.pop("_source")
            self.__dict__.update(usual.__new__(type(self), *source, **options).__dict__)
            return getattr(self, name)

    jinja2.Template = LateTemplate  # type: ignore[misc]
    try:
        import folium  # noqa: F401
    finally:
        jinja2.Template = usual  # type: ignore[misc]
