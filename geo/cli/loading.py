"""What a command loads late or not at all: libraries that folium imports, its templates, what matplotlib documents."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Collection
from types import ModuleType
from typing import Any

from geo.renderers.formats import FORMATS

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


def prepare(forms: Collection[str]) -> None:
    """Get ready to write files of these formats, without what none of them uses."""
    if "html" in forms:
        defer_libraries()
    if any(FORMATS[form].is_drawn for form in forms):
        _import_artists()


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


def _import_artists() -> None:
    """Import matplotlib without a signature and a text for the ``set`` of each of its artists: a fifth of its start."""
    from matplotlib.artist import Artist

    name = "_update_set_signature_and_docstring"
    describe = vars(Artist).get(name)
    setattr(Artist, name, classmethod(lambda cls: None))
    try:
        import matplotlib.figure  # noqa: F401
    finally:
        setattr(Artist, name, describe)
