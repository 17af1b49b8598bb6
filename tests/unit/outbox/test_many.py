"""What goes to many is read ahead, and read on before it is used up."""

from __future__ import annotations

from bot.core.message import Outgoing, Where
from bot.core.platform import Limits
from bot.outbox.ledger import Delivery
from bot.outbox.many import Many

FAST = Limits(text=1000, buttons=0, per_second=1000)


def some(count: int) -> list[Delivery]:
    where = Where("fake", "bot", "1")
    return [Delivery(id, 0, str(id), False, 0, 0, Outgoing(str(id), where, ()), bulk=True) for id in range(count)]


def test_a_full_page_that_is_nearly_claimed_is_read_on_at_once() -> None:
    many = Many(FAST)
    many.found(some(many.page), now=0.0)
    assert not many.runs_out
    assert not many.is_low(0.1)
    many.took(range(many.page - 10))
    assert many.runs_out
    assert many.is_low(0.1)


def test_behind_a_page_that_was_not_full_there_is_nothing_to_read() -> None:
    many = Many(FAST)
    many.found(some(10), now=0.0)
    many.took(range(10))
    assert not many.runs_out
    assert not many.is_low(0.1)
    assert many.is_low(1.0), "something may have been put in since"
