"""Values sealed with a key, bound to the place they stand in: moved to another row or column they do not open."""

from __future__ import annotations

import hashlib
import hmac
import os
from binascii import a2b_base64, b2a_base64
from datetime import datetime
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.errors import ZhiceError
from bot.storage.keys import INDEX, WORDS, Key, keys_of, of_month

_MARK = "s1"
_NONCE = 12


class Place(NamedTuple):
    """Where a value stands. `row` is the row's own key, known before it is written."""

    table: str
    column: str
    row: str


class Unreadable(ZhiceError):
    """The value was altered, or stands in a place it was not sealed for."""


def closed(key: Key, place: Place, text: str) -> str:
    """The text sealed with that key."""
    nonce = os.urandom(_NONCE)
    sealed = nonce + key.cipher.encrypt(nonce, text.encode(), bound(place, key.id))
    return f"{_MARK}.{key.id}.{b2a_base64(sealed, newline=False).decode()}"


def opened(key: Key, place: Place, sealed: str) -> str:
    _mark, _id, body = sealed.split(".", 2)
    try:
        whole = a2b_base64(body)
        return key.cipher.decrypt(whole[:_NONCE], whole[_NONCE:], bound(place, key.id)).decode()
    except (InvalidTag, ValueError):
        # The second where so much is cut off that nothing is left to be decrypted.
        raise Unreadable(f"{place.table}.{place.column}") from None


def bound(place: Place, id: str) -> bytes:
    table, column, row = place
    # With their lengths: no two places read the same.
    return f"{len(table)}:{table}{len(column)}:{column}{len(row)}:{row}{len(id)}:{id}".encode()


async def seal(connection: AsyncConnection, place: Place, text: str, now: datetime, purpose: str = WORDS) -> str:
    """Sealed with the service's key of this month: readable until `keys.KEEP` after it."""
    key = await keys_of(connection).named(connection, of_month(purpose, now), now)
    return closed(key, place, text)


async def seal_for(connection: AsyncConnection, subject: str, place: Place, text: str) -> str:
    """Sealed with the subject's key: readable until the subject is deleted. Raises KeyGone when it was."""
    return closed(await keys_of(connection).subject(connection, subject), place, text)


async def unseal(connection: AsyncConnection, place: Place, sealed: str) -> str:
    """The text; "" stays "". Raises KeyGone or Unreadable."""
    if not sealed:
        return ""
    mark, id, *_ = (*sealed.split(".", 2), "", "")
    if mark != _MARK:
        raise Unreadable(f"{place.table}.{place.column}")
    return opened(await keys_of(connection).by_id(connection, id), place, sealed)


async def blind(connection: AsyncConnection, name: str, value: str, now: datetime) -> str:
    """What a value is found by without being readable. Fold spellings before: only equal values give equal results."""
    return blinded(await keys_of(connection).named(connection, INDEX, now), name, value)


def blinded(key: Key, name: str, value: str) -> str:
    return hmac.new(key.raw, f"{name}\0{value}".encode(), hashlib.sha256).hexdigest()
