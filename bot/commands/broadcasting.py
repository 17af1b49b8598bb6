"""What the command line does with notices: the same steps, rights and refusals as in the chat."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncConnection

from bot import spreadsheet
from bot.adapters.terminal import MARK, Terminal
from bot.app import Core, core, served
from bot.commands import handed_out
from bot.core.clock import FixedClock
from bot.core.errors import ConfigurationError, NotThere, UserError
from bot.core.message import Text
from bot.core.permissions import StaffMember
from bot.notices import export, markup, report, sending, shelf
from bot.notices.approval import reject as send_back
from bot.notices.desk import Desk, concerns
from bot.notices.letter import letter
from bot.notices.notice import SOURCE, Content, Notice
from bot.settings import Settings
from bot.storage import staff
from bot.words import Words
from handlers.staff import notice_card, notice_time
from handlers.staff.notice_card import audience_lines, count_lines, file_lines, time_lines
from handlers.staff.notice_parts import audience_read, quiet_read, title_read, whole
from knowledge.regions import places
from reminders.dates import Scene


@dataclass(frozen=True)
class At:
    """The command line, for one command."""

    core: Core
    desk: Desk
    by: StaffMember
    now: datetime
    language: str

    @property
    def words(self) -> Words:
        return self.core.words

    @property
    def reader(self) -> report.Reader:
        return report.Reader(self.words, self.language, self.core.settings.zone, places(self.language))

    def say(self, *texts: Text) -> str:
        return "\n".join(self.words.say(text, self.language) for text in texts)


@asynccontextmanager
async def opened(settings: Settings, by: int, language: str) -> AsyncIterator[At]:
    """`by`: the account that acts. What a person can mend is told like what an operator can."""
    async with core(settings, migrate=False) as built:
        try:
            async with built.database.read() as connection:
                member = await staff.member(connection, by)
            if not concerns(member):
                raise UserError(Text("notice-not-allowed"))
            yield At(built, built.notices(served(settings)), member, built.clock.now(), language)
        except NotThere:
            raise ConfigurationError(["--by: there is no such account; look with: zhice staff list"]) from None
        except UserError as error:
            raise ConfigurationError([built.words.say(error.text, language)]) from None


async def listed(at: At) -> str:
    found = await at.desk.notices()
    return at.say(*map(notice_card.line, found)) if found else at.say(Text("notices-none"))


async def draft(at: At, title: str, text: str) -> str:
    content = _content(at.desk, Content(), title=title_read(title), texts={SOURCE: whole(markup.spans(text))})
    number = await at.desk.next_number()
    made = await at.desk.now(lambda on: shelf.begin(on, at.by, number, content, at.now))
    return await card(at, made)


def _content(desk: Desk, content: Content, **values: object) -> Content:
    changed = replace(content, **values)  # type: ignore[arg-type]  # named by us, a few lines away
    desk.insist_on(changed)
    return changed


async def change(at: At, id: int, /, **values: object) -> str:
    known = await at.desk.notice(id)
    content = _content(at.desk, known.content, **values)
    return await card(at, await at.desk.now(lambda on: shelf.change(on, at.by, known, content, at.now)))


async def text(at: At, id: int, language: str, words: str) -> str:
    known = await at.desk.notice(id)
    return await change(at, id, texts={**known.content.texts, language: whole(markup.spans(words))})


async def audience(at: At, id: int, lines: str) -> str:
    return await change(at, id, audience=await audience_read(lines, at.desk))


async def enclose(at: At, id: int, file: Path | None) -> str:
    """A picture or file; without one, what it enclosed is left out."""
    if file is None:
        return await change(at, id, enclosed=None)
    known = await at.desk.notice(id)  # first: nothing is stored for one that is not there
    try:
        data = await asyncio.to_thread(file.read_bytes)
    except OSError as error:
        raise ConfigurationError([f"--file: {file} cannot be read ({error.strerror})"]) from None
    return await change(at, known.id, enclosed=await at.desk.enclosures.keep(file.name, data, at.now))


async def time(at: At, id: int, moment: str, quiet: str) -> str:
    values: dict[str, object] = {}
    if moment:
        values["at"] = notice_time.moment(moment, Scene(at.now.astimezone(at.core.settings.zone), calendar=at.core.terms.calendar))
    if quiet:
        values["quiet"] = quiet_read(quiet)
    return await change(at, id, **values)


async def card(at: At, known: Notice) -> str:
    """What it says, to whom, how many they are and how long it takes."""
    standing = await at.desk.standing(known, at.now)
    head = Text("notice-card-title", {"number": known.id, "state": notice_card.state(known)})
    facts = (*audience_lines(known.content.audience, at.language), *count_lines(standing), *file_lines(at.desk, known))
    told = at.say(head, *facts, *time_lines(known.content))
    return f"{told}\n\n{known.content.title}\n{markup.written(known.content.text(SOURCE)[1])}"


async def preview(at: At, id: int) -> str:
    """As each platform shows it."""
    known = await at.desk.notice(id)
    at.desk.insist_on_written(known)
    screen = Terminal("", print, FixedClock(at.now), bold=MARK)
    shown = []
    for name, limits in at.desk.meant_platforms(known).items():
        for language in known.content.texts:
            drawn = letter(known, language, at.words, limits)
            buttons = "  ".join(f"[{button.label}]" for button in drawn.buttons)
            enclosed = [f"[{drawn.enclosed.name}]"] if drawn.enclosed else []
            head = f"== {name} · {language} =="
            shown.append("\n\n".join([head, *enclosed, *map(screen.paragraph, drawn.blocks), *([buttons] if buttons else [])]))
    return "\n\n".join([*shown, at.say(*file_lines(at.desk, known), *count_lines(await at.desk.standing(known, at.now)))])


async def submit(at: At, id: int, key: str) -> str:
    known = await at.desk.notice(id)
    key = key or f"notice:{known.id}:{known.version}"
    found = await at.desk.now(lambda on: at.desk.submitted(on, at.by, known, key, None, at.now))
    await at.desk.tick(at.now)
    return await card(at, await at.desk.notice(found.id))


async def approve(at: At, code: str) -> str:
    return await card(at, await at.desk.approved_by_code(code, at.now))


async def reject(at: At, id: int, remark: str) -> str:
    known = await at.desk.notice(id)
    return await card(at, await at.desk.now(lambda on: send_back(on, at.by, known, remark, at.now)))


async def correct(at: At, id: int, words: str) -> str:
    wrong = await at.desk.notice(id)
    number = await at.desk.next_number()
    content = _content(
        at.desk, Content(wrong.content.title, {SOURCE: whole(markup.spans(words))}, unclear=wrong.content.unclear, asks=wrong.content.asks)
    )
    return await card(at, await at.desk.now(lambda on: shelf.begin(on, at.by, number, content, at.now, wrong.id)))


STEPS: dict[str, Callable[..., Awaitable[None]]] = {"pause": sending.pause, "resume": sending.resume, "cancel": sending.cancel}


async def step(at: At, id: int, name: str) -> str:
    known = await at.desk.notice(id)
    await at.desk.now(lambda on: STEPS[name](on, at.by, known, at.now))
    return await card(at, await at.desk.notice(id))


async def told(at: At, id: int, picture: Path | None) -> str:
    found = await at.desk.report(await at.desk.notice(id))
    said = report.said(found, at.reader)
    if picture is None:
        return said
    drawn = report.picture(found, at.reader)
    if drawn is None:
        return f"{said}\n\nNo font with Chinese characters was found (install fonts-wqy-microhei): no picture was drawn."
    handed_out.write(picture, [drawn])
    return f"{said}\n\n{picture}"


async def ledger(at: At, id: int, into: Path, reason: str) -> str:
    """Writes the file, readable by us alone. Raises ConfigurationError for an ending we do not write."""
    form = spreadsheet.FORMS.get(into.suffix.removeprefix(".").lower())
    if form is None:
        raise ConfigurationError(["--into takes a file that ends in .csv or .xlsx"])
    handed_out.require_free(into)
    known = await at.desk.notice(id)

    async def job(connection: AsyncConnection) -> list[list[str]]:
        rows = export.rows(connection, at.by, known, reason, at.now)
        return [export.cells(row, at.reader) async for row in rows]

    table = await at.desk.now(job)
    handed_out.write(into, [form([export.head(at.reader), *table])])
    return f"{len(table)} → {into}"
