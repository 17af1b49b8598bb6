"""The certificates of authorities that this machine trusts: read when a connection first needs them."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache


@contextmanager
def unread() -> Iterator[None]:
    """Within, a context is made without them, and trusts nobody.

    aiohttp makes two as it is imported, each with all certificates: a twentieth of a start and 2 MB, of which one never verifies anything.
    """
    ssl.SSLContext.set_default_verify_paths = lambda self: None  # type: ignore[method-assign]
    try:
        yield
    finally:
        # What was there is the method of the class it is built upon.
        del ssl.SSLContext.set_default_verify_paths


@cache
def trusted() -> ssl.SSLContext:
    """With them, for every connection of ours that is encrypted."""
    context = ssl.create_default_context()
    context.set_alpn_protocols(("http/1.1",))
    return context
