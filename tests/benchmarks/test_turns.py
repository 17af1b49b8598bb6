"""The measurement of turns: its platform answers and posts as the real one, and its page says what is noisy and what is missing."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from typing import Any

from aiohttp import ClientSession, web

from benchmarks.turn import flame, page, wire
from benchmarks.turns import Figure, Result, missing
from tests.patience import PATIENCE, until


def order(kind: str, count: int, url: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "group": False, "count": count, "texts": ["你好"], "url": url, "delay": 0.0} | more


class Bot:
    """The least that answers: says the same again, with a button."""

    def __init__(self, api: str) -> None:
        self._api = api
        self.updates: list[dict[str, Any]] = []

    async def receive(self, request: web.Request) -> web.Response:
        assert request.headers["X-Telegram-Bot-Api-Secret-Token"] == wire.SECRET
        update = await request.json()
        self.updates.append(update)
        message = update["callback_query"]["message"] if "callback_query" in update else update["message"]
        said = {
            "chat_id": message["chat"]["id"],
            "text": "again",
            "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "tok"}]]},
        }
        async with ClientSession() as session, session.post(f"{self._api}/bot{wire.TOKEN}/sendMessage", json=said) as response:
            assert (await response.json())["ok"]
        return web.Response()


async def test_it_posts_what_was_ordered_and_waits_for_as_many_messages() -> None:
    platform = wire.Platform()
    load = wire.Load(platform)
    server = await asyncio.get_running_loop().create_server(lambda: wire._Served(platform), "127.0.0.1", 0)
    bot = Bot(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    application = web.Application()
    application.add_routes([web.post("/hook", bot.receive)])
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    try:
        async with asyncio.timeout(PATIENCE):
            written = await wire.run(platform, load, order("text", 5, url))
            pressed = await wire.run(platform, load, order("press", 3, url))
    finally:
        await runner.cleanup()
        server.close()
    assert (written["sent"], written["refused"], len(written["waits"])) == (5, 0, 5)
    assert pressed["sent"] == 3
    assert [update["callback_query"]["data"] for update in bot.updates[5:]] == ["tok"] * 3


async def test_without_a_message_a_press_is_over_when_its_button_was_answered() -> None:
    platform = wire.Platform()
    platform.begin(0.0)
    waiting = asyncio.ensure_future(platform.all_came(1, pressed=True))
    platform.answer("answerCallbackQuery", {"callback_query_id": "1"})
    await until(waiting.done)


def test_a_form_a_json_body_and_one_in_parts_are_read_alike() -> None:
    parts = b'--b\r\nContent-Disposition: form-data; name="chat_id"\r\n\r\n7\r\n--b--\r\n'
    assert [wire._read(body)["chat_id"] for body in (b"chat_id=7&text=x", b'{"chat_id": "7"}', parts)] == ["7"] * 3
    assert wire._read(b"") == {}


def test_a_figure_whose_rounds_are_far_apart_is_called_noisy() -> None:
    assert Figure([1.0, 1.1, 1.2]).told() == "1.10 (1.00–1.20)"
    assert Figure([1.0, 1.5]).told(".1f") == "1.2 (1.0–1.5) noisy"


def test_the_page_says_which_aims_are_met_and_leaves_out_who_was_not_there() -> None:
    results = {"echo": result(1.0), "bare": result(0.4), "ptb-sqlmodel": result(16.0)}
    given = argparse.Namespace(rounds=1, count=1, delayed=0, starts=0)
    told = page.told(results, {}, given)
    assert "| echo: our processor time over the bare handler's | <= 2 | 2.5 (2.5–2.5) | NOT MET |" in told
    assert (
        "| echo: processor time, python-telegram-bot with SQLModel over ours, one commit for our three | >= 15 | 16.0 (16.0–16.0) | met |"
        in told
    )
    assert "aiogram" not in told


def result(cost: float) -> Result:
    made = Result()
    for figure in (made.whole, made.rate, made.acknowledged, *made.cost.values()):
        figure.values.append(cost)
    return made


def test_what_a_peer_lacks_is_named() -> None:
    assert missing("bare", sys.executable) == ""
    assert "aiogram" in missing("aiogram-sqlmodel", sys.executable) or not missing("aiogram-sqlmodel", sys.executable)


def test_a_flame_is_as_wide_as_its_share() -> None:
    tree = flame._tree(json.loads('{"loop;a.py:f;b.py:g": 3, "loop;a.py:f": 1}'))
    assert tree.count == 4
    assert tree.parts["loop"].parts["a.py:f"].parts["b.py:g"].count == 3
