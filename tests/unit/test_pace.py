"""How fast we may speak, counted by a clock that moves when told."""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

import pytest

from bot.core.platform import Limits
from bot.outbox.pace import MARGIN, TRUSTED, Pace


class Seconds:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


TELEGRAM = Limits(text=4096, buttons=8, per_second=25, chat_interval=timedelta(seconds=1), group_per_minute=18)


def said(pace: Pace, seconds: Seconds, chats: int, until: float, group: bool = False) -> list[float]:
    """Speaks as soon as it may, to each chat in turn; gives the times."""
    times: list[float] = []
    while seconds.now < until:
        chat = f"chat {len(times) % chats}"
        if wait := pace.wait(chat, group):
            seconds.now += wait
            continue
        say(pace, chat, group)
        times.append(seconds.now)
    return times


def say(pace: Pace, chat: str, group: bool) -> None:
    pace.begin(chat, group)
    pace.end(chat, group, 0.0)


def most_within(times: list[float], span: float) -> int:
    return max(sum(1 for time in times if start <= time < start + span) for start in times)


def test_an_account_never_says_more_than_it_may_in_any_second(seconds: Seconds) -> None:
    times = said(Pace(TELEGRAM, seconds), seconds, chats=100, until=1010.0)
    assert most_within(times, 1.0) == 25
    assert len(times) == 250, "nor less than it may"


def test_no_more_arrive_in_a_second_however_long_each_is_under_way(seconds: Seconds) -> None:
    """The first ones are held up for 0.9 s and arrive together with those begun a second later."""
    pace = Pace(TELEGRAM, seconds)
    for number in range(25):
        pace.begin(f"slow {number}", False)
    seconds.now += 0.9
    arrivals = [seconds.now] * 25
    assert pace.wait("another", False) > 0, "they are still under way"
    for number in range(25):
        pace.end(f"slow {number}", False, 0.0)
    arrivals += said(pace, seconds, chats=100, until=seconds.now + 5)
    assert most_within(arrivals, 1.0) == 25


def test_a_chat_is_not_spoken_to_while_a_message_is_under_way(seconds: Seconds) -> None:
    pace = Pace(TELEGRAM, seconds)
    pace.begin("1", False)
    seconds.now += 5
    assert pace.wait("1", False) > 0
    pace.end("1", False, 0.0)
    assert pace.wait("1", False) == pytest.approx(1 + MARGIN)


def test_a_private_chat_hears_one_a_second(seconds: Seconds) -> None:
    times = said(Pace(TELEGRAM, seconds), seconds, chats=1, until=1005.0)
    assert times == pytest.approx([1000.0, 1001.0, 1002.0, 1003.0, 1004.0], abs=5 * MARGIN)


def test_a_group_hears_eighteen_in_any_minute(seconds: Seconds) -> None:
    times = said(Pace(TELEGRAM, seconds), seconds, chats=1, until=1180.0, group=True)
    assert most_within(times, 60.0) == 18
    assert len(times) == 54


def test_groups_are_counted_apart(seconds: Seconds) -> None:
    pace = Pace(TELEGRAM, seconds)
    for _ in range(18):
        say(pace, "-1", True)
        seconds.now += 0.1
    assert pace.wait("-1", True) == pytest.approx(60 - 1.8)
    assert pace.wait("-2", True) == 0


def test_what_a_group_heard_is_not_forgotten_while_others_are_spoken_to(seconds: Seconds) -> None:
    pace = Pace(TELEGRAM, seconds)
    for _ in range(17):
        say(pace, "-1", True)
    for number in range(12_000):
        say(pace, f"other {number}", False)
        seconds.now += 0.001
        if number % 1000 == 0:
            pace.held()
    say(pace, "-1", True)
    assert pace.wait("-1", True) > 40


def test_a_pause_for_everybody_holds_everybody(seconds: Seconds) -> None:
    pace = Pace(TELEGRAM, seconds)
    pace.halt(7)
    assert (pace.wait("1", False), pace.wait("2", False)) == (7, 7)
    seconds.now += 7
    assert pace.wait("1", False) == 0


def test_a_pause_for_one_chat_holds_it_alone(seconds: Seconds) -> None:
    pace = Pace(TELEGRAM, seconds)
    pace.halt(7, "1")
    assert (pace.wait("1", False), pace.wait("2", False)) == (7, 0)


@pytest.mark.parametrize(("first", "second"), [(30, 5), (5, 30)])
def test_of_two_pauses_the_later_end_counts(seconds: Seconds, first: float, second: float) -> None:
    pace = Pace(TELEGRAM, seconds)
    pace.halt(first, "1")
    pace.halt(second, "1")
    assert pace.wait("1", False) == 30


def test_a_longer_pause_for_everybody_counts_more_than_the_chat_s_own(seconds: Seconds) -> None:
    pace = Pace(TELEGRAM, seconds)
    pace.halt(3, "1")
    pace.halt(9)
    assert pace.wait("1", False) == 9


def test_whoever_must_wait_is_named_with_the_time(seconds: Seconds) -> None:
    pace = Pace(TELEGRAM, seconds)
    say(pace, "1", False)
    pace.halt(9, "2")
    pace.halt(4, "1")
    pace.halt(2)
    assert pace.held() == {"1": 4, "2": 9}
    seconds.now += 4
    assert pace.held() == {"2": 5}


def test_what_a_group_heard_or_hears_counts_where_a_chat_keeps_no_distance(seconds: Seconds) -> None:
    pace = Pace(Limits(text=1000, buttons=0, per_second=25, group_per_minute=3), seconds)
    pace.begin("-1", True)
    pace.held()
    pace.end("-1", True, 0.0)
    say(pace, "-1", True)
    pace.held()
    say(pace, "-1", True)
    assert pace.wait("-1", True) == 60
    assert pace.held() == {"-1": 60}


def test_a_platform_without_limits_is_never_waited_for(seconds: Seconds) -> None:
    pace = Pace(Limits(text=1000, buttons=0, per_second=10_000), seconds)
    for _ in range(500):
        assert pace.wait("1", False) == 0
        say(pace, "1", False)
    assert pace.held() == {}


def test_what_goes_to_many_leaves_an_answer_its_place_in_each_tenth_of_a_second(seconds: Seconds) -> None:
    """Without that, a run spends the whole second in its first moment, and an answer finds nothing left of it."""
    pace, begun, longest = Pace(TELEGRAM, seconds), 0, 0.0
    while seconds.now < 1020.0:
        wait = pace.wait(f"bulk {begun}", False, bulk=True)
        if wait:
            longest = max(longest, pace.wait("answer", False))
            seconds.now += wait
            continue
        pace.begin(f"bulk {begun}", False, bulk=True)
        pace.end(f"bulk {begun}", False, 0.0)
        begun += 1
    assert begun == 20 * 25, "it is no slower for it"
    assert longest <= 0.15


@dataclass(order=True)
class _Moment:
    at: float
    end: Callable[[], None] = field(compare=False)


def over_a_network(rate: int, seconds: Seconds, dice: random.Random, *, uneven: float, span: float) -> tuple[list[float], list[float]]:
    """A run over a platform that counts in the middle of a way of 50 ms, now and then longer. When we spoke, and when it counted."""
    pace = Pace(Limits(text=4096, buttons=0, per_second=rate), seconds)
    spoken: list[float] = []
    counted: list[float] = []
    answers: list[_Moment] = []
    start = seconds.now
    while seconds.now < start + span:
        while answers and answers[0].at <= seconds.now:
            heapq.heappop(answers).end()
        wait = pace.wait("somebody", False, bulk=True)
        if wait == 0:
            there, back = 0.02 + dice.random() * uneven, 0.03 + dice.random() * uneven
            pace.begin("somebody", False, bulk=True)
            spoken.append(seconds.now)
            counted.append(seconds.now + there)
            heapq.heappush(answers, _Moment(seconds.now + there + back, partial(pace.end, "somebody", False, there + back)))
            continue
        seconds.now = min(seconds.now + wait, *(moment.at for moment in answers[:1]), start + span)
    return spoken, sorted(counted)


@pytest.mark.parametrize("rate", [30, 1000])
def test_over_an_even_network_a_strict_window_is_used_to_99_percent(seconds: Seconds, rate: int) -> None:
    spoken, counted = over_a_network(rate, seconds, random.Random(20261122), uneven=0.002, span=12)
    assert all(later - earlier >= 1.0 for earlier, later in pairwise_apart(counted, rate)), "never more than it may in any second"
    warm = [moment for moment in spoken if moment >= 1002.0]
    assert len(warm) >= 0.99 * rate * 10


@pytest.mark.parametrize("uneven", [0.05, 0.4])
def test_over_an_uneven_network_it_is_slower_and_never_too_fast(seconds: Seconds, uneven: float) -> None:
    _spoken, counted = over_a_network(30, seconds, random.Random(20261122), uneven=uneven, span=60)
    assert all(later - earlier >= 1.0 for earlier, later in pairwise_apart(counted, 30))


def pairwise_apart(moments: list[float], distance: int) -> Iterator[tuple[float, float]]:
    return zip(moments, moments[distance:], strict=False)


def test_until_the_way_is_known_answers_count(seconds: Seconds) -> None:
    """One slow first answer, with the connection's making in it, says nothing about the way."""
    pace = Pace(Limits(text=4096, buttons=0, per_second=1), seconds)
    for _ in range(TRUSTED - 1):
        pace.begin("1", False)
        seconds.now += 0.5
        pace.end("1", False, 0.5)
        assert pace.wait("1", False) == pytest.approx(1 + MARGIN)
        seconds.now += 2
    pace.begin("1", False)
    seconds.now += 0.5
    pace.end("1", False, 0.5)
    seconds.now += 2
    pace.begin("1", False)
    seconds.now += 0.5
    pace.end("1", False, 0.5)
    assert pace.wait("1", False) == pytest.approx(0.5 + MARGIN)


def test_a_place_that_was_not_used_is_free_again(seconds: Seconds) -> None:
    pace = Pace(Limits(text=4096, buttons=0, per_second=1), seconds)
    pace.begin("1", False)
    assert pace.wait("2", False) == float("inf")
    pace.cancel("1", False)
    assert pace.wait("2", False) == 0


def test_places_are_told_ahead_of_their_time(seconds: Seconds) -> None:
    """What will go in a while can be claimed now."""
    pace = Pace(Limits(text=4096, buttons=0, per_second=2), seconds)
    for chat in "ab":
        say(pace, chat, False)
        seconds.now += 0.3
    waits = []
    for chat in "cd":
        waits.append(pace.wait(chat, False))
        pace.begin(chat, False, wait=waits[-1])
    assert waits == pytest.approx([0.4 + MARGIN, 0.7 + MARGIN])
    assert pace.wait("e", False) == float("inf"), "that depends on an answer"


def test_a_group_hears_no_two_in_a_second_either(seconds: Seconds) -> None:
    pace = Pace(TELEGRAM, seconds)
    say(pace, "-1", True)
    assert pace.wait("-1", True) == pytest.approx(1 + MARGIN)
