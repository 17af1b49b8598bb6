"""Reminders in people's own words: a time, perhaps again and again, and what of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never

from bot.core.errors import UserError
from bot.core.message import Answer, ChatKind, Choice, Incoming, Note, Reply, Text
from handlers.services import Conversation, Services
from handlers.wanting import wanted
from reminders.dates import Day, Instant, Invalid, Offset, Past, Range, Reading, Recurrence, Result, Scene, Unclear, is_beside_a_time, read
from reminders.own import LONGEST, MOST, Own, Rule
from reminders.schedule import MORNING, Snooze, Wish, snoozed
from reminders.window import moment

FURTHEST = 50
"""Characters that an expression of time has at most."""
OF_A_TIME = "0123456789〇零一二三四五六七八九十号日整钟点分时"
"""A time does not end before one of these: 5|号交年费, and least of all 2月2|9日."""
SHOWN = 20
"""Characters of a reminder's words on a button, and the most buttons of a list."""
DISTANCE = 10
"""Those of 之前第三个工作日, and some more."""


@dataclass(frozen=True)
class Asked:
    """A time and the words beside it."""

    result: Result
    spelled: str
    words: str

    @property
    def of(self) -> str:
        """What to be reminded of: remind me tomorrow to pay the fee."""
        return self.words.removeprefix("to ")


async def remind(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """`/remind 明天上午九点 交年费`."""
    said = incoming.text.strip()
    wish = wanted(said)
    if wish and wish.command == "reminders":
        return await reminders(incoming, chat, use)
    if wish and wish.command == "remind" and wish.text:
        # The command says it already: /remind 明天九点提醒我交年费.
        said = wish.text
    if not said:
        return [Reply((Text("remind-how"),))]
    scene = Scene(chat.now.astimezone(use.desk.terms.zone), calendar=use.desk.terms.calendar)
    asked = parted(said, scene)
    match asked.result:
        case _ if is_beside_a_time(asked.words):
            return [Reply((Text("remind-unclear"), Text("remind-how")))]
        case Unclear(choices) if choices and not asked.words:
            raise UserError(Text("remind-of-what"))
        case Unclear(choices) if choices:
            return [_ask_back(choices, asked.of, chat, use)]
        case Unclear():
            return [Reply((Text("remind-unclear"), Text("remind-how")))]
        case Invalid():
            return [Reply((Text("remind-no-such-day", {"spelled": asked.spelled}),))]
        case Past():
            return [Reply((Text("remind-past", {"spelled": asked.spelled}),))]
        case _:
            return await _kept(asked.result, asked.of, incoming, chat, use)


async def pick(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """One of the readings we asked back with."""
    spelled, _, words = chat.data.partition("\n")
    starts, _, rule = spelled.partition(" ")
    return await _keep(Rule(datetime.fromisoformat(starts), str(use.desk.terms.zone), rule), words, incoming, chat, use)


def parted(text: str, scene: Scene) -> Asked:
    """The time is what stands first, up to a space or as far as it can be read."""
    ends = [at for at, character in enumerate(text[: FURTHEST + 1]) if character.isspace()]
    whole_words = (end for end in range(min(len(text), FURTHEST), 0, -1) if _may_end(text, end))
    for end in (*reversed(ends), *whole_words):
        result = read(text[:end], scene)
        if not isinstance(result, Unclear) or (result.choices and end in ends):
            # 每年4月26号之前三天 is no reminder on each 26 April of 前三天.
            whole = end + _distance(text[end:], scene)
            return _shortest(read(text[:whole], scene), text, whole, scene)
    return _behind(text, scene) or _shortest(read(text[:FURTHEST], scene), text, FURTHEST, scene)


def _may_end(text: str, end: int) -> bool:
    """A time ends neither within a number nor within a word in Latin letters: in h|alf an hour."""
    within_a_word = text[end - 1 : end + 1].isascii() and text[end - 1 : end + 1].isalpha()
    return end == len(text) or not (text[end] in OF_A_TIME or within_a_word)


def _behind(text: str, scene: Scene) -> Asked | None:
    """English says the time last: pay the fee every Monday at 9."""
    starts = [at + 1 for at, character in enumerate(text) if character.isspace() and at + FURTHEST >= len(text)] if text.isascii() else []
    for start in starts:
        result = read(text[start:], scene)
        if _tells(result):
            return Asked(result, text[start:], text[:start].strip())
    return None


def _shortest(result: Result, text: str, end: int, scene: Scene) -> Asked:
    """What stands behind the time may be read along with it: 下周三上午九点开会. The time ends where no further word changes it."""
    spelled, words = text[:end].strip(), text[end:].strip()
    if words or not _tells(result):
        return Asked(result, spelled, words)
    ends = (at for at in range(1, len(spelled) - 1) if spelled[at] not in OF_A_TIME)
    found = next((at for at in ends if read(spelled[:at], scene) == result), 0)
    after = spelled[found:].strip()
    if not found or _tells(read(after, scene)):
        return Asked(result, spelled, "")
    return Asked(result, spelled[:found], after)


def _tells(result: Result) -> bool:
    """It has something to do with a time."""
    return not isinstance(result, Unclear) or bool(result.choices)


def _distance(text: str, scene: Scene) -> int:
    """How many characters at its very start say how long before or after."""
    for end in range(1, min(len(text), DISTANCE) + 1):
        result = read(text[:end], scene) if not text[0].isspace() else None
        meant = result.choices if isinstance(result, Unclear) else (result,)
        if meant and all(isinstance(each, Offset) for each in meant):
            return end
    return 0


def _ask_back(choices: tuple[Reading, ...], words: str, chat: Conversation, use: Services) -> Reply:
    rules = [rule for choice in (*_before(choices), *choices) if (rule := _rule(choice, chat, use)) and rule.after(chat.now)]
    if not rules:
        return Reply((Text("remind-unclear"), Text("remind-how")))
    offered = tuple(Choice("remind-pick", f"{rule.starts.isoformat()} {rule.repeat}\n{words}", _when(rule, chat, use)) for rule in rules)
    return Reply((Text("remind-which"),), offered)


def _before(choices: tuple[Reading, ...]) -> Iterator[Reading]:
    """A day and a distance read side by side mean that long before the day: 宣传周前三天."""
    days = [each.start if isinstance(each, Range) else each.on for each in choices if isinstance(each, Range | Day)]
    for offset in (each for each in choices if isinstance(each, Offset) and not each.span.workdays and not each.span.months):
        for day in days:
            yield Day(day + timedelta(days=offset.span.days))


def _rule(reading: Reading, chat: Conversation, use: Services) -> Rule | None:
    """When it first comes, in wall time. None for what names no time of its own."""
    zone = str(use.desk.terms.zone)
    match reading:
        case Instant(at=at):
            return Rule(at.replace(tzinfo=None), zone)
        case Day(on=on):
            return Rule(datetime.combine(on, MORNING), zone)
        case Range(start=start):
            return Rule(datetime.combine(start, MORNING), zone)
        case Recurrence(rule=rule, time=at):
            return Rule(datetime.combine(use.desk.today(chat.now), at or MORNING), zone, rule)
        case Offset():
            return None
        case _:
            assert_never(reading)


async def _kept(reading: Reading, words: str, incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    rule = _rule(reading, chat, use)
    if rule is None:
        return [Reply((Text("remind-unclear"), Text("remind-how")))]
    return await _keep(rule, words, incoming, chat, use)


async def _keep(rule: Rule, words: str, incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    if not words:
        raise UserError(Text("remind-of-what"))
    if len(words) > LONGEST:
        raise UserError(Text("remind-long", {"most": LONGEST}))
    if await use.desk.count_owns(incoming) >= MOST:
        raise UserError(Text("remind-many", {"most": MOST}))
    at = rule.after(chat.now)
    if at is None:
        # Today without an hour means its morning, this month its first day.
        zone = use.desk.terms.zone
        raise UserError(Text("remind-over", {"at": moment(rule.starts.replace(tzinfo=zone), zone), "words": words}))
    effect = use.desk.remind(rule, words, at, incoming, chat.language, chat.now)
    said = Text("remind-kept-again" if rule.repeat else "remind-kept", {"words": words, "at": moment(at, use.desk.terms.zone)})
    return [effect, Note(Text("later-note")), Reply((said,), (Choice("own-list", "", Text("choice-own-list")),))]


def line(rule: Rule, words: str, chat: Conversation, use: Services) -> Text:
    return Text("preview-line", {"at": _when(rule, chat, use), "what": words})


def _when(rule: Rule, chat: Conversation, use: Services) -> Text | str:
    """Its next time; when there is none any more, the time it had."""
    return _told(rule, rule.after(chat.now) or rule.starts.replace(tzinfo=use.desk.terms.zone), use)


def _coming(own: Own, chat: Conversation, use: Services) -> Text | str:
    """As it stands: also put off, or about to go out though its time is over."""
    at = own.due or chat.now
    return Text("remind-late", {"at": moment(at, use.desk.terms.zone)}) if at <= chat.now else _told(own.rule, at, use)


def _told(rule: Rule, at: datetime, use: Services) -> Text | str:
    when = moment(at, use.desk.terms.zone)
    return Text("remind-again", {"at": when}) if rule.repeat else when


async def reminders(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """Those still to come, the soonest first, each with a way to cancel it."""
    owns = sorted(await use.desk.owns(incoming), key=lambda each: each.due or chat.now)
    if not owns:
        return [Reply((Text("reminders-none"), Text("remind-how")))]
    lines = tuple(Text("preview-line", {"at": _coming(each, chat, use), "what": each.words}) for each in owns)
    alike = Counter(each.words[:SHOWN] for each in owns)
    choices = tuple(Choice("own-stop", str(each.id), _cancelling(each, alike[each.words[:SHOWN]] > 1, chat, use)) for each in owns[:SHOWN])
    return [Reply((Text("reminders-title", bold=True), Text("windows-list", {"lines": lines})), choices)]


def _cancelling(own: Own, told_by_time: bool, chat: Conversation, use: Services) -> Text:
    """With its time where the words do not tell it from another."""
    words = {"words": own.words[:SHOWN]}
    return Text("choice-own-cancel-at", words | {"at": _coming(own, chat, use)}) if told_by_time else Text("choice-own-cancel", words)


async def stop(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    mine = await _own(chat.data, incoming, use)
    await _may_touch(mine, incoming, use)
    return [
        use.desk.end_own(mine.id, incoming, chat.now),
        Note(Text("unsubscribed-note")),
        Reply((Text("own-stopped", {"words": mine.words}),)),
    ]


async def later(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    id, _, choice = chat.data.partition(" ")
    mine = await _own(id, incoming, use)
    if not choice:
        return [Reply((Text("later-ask"),), tuple(Choice("own-later", f"{id} {each}", Text(f"later-{each}")) for each in Snooze))]
    at = snoozed(Snooze(choice), chat.now, Wish(), use.desk.terms.calendar, use.desk.terms.zone)
    said = Text("later", {"title": mine.words, "at": moment(at, use.desk.terms.zone)})
    return [use.desk.own_later(mine, at), Note(Text("later-note")), Reply((said,), instead=bool(incoming.press))]


async def _own(id: str, incoming: Incoming, use: Services) -> Own:
    found = await use.desk.own(int(id), incoming)
    if found is None:
        raise UserError(Text("press-expired"))
    return found


async def _may_touch(mine: Own, incoming: Incoming, use: Services) -> None:
    """In a group: who made it, and who runs the group."""
    if incoming.chat_kind is not ChatKind.PRIVATE and mine.user != incoming.user and not await use.is_admin(incoming):
        raise UserError(Text("own-of-another"))
