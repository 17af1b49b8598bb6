"""Receipt numbers such as ZC-2026-7KMX4QD: read aloud without mistakes, not to be guessed, and a slip of one character is noticed."""

from __future__ import annotations

import secrets
import unicodedata

PREFIX = "ZC"
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""31 signs, a prime number: the check finds every wrong sign and every swap of two neighbours. None looks like another."""
LENGTH = 6


def new(year: int) -> str:
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"{PREFIX}-{year}-{body}{_check(str(year), body)}"


def normal(text: str) -> str:
    """The number as we write it, however it was typed; "" when it is none, or holds a slip."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKC", text).upper() if sign.isalnum())
    year, body = plain[2:6], plain[6:]
    well = plain.startswith(PREFIX) and year.isascii() and year.isdigit() and len(body) == LENGTH + 1 and set(body) <= set(ALPHABET)
    return f"{PREFIX}-{year}-{body}" if well and _check(year, body[:-1]) == body[-1] else ""


def _check(year: str, body: str) -> str:
    values = [*map(int, year), *map(ALPHABET.index, body)]
    return ALPHABET[sum(weight * value for weight, value in enumerate(values, start=2)) % len(ALPHABET)]
