"""A library imported without others that it takes along where it finds them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


@contextmanager
def without(*packages: str, unused: str = "") -> Iterator[None]:
    """Within, they are as if not installed; whoever has one already keeps it.

    `unused` is one that the library cannot be imported without, and never uses as we use it: all that it has is nothing in particular.
    """
    hidden = [name for name in (*packages, unused) if name and name not in sys.modules]
    sys.modules.update({name: _Unused(name) if name == unused else None for name in hidden})  # type: ignore[misc]
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


class _Unused(ModuleType):
    def __getattr__(self, name: str) -> type:
        return object
