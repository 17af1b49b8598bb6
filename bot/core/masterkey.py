"""How a master key is written: 32 random bytes in base64. Several may be given: the first locks, every one unlocks."""

from __future__ import annotations

import base64
import binascii
import re

BYTES = 32
MAKE = "python3 -c 'import base64, secrets; print(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())'"


def written(key: bytes) -> str:
    return base64.urlsafe_b64encode(key).decode()


def parse(text: str) -> tuple[bytes, ...]:
    """The keys, separated by commas, spaces or lines. Raises ValueError, without repeating anything of them."""
    keys = tuple(_key(word) for word in re.split(r"[\s,]+", text) if word)
    if not keys:
        raise ValueError(f"holds no key; make one with: {MAKE}")
    return keys


def _key(word: str) -> bytes:
    try:
        key = base64.b64decode(word.replace("-", "+").replace("_", "/"), validate=True)
    except binascii.Error:
        key = b""
    if len(key) != BYTES:
        raise ValueError(f"takes {BYTES} random bytes in base64; make one with: {MAKE}")
    return key
