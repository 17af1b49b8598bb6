"""What is loaded only when it is needed: all of it is there, and a start does without it."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from types import ModuleType

import pytest

import bot
import handlers
import knowledge
import reminders
from bot.core.later import Later, later
from bot.storage.all_tables import METADATA
from handlers import routes
from handlers.services import Handler

PACKAGES = (bot, handlers, knowledge, reminders)
TABLES = frozenset(METADATA.tables)


def modules() -> Iterator[ModuleType]:
    for package in PACKAGES:
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "migrations" not in found.name and not found.name.endswith("__main__"):
                yield importlib.import_module(found.name)


STANDINS = [(module.__name__, name, value) for module in modules() for name, value in vars(module).items() if isinstance(value, Later)]


def test_every_module_loads_and_brings_no_table_that_the_whole_does_not_know() -> None:
    assert set(METADATA.tables) == TABLES


@pytest.mark.parametrize(("where", "name", "standin"), STANDINS, ids=lambda value: value if isinstance(value, str) else "")
def test_what_a_name_stands_for_is_what_the_types_were_checked_against(where: str, name: str, standin: Later) -> None:
    source = inspect.getsource(importlib.import_module(where))
    package, _, last = vars(standin)["_module"].rpartition(".")
    assert importlib.import_module(f"{package}.{last}")
    imports = {last} if name == last else {f"from {package} import {last} as {name}"}
    assert all(each in source for each in imports)


@pytest.mark.parametrize("table", ["COMMANDS", "ACTIONS", "STEPS", "KINDS", "WISHES", "AFTERWARDS"])
def test_everybody_who_answers_is_there_and_takes_a_turn(table: str) -> None:
    for name, handler in getattr(routes, table).items():
        real = _real(handler)
        assert inspect.iscoroutinefunction(real), name
        assert len(inspect.signature(real).parameters) == 3, name


def _real(handler: Handler) -> Handler:
    for value in vars(routes).values():
        if isinstance(value, Later):
            for name, each in vars(value).items():
                if each is handler:
                    found: Handler = getattr(importlib.import_module(vars(value)["_module"]), name)
                    return found
    return handler


def test_the_steps_are_those_the_dialogs_write() -> None:
    dialogs = ("handlers.filling", *(f"handlers.staff.{name}" for name in ("notices", "review", "exporting", "programmes")))
    assert set(routes.STEPS) == {importlib.import_module(name).STEP for name in dialogs}


def test_a_button_to_print_is_answered() -> None:
    assert importlib.import_module("handlers.papers").PRINT in routes.ACTIONS


def test_what_is_taken_twice_is_the_same() -> None:
    (shelf,) = later("reminders", "shelf")
    assert shelf.rows is shelf.rows


def test_what_is_not_there_is_said_when_it_is_called() -> None:
    (shelf,) = later("reminders", "shelf")
    with pytest.raises(AttributeError, match="never_written"):
        shelf.never_written()


def test_a_start_loads_nothing_that_its_first_answer_does_without() -> None:
    script = "import bot.process, bot.service, bot.adapters.telegram, bot.web, sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout.split()
    assert "handlers.turn" in loaded
    assert not {"handlers.filling", "handlers.staff.review", "bot.notices.desk", "reminders.plan", "bot.upkeep", "apscheduler"} & {*loaded}
    assert not {"bot.storage.notice_tables", "bot.storage.reminder_tables", "bot.storage.application_tables", "alembic"} & {*loaded}
    assert not {"sqlalchemy.dialects.postgresql", "rich", "click", "pygments", "typer"} & {*loaded}
    assert not {"opencc", "knowledge.check", "knowledge.collisions", "jieba", "reminders.dates", "httpx"} & {*loaded}


def test_what_is_done_again_and_again_reads_no_dates() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import bot.upkeep, sys; print(*sys.modules)"], check=True, capture_output=True, text=True
    )
    assert "bot.worker" in loaded.stdout.split()
    assert not {"reminders.dates", "handlers.filling", "alembic"} & {*loaded.stdout.split()}
