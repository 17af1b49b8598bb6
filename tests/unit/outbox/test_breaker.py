"""When nothing gets through, one message at a time asks whether it does again."""

from __future__ import annotations

from bot.outbox.breaker import ENOUGH, PROBE, Breaker


class Seconds:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def opened(seconds: Seconds) -> Breaker:
    breaker = Breaker(seconds)
    for _ in range(ENOUGH):
        breaker.fail("503")
    return breaker


def test_it_opens_after_ten_failures_in_a_row() -> None:
    breaker = Breaker(Seconds())
    for _ in range(ENOUGH - 1):
        breaker.fail("503")
    assert not breaker.is_open
    breaker.fail("503")
    assert (breaker.is_open, breaker.reason) == (True, "503")


def test_what_gets_through_begins_the_count_anew() -> None:
    breaker = Breaker(Seconds())
    for _ in range(3):
        for _ in range(ENOUGH - 1):
            breaker.fail("503")
        breaker.reach()
    assert not breaker.is_open


def test_open_it_lets_one_try_each_ten_seconds() -> None:
    seconds = Seconds()
    breaker = opened(seconds)
    assert breaker.wait() == PROBE
    seconds.now += PROBE
    assert breaker.wait() == 0
    breaker.probe()
    assert breaker.wait() == PROBE
    breaker.fail("still 503")
    assert breaker.wait() == PROBE, "a failed probe changes nothing"


def test_a_message_that_gets_through_closes_it() -> None:
    breaker = opened(Seconds())
    breaker.reach()
    assert (breaker.is_open, breaker.wait(), breaker.reason) == (False, 0, "")


def test_a_refused_account_opens_it_at_once_and_is_asked_less_often() -> None:
    seconds = Seconds()
    breaker = Breaker(seconds)
    breaker.trip("401", 60)
    seconds.now += 59
    assert breaker.wait() == 1
