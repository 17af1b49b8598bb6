"""Answers before what goes to many, four to one."""

from __future__ import annotations

from bot.core.message import Outgoing, Where
from bot.outbox.lanes import Lanes
from bot.outbox.ledger import Delivery


def delivery(name: str) -> Delivery:
    message = Outgoing(name, Where("fake", "bot", name), ())
    return Delivery(0, 0, name, False, 0, 0, message, bulk=name.startswith("b"))


def names(*each: str) -> list[Delivery]:
    return [delivery(name) for name in each]


def sent_in_order(lanes: Lanes, replies: list[Delivery], bulk: list[Delivery]) -> str:
    order = []
    for each in lanes.order(replies, bulk):
        lanes.went(each)
        order.append(each.chat[0])
    return "".join(order)


def test_while_both_wait_four_answers_go_for_one_of_the_others() -> None:
    replies, bulk = names(*(f"r{number}" for number in range(12))), names(*(f"b{number}" for number in range(5)))
    assert sent_in_order(Lanes(), replies, bulk) == "rrrrbrrrrbrrrrbbb"


def test_with_room_for_one_at_a_time_the_others_are_not_forgotten() -> None:
    lanes, order = Lanes(), ""
    for _ in range(10):
        first = next(lanes.order(names("r"), names("b")))
        lanes.went(first)
        order += first.chat
    assert order == "rrrrbrrrrb"


def test_an_answer_goes_first_whatever_went_before() -> None:
    lanes = Lanes()
    assert sent_in_order(lanes, [], names("b1", "b2", "b3")) == "bbb"
    assert next(lanes.order(names("r"), names("b"))).chat == "r"


def test_what_has_to_wait_takes_nobody_s_turn() -> None:
    lanes = Lanes()
    for _ in range(4):
        lanes.went(delivery("r"))
    order = lanes.order(names("r1"), names("b1", "b2"))
    assert [next(order).chat for _ in range(3)] == ["b1", "b2", "r1"], "the first ones had to wait, and the turn stays theirs"
