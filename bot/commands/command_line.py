"""The commands of `zhice` and their options. What a command needs is imported when it runs, so that each starts quickly."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands import form_commands, notice_commands, people, tending, window_commands
from bot.commands.options import FOUND, Json, Language

if TYPE_CHECKING:
    from bot.settings import Settings
    from reminders.dates import Scene
    from reminders.workdays import WorkCalendar
app = typer.Typer(
    name="zhice",
    help="知策: answers about intellectual-property policy with the curated clause itself.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
knowledge_app = typer.Typer(help="The curated documents.", no_args_is_help=True)
app.add_typer(knowledge_app, name="knowledge")
app.add_typer(people.privacy, name="privacy")
app.add_typer(tending.outbox, name="outbox")
app.add_typer(tending.backup, name="backup")
app.add_typer(form_commands.forms, name="forms")
app.add_typer(people.staff, name="staff")
app.add_typer(people.applications, name="applications")
app.add_typer(people.audit, name="audit")
app.add_typer(window_commands.windows, name="windows")
app.add_typer(notice_commands.notices, name="notices")


Now = Annotated[str, typer.Option("--now", metavar="DATE", help="Answer as on that day (YYYY-MM-DD).")]


def _settings(*, quiet: bool = False) -> Settings:
    from bot.start import settings

    return settings(quiet=quiet)


def _run(*, web: bool, work: bool) -> None:
    from bot.process import run

    run(web=web, work=work)


@app.command("serve")
def serve_() -> None:
    """Everything in one process: web chat, Telegram when a token is set, background work. Migrates its database itself."""
    _run(web=True, work=True)


@app.command()
def web() -> None:
    """Only what takes requests: the web chat and webhooks. Another process runs `zhice worker` on the same database."""
    _run(web=True, work=False)


@app.command()
def worker() -> None:
    """Only the work behind: answers, sending, polling, ticks."""
    _run(web=False, work=True)


@app.command()
def migrate() -> None:
    """Brings the database to the shape this program needs."""
    import asyncio

    from bot.app import core

    async def run() -> None:
        async with core(_settings(), migrate=True):
            pass

    asyncio.run(run())
    print("The database is up to date.")


@app.command()
def chat(language: Language = "") -> None:
    """Talk to it here, in the terminal."""
    from bot.commands.terminal import talk

    talk(_settings(quiet=True), language)


@app.command()
def doctor(as_json: Json = False) -> None:
    """Looks at everything that may be wrong and says what to do. Exit code 1 when something is."""
    import asyncio

    from bot.commands.doctor import examine

    findings = asyncio.run(examine(_settings(quiet=True)))
    if as_json:
        print(json.dumps([finding.__dict__ for finding in findings], ensure_ascii=False))
    else:
        for finding in findings:
            print(f"{'ok  ' if finding.well else 'FAIL'}  {finding.subject}: {finding.says}")
    raise typer.Exit(0 if all(finding.well for finding in findings) else FOUND)


@app.command()
def lookup(
    question: Annotated[str, typer.Argument(help="A question, as people ask it.")] = "",
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Questions as JSON lines on standard input, answers as JSON lines.")] = False,
    now: Now = "",
    region: Annotated[str, typer.Option(help="The place meant when the question names none: suzhou, 苏州.")] = "",
    language: Language = "zh-CN",
    explain: Annotated[bool, typer.Option("--explain", help="Show how the question is read and by what each clause was found.")] = False,
) -> None:
    """Answers one question, or many with --jsonl, as people get it in a chat."""
    from bot.commands.answering import home
    from knowledge.lookup import Knowledge

    today = _day(now)
    opened = Knowledge.open(cache=home())
    if jsonl:
        from knowledge.jsonl import answer_lines

        for line in answer_lines(opened, sys.stdin, today):
            print(line, flush=True)
        return
    if not question.strip():
        raise typer.BadParameter("write a question, or use --jsonl")
    place = _place(region)
    if explain:
        from bot.commands.answering import explanation

        print(explanation(opened, question, place))
        return
    from bot.commands.answering import answer

    print(answer(opened, question, today, place, language))


@app.command()
def when(
    text: Annotated[str, typer.Argument(help="A time as people write it: 下周五上午9点, 截止前3个工作日, 每月最后一个工作日.")] = "",
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Expressions as JSON lines on standard input, results as JSON lines.")] = False,
    now: Annotated[str, typer.Option("--now", metavar="TIME", help="Read as at that time (2026-11-25T10:00).")] = "",
    zone: Annotated[str, typer.Option("--tz", metavar="ZONE", help="Time zone of all wall times; the office's when not given.")] = "",
    context: Annotated[str, typer.Option("--context", help="reminder (a past time is refused) or field (it is not).")] = "reminder",
    as_json: Json = False,
    language: Language = "zh-CN",
) -> None:
    """Says what an expression of time means, or asks back. Exit code 1 when nothing certain was understood."""
    from bot.commands.when import working_days
    from reminders.dates.lines import plain, read_lines

    days = working_days(_settings(quiet=True))
    if jsonl:
        for line in read_lines(sys.stdin, days):
            print(line, flush=True)
        return
    if not text.strip():
        raise typer.BadParameter("write a time, or use --jsonl")
    from bot.commands.when import is_certain, told
    from reminders.dates import read

    scene = _scene(now, zone, context, days)
    result = read(text, scene)
    print(json.dumps(plain(result), ensure_ascii=False) if as_json else told(result, scene, language))
    raise typer.Exit(0 if is_certain(result) else FOUND)


@knowledge_app.command("check")
def knowledge_check(as_json: Json = False) -> None:
    """Proves the curated documents equal to their sources, and the vocabulary and questions sound. Exit code 1 on problems."""
    from knowledge.audit import audit, counted

    done = audit()
    if as_json:
        print(json.dumps([{"file": each.file, "line": each.line, "text": each.text} for each in done.problems], ensure_ascii=False))
    else:
        for each in done.problems:
            print(each)
        if not done.problems:
            print(f"All is well: {counted()}.")
        elif not done.asked:
            print("The golden questions are asked when these are mended.", file=sys.stderr)
    raise typer.Exit(FOUND if done.problems else 0)


@knowledge_app.command("gaps")
def knowledge_gaps(
    days: Annotated[int, typer.Option(min=1, help="How many days back.")] = 30,
    as_json: Json = False,
) -> None:
    """Questions that found no answer, or a wrong one, in groups; the most frequent first."""
    import asyncio

    from bot.commands.gaps import gaps, shown

    found = asyncio.run(gaps(_settings(quiet=True), days))
    print(json.dumps([group.plain() for group in found], ensure_ascii=False) if as_json else shown(found))


def _place(name: str) -> str:
    """A place nobody knows would be as good as none, and another city would answer."""
    from knowledge.regions import region_named, regions

    found = regions().get(name) or region_named(name)
    if name and found is None:
        raise typer.BadParameter("--region: there is no such place; write an id such as suzhou, or a name such as 苏州")
    return found.id if found else ""


def _scene(now: str, zone: str, context: str, days: WorkCalendar) -> Scene:
    from reminders.dates.lines import scene

    try:
        return scene(now or datetime.now(UTC).isoformat(), zone or _settings(quiet=True).tz_name, context, days)
    except (KeyError, ValueError) as error:
        raise typer.BadParameter(f"--now, --tz or --context cannot be used: {error}") from error


def _day(text: str) -> date:
    if not text:
        return datetime.now().astimezone().date()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter("takes a date such as 2026-03-01") from error
