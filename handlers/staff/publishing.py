"""Staff enter windows from the year's notice: publish, extend, correct, withdraw. Nothing counts before it has been seen and confirmed."""

from __future__ import annotations

from collections.abc import Callable

from bot.core.errors import UserError
from bot.core.message import Answer, Choice, Incoming, Reply, Text
from bot.storage.values import from_json, to_json
from handlers.services import Conversation, Services
from handlers.staff.speaking import require_editor
from knowledge.regions import region_named
from knowledge.themes import theme_named
from reminders import draft
from reminders.draft import Draft
from reminders.notice import Day, details, difference
from reminders.shelf import BODY
from reminders.window import Window, cancelled, longer


async def publish(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """Without text the pattern to fill in; with it what people would read, to be confirmed."""
    await require_editor(incoming, use)
    if not incoming.text.strip():
        return [Reply((Text("publish-how"), Text("publish-pattern")))]
    written = read(lines_of(incoming.text), use.has_clause)
    if written.against:
        return [_refused(written)]
    return [await _confirm("publish", None, written.window, chat, use)]


async def correct(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """`/correct 3` and then the fields that change, a line each."""
    before, text = await _meant(incoming, use, "correct-how")
    written = read(text, use.has_clause, before)
    if written.against:
        return [_refused(written)]
    return [await _confirm("correct", before, written.window, chat, use)]


async def extend(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """`/extend 3`, the later end, and the notice that says so."""
    before, text = await _meant(incoming, use, "extend-how")
    written = read(text, use.has_clause, before)
    if written.against:
        return [_refused(written)]
    after, against = longer(before, written.window, use.desk.today(chat.now))
    if against:
        return [Reply(tuple(against))]
    return [await _confirm("extend", before, after, chat, use)]


async def withdraw(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """`/withdraw 3` and why."""
    before, reason = await _meant(incoming, use, "withdraw-how")
    return [await _confirm("cancel", before, cancelled(before, reason.strip()), chat, use)]


async def confirm(incoming: Incoming, chat: Conversation, use: Services) -> list[Answer]:
    """What was shown is what is written; a wording somebody else has changed meanwhile is refused."""
    await require_editor(incoming, use)
    what, _, body = chat.data.partition("\n")
    window = from_json(BODY, body)
    effect = use.desk.publish(window, incoming, chat.now) if what == "publish" else use.desk.change(window, what, incoming, chat.now)
    return [effect, Reply((Text(f"confirmed-{what}", {"title": window.title}),), (Choice("windows", label=Text("choice-windows")),))]


async def _meant(incoming: Incoming, use: Services, how: str) -> tuple[Window, str]:
    """The window a command names by its number, and the rest of the words."""
    await require_editor(incoming, use)
    typed = lines_of(incoming.text).strip()
    number, _, rest = typed.partition("\n" if "\n" in typed else " ")
    if not number.strip().isdecimal() or not rest.strip():
        raise UserError(Text(how))
    return await use.desk.window(int(number)), rest


def lines_of(text: str) -> str:
    """A line break, or a bar where one line is all there is."""
    return "\n".join(part.strip() for part in text.replace("|", "\n").splitlines())


def read(text: str, has_clause: Callable[[str], bool], before: Window | None = None) -> Draft:
    """A wording with everything that is wrong with it; the clause it rests on is one of ours."""
    written = draft.read(text, place_named, subject_named, before)
    if written.window.clause and not has_clause(written.window.clause):
        written.against.append((0, Text("draft-clause-unknown", {"name": written.window.clause[:60]})))
    return written


def _refused(written: Draft) -> Reply:
    return Reply((Text("draft-refused"), *written.sentences))


async def _confirm(what: str, before: Window | None, after: Window, chat: Conversation, use: Services) -> Reply:
    day = Day(use.desk.today(chat.now), use.desk.terms.calendar, use.desk.terms.zone)
    count = await use.desk.reaches(after)
    changed = (Text("windows-list", {"lines": tuple(difference(before, after))}),) if before and [*difference(before, after)] else ()
    blocks = (
        Text("window-title", {"title": after.title}, bold=True),
        *changed,
        *details(after, day),
        Text("confirm-ask", {"count": count}),
    )
    yes = Choice("publish-confirm", f"{what}\n{to_json(BODY, after)}", Text(f"choice-confirm-{what}"))
    return Reply(blocks, (yes, Choice("windows", label=Text("choice-leave"))))


def place_named(name: str) -> str | None:
    found = region_named(name)
    return found.id if found else None


def subject_named(name: str) -> str | None:
    found = theme_named(name)
    return found.id if found else None
