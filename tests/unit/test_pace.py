"""How fast we may speak, counted by a clock that moves when told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.platform import Limits
from bot.outbox.pace import Pace


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
    pace.end(chat, group)


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
        pace.end(f"slow {number}", False)
    arrivals += said(pace, seconds, chats=100, until=seconds.now + 5)
    assert most_within(arrivals, 1.0) == 25


def test_a_chat_is_not_spoken_to_while_a_message_is_under_way(seconds: Seconds) -> None:
    pace = Pace(TELEGRAM, seconds)
    pace.begin("1", False)
    seconds.now += 5
    assert pace.wait("1", False) > 0
    pace.end("1", False)
    assert pace.wait("1", False) == 1


def test_a_private_chat_hears_one_a_second(seconds: Seconds) -> None:
    times = said(Pace(TELEGRAM, seconds), seconds, chats=1, until=1005.0)
    assert times == [1000.0, 1001.0, 1002.0, 1003.0, 1004.0]


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
        pace.end(f"bulk {begun}", False)
        begun += 1
    assert begun == 20 * 25, "it is no slower for it"
    assert longest <= 0.3


def test_a_group_hears_no_two_in_a_second_either(seconds: Seconds) -> None:
    pace = Pace(TELEGRAM, seconds)
    say(pace, "-1", True)
    assert pace.wait("-1", True) == 1
