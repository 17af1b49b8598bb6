"""Who says too much is told once, and heard again when a minute is over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.core.message import ChatKind, Incoming, Kind, Where
from bot.core.platform import Limits
from handlers.crowd import Crowd, Verdict

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
LIMITS = Limits(text=1000, buttons=0)


def said(crowd: Crowd, seconds: float = 0, user: str = "7", chat: str = "7", kind: Kind = Kind.TEXT, limits: Limits = LIMITS) -> Verdict:
    at = NOON + timedelta(seconds=seconds)
    return crowd.judge(Incoming("1", kind, Where("fake", "bot", chat), ChatKind.PRIVATE, user, at), limits)


def verdicts(crowd: Crowd, count: int, **options: object) -> list[Verdict]:
    return [said(crowd, **options) for _ in range(count)]  # type: ignore[arg-type]


def test_the_twenty_first_message_of_a_minute_is_answered_kindly_and_the_next_with_silence() -> None:
    found = verdicts(Crowd(), 25)
    assert found == [Verdict.PASS] * 20 + [Verdict.TELL] + [Verdict.SILENT] * 4


def test_when_the_minute_is_over_they_are_heard_again_whatever_they_said_meanwhile() -> None:
    crowd = Crowd()
    verdicts(crowd, 21)
    verdicts(crowd, 100, seconds=59)
    assert said(crowd, 60) is Verdict.PASS


def test_twenty_a_minute_may_go_on_for_ever() -> None:
    crowd = Crowd()
    assert {said(crowd, number * 3) for number in range(500)} == {Verdict.PASS}


def test_one_person_s_haste_is_nobody_else_s() -> None:
    crowd = Crowd()
    verdicts(crowd, 30)
    assert said(crowd, user="8", chat="8") is Verdict.PASS


def test_a_group_is_heard_sixty_times_a_minute_in_all() -> None:
    crowd = Crowd()
    found = [said(crowd, user=str(number), chat="-1") for number in range(65)]
    assert found == [Verdict.PASS] * 60 + [Verdict.TELL] + [Verdict.SILENT] * 4
    assert said(crowd, user="1", chat="1") is Verdict.PASS, "in private they are heard"


def test_buttons_count_for_the_chat_only() -> None:
    assert verdicts(Crowd(), 60, kind=Kind.PRESS) == [Verdict.PASS] * 60


def test_what_is_typed_behind_our_name_and_what_happens_in_chats_is_not_counted() -> None:
    crowd = Crowd()
    for kind in (Kind.INLINE, Kind.JOINED, Kind.LEFT, Kind.MIGRATED):
        assert set(verdicts(crowd, 100, kind=kind)) == {Verdict.PASS}


def test_what_piled_up_while_we_were_away_is_not_haste() -> None:
    """It is handled at one moment, but was said over an hour."""
    crowd = Crowd()
    assert {said(crowd, -3600 + number * 30) for number in range(120)} == {Verdict.PASS}


def test_a_platform_may_set_no_limit() -> None:
    free = Limits(text=1000, buttons=0, heard_from_person=0, heard_from_chat=0)
    assert set(verdicts(Crowd(), 500, limits=free)) == {Verdict.PASS}


def test_of_many_over_a_day_only_those_of_the_last_minutes_are_remembered() -> None:
    crowd = Crowd()
    for number in range(5000):
        said(crowd, number, user=str(number), chat=str(number))
        assert len(crowd._windows) <= 2 * 121


def test_whoever_was_told_to_wait_is_not_let_in_by_the_sweep() -> None:
    crowd = Crowd()
    told = [said(crowd, 50) for _ in range(30)]
    assert told[-1] is Verdict.SILENT
    said(crowd, 61, user="another", chat="another")
    assert said(crowd, 62) is Verdict.SILENT


def answering(crowd: Crowd, chat_kind: ChatKind = ChatKind.PRIVATE, *, is_asked: bool = True) -> None:
    crowd.note(Incoming("1", Kind.TEXT, Where("fake", "bot", "7"), chat_kind, "7", NOON), is_asked=is_asked)


def test_whoever_fills_in_a_form_may_be_as_quick_as_a_whole_chat() -> None:
    """An answer that is dropped would be missed; one that is stopped in the middle of an album, too."""
    crowd = Crowd()
    said(crowd)
    answering(crowd)
    assert verdicts(crowd, 62) == [Verdict.PASS] * 59 + [Verdict.TELL] + [Verdict.SILENT] * 2


def test_after_the_form_everybody_is_alike_and_in_a_group_there_is_none() -> None:
    for chat_kind, is_asked in ((ChatKind.PRIVATE, False), (ChatKind.GROUP, True)):
        crowd = Crowd()
        said(crowd)
        answering(crowd, chat_kind, is_asked=is_asked)
        assert verdicts(crowd, 20)[-1] is Verdict.TELL, chat_kind
