"""Libraries that folium imports and no page of ours uses: they load when something asks for them, and not before.

Folium 0.20 imports pandas to accept data frames and requests to fetch files: two thirds of its start. While folium
loads, a stand-in takes the place of each, which imports the real library as soon as anybody reads a name from it; so
whatever folium can do it still can.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any


class _StandIn(ModuleType):
    """A module that has the names of the real one, which it imports when the first of them is read."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # Python asks these of every module it finds; none is a reason to load it
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), name)


@contextmanager
def deferred(*names: str) -> Iterator[None]:
    """Let what is imported inside find stand-ins for these libraries, except for those that are loaded already."""
    stand_ins = {name: _StandIn(name) for name in names if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name, module in stand_ins.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]
