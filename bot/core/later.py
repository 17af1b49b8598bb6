"""What only some messages need, loaded with the first of them: a start waits for nothing that its first answers do without."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any


class Later:
    """Stands for a module: what is taken from it can be called, and the call loads it. Its constants and types are not to be had here."""

    def __init__(self, module: str) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            return getattr(import_module(self._module), name)(*given, **named)

        # The same one each time: who answers what is compared.
        setattr(self, name, call)
        return call


def later(package: str, *names: str) -> tuple[Later, ...]:
    """Modules of a package. Behind `if TYPE_CHECKING:` stands the import itself, so that types and import rules are checked as ever."""
    return tuple(Later(f"{package}.{name}") for name in names)
