"""What each command promises to the person or the program that runs it."""

from __future__ import annotations

import asyncio
import getpass
import json
import re
import socket
import zipfile
from pathlib import Path

import aiohttp
import pytest

from tests.cli.conftest import Run
from tests.fakes import telegram as fakes
from tests.fakes.telegram import TOKEN, FakeTelegram
from tests.faults.conftest import Service
from tests.patience import PATIENCE, until
from tests.ports import free_port

pytestmark = pytest.mark.xdist_group("commands")


async def test_the_knowledge_is_checked_with_an_exit_code(run: Run) -> None:
    ended = await run("knowledge", "check")
    assert (ended.code, ended.out.startswith("All is well: ")) == (0, True)
    assert ended.out.rstrip().endswith(" golden questions.")
    as_json = await run("knowledge", "check", "--json")
    assert (as_json.code, json.loads(as_json.out)) == (0, [])


async def test_the_programmes_are_checked_with_an_exit_code(run: Run) -> None:
    ended = await run("forms", "check")
    assert (ended.code, ended.out.startswith("All is well: 16 programmes")) == (0, True)
    as_json = await run("forms", "check", "--json")
    assert (as_json.code, json.loads(as_json.out)) == (0, [])


async def test_a_line_that_cannot_be_read_does_not_stop_the_others(run: Run) -> None:
    lines = ['{"id": "1", "question": "苏州质押融资的目标"}', "not json", '{"id": "3"}', "[]", '{"id": "5", "question": "合肥有哪些任务"}']
    ended = await run("lookup", "--jsonl", "--now", "2026-03-01", given="\n".join(lines) + "\n")
    answers = [json.loads(line) for line in ended.out.splitlines()]
    assert ended.code == 0
    assert len(answers) == len(lines), "a line for each line"
    assert [answer.get("id") for answer in answers][0::4] == ["1", "5"]
    assert "Traceback" not in ended.err


async def test_a_question_is_answered_on_the_command_line(run: Run) -> None:
    ended = await run("lookup", "苏州质押融资的目标", "--now", "2026-03-01")
    assert ended.code == 0
    assert "苏州" in ended.out


async def test_an_explanation_shows_the_reading_and_the_channels(run: Run) -> None:
    ended = await run("lookup", "--explain", "苏州质押融资的目标")
    assert ended.code == 0
    for shown in ("places       suzhou", "asks for     target", "decision     answer", "suzhou-145-plan#2-3", "by characters"):
        assert shown in ended.out


@pytest.mark.parametrize(
    "arguments",
    [
        ["lookup"],
        ["lookup", "x", "--now", "yesterday"],
        ["when"],
        ["when", "明天", "--now", "x"],
        ["when", "明天", "--tz", "Moon"],
        ["when", "明天", "--context", "x"],
        ["dance"],
    ],
    ids=" ".join,
)
async def test_a_wrong_call_says_how_it_is_meant(run: Run, arguments: list[str]) -> None:
    ended = await run(*arguments)
    assert ended.code == 2
    assert "Usage:" in ended.err
    assert "Traceback" not in ended.err


NOW = ("--now", "2026-11-25T10:00")


async def test_a_time_is_said_with_its_weekday_and_what_remains(run: Run) -> None:
    ended = await run("when", "下周五上午9点", *NOW)
    assert (ended.code, ended.out) == (0, "2026年12月4日 星期五 09:00\n还有 9 天，其中 7 个工作日\n")


async def test_a_time_that_is_not_certain_is_asked_back_with_an_exit_code(run: Run) -> None:
    ended = await run("when", "明天3点", "--lang", "en", *NOW)
    assert ended.code == 1
    assert "1. Thursday, November 26, 2026, 03:00\n2. Thursday, November 26, 2026, 15:00\n" in ended.out
    as_json = await run("when", "昨天", "--json", *NOW)
    assert (as_json.code, json.loads(as_json.out)["reason"]) == (1, "past")


async def test_the_place_of_a_lookup_is_known_by_id_and_by_name_or_refused(run: Run) -> None:
    asked = ("lookup", "质押融资目标", "--region")
    known = await run(*asked, "wujiang")
    assert "吴江区" in known.out
    assert (await run(*asked, "吳江")).out == known.out
    refused = await run(*asked, "火星")
    assert (refused.code, "there is no such place" in refused.err, refused.out) == (2, True, "")


async def test_times_as_lines_are_read_like_the_single_one(run: Run) -> None:
    lines = ['{"id": 1, "now": "2026-11-25T10:00:00+08:00", "tz": "Asia/Shanghai", "context": "field", "text": "昨天"}', "not json"]
    ended = await run("when", "--jsonl", given="\n".join(lines) + "\n")
    answers = [json.loads(line) for line in ended.out.splitlines()]
    assert ended.code == 0
    assert answers == [{"id": 1, "result": {"kind": "date", "date": "2026-11-24"}}, {"id": None, "error": "not JSON"}]
    alone = await run("when", "昨天", "--json", "--context", "field", *NOW)
    assert json.loads(alone.out) == answers[0]["result"]


async def test_the_doctor_finds_a_new_installation_wanting_and_a_migrated_one_well(run: Run) -> None:
    before = await run("doctor", "--json")
    assert before.code == 1
    assert [finding["subject"] for finding in json.loads(before.out) if not finding["well"]] == ["database"]
    await run("migrate")
    after = await run("doctor", "--json")
    assert (after.code, [finding for finding in json.loads(after.out) if not finding["well"]]) == (0, [])


@pytest.mark.usefixtures("installed")
async def test_the_doctor_says_what_is_wrong_with_the_port_and_the_platform(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"http://127.0.0.1:{free_port()}/bot"
        port = str(taken.getsockname()[1])
        ended = await run("doctor", "--json", PORT=port, TELEGRAM_TOKEN=TOKEN, TELEGRAM_BASE_URL=address)
    wrong = {finding["subject"]: finding["says"] for finding in json.loads(ended.out) if not finding["well"]}
    assert ended.code == 1
    assert sorted(wrong) == ["port", "telegram"]
    assert "is not free" in wrong["port"]
    assert TOKEN not in ended.out + ended.err


@pytest.mark.usefixtures("installed")
async def test_the_doctor_knows_the_bot_s_name(run: Run, fake: FakeTelegram) -> None:
    ended = await run("doctor", TELEGRAM_TOKEN=TOKEN, TELEGRAM_BASE_URL=fake.base_url)
    assert ended.code == 0, ended
    assert "@zhice_bot answers" in ended.out


@pytest.mark.usefixtures("installed")
async def test_the_doctor_reaches_the_platform_by_the_proxy_that_the_service_takes(run: Run, fake: FakeTelegram) -> None:
    by_proxy = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_BASE_URL": "http://api.invalid/bot", "TELEGRAM_PROXY": fake.address}
    ended = await run("doctor", **by_proxy)
    assert ended.code == 0, ended
    assert "@zhice_bot answers" in ended.out


@pytest.mark.usefixtures("installed")
async def test_the_doctor_finds_nothing_wrong_with_addresses_that_the_service_itself_holds(tmp_path: Path, run: Run) -> None:
    held = {"PORT": str(free_port()), "METRICS_PORT": str(free_port())}
    service = Service(tmp_path / "data", **held)
    try:
        await service.start()
        ended = await run("doctor", **held)
    finally:
        await service.end()
    assert (ended.code, ended.out.count("is served by Zhice")) == (0, 2), ended


async def test_a_chat_with_piped_input_answers_and_ends_by_itself(run: Run) -> None:
    ended = await run("chat", given="苏州质押融资的目标是多少\n/help\n")
    assert ended.code == 0
    assert "苏州" in ended.out
    assert ended.err == ""


@pytest.mark.parametrize("command", [("chat",), ("lookup", "苏州专利导航"), ("when", "明天")], ids=" ".join)
async def test_a_language_not_spoken_is_refused(run: Run, command: tuple[str, ...]) -> None:
    ended = await run(*command, "--lang", "fr")
    assert (ended.code, ended.out) == (2, "")
    assert "there is no fr" in ended.err and "zh-CN, zh-TW, en" in ended.err


async def test_a_piped_line_is_kept_without_its_end(run: Run) -> None:
    ended = await run("chat", given="苏州质押融资的目标是多少\n/my_data\n")
    assert "text: 苏州质押融资的目标是多少\n" in ended.out.replace("│ ", "")


async def test_migrating_twice_is_well(run: Run) -> None:
    assert [(await run("migrate")).code for _ in range(2)] == [0, 0]


@pytest.mark.usefixtures("installed")
async def test_the_master_key_is_changed_and_the_doctor_knows_where_it_is(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "data" / "keys" / "master.key"
    before = path.read_text()
    rotated = await run("privacy", "rotate")
    assert (rotated.code, before != path.read_text(), len(path.read_text().split())) == (0, True, 1)
    assert str(path) in (await run("doctor")).out
    path.write_text(before)
    refused = await run("privacy", "rotate")
    assert (refused.code, "locked with another master key" in refused.err) == (2, True)
    path.chmod(0o644)
    assert "chmod 600" in (await run("doctor")).out


@pytest.mark.usefixtures("installed")
async def test_the_name_of_a_member_of_staff_is_one_line(run: Run) -> None:
    added = await run("staff", "add", " 沈\n老师\u202e ", "--role", "owner", "--json")
    assert json.loads(added.out)["name"] == "沈 老师"
    for name in ("\u200b", "长" * 51):
        refused = await run("staff", "add", name, "--role", "owner")
        assert (refused.code, "1 to 50 characters" in refused.err) == (2, True), refused


@pytest.mark.usefixtures("installed")
async def test_the_first_owner_comes_from_the_command_line_and_each_change_is_logged(run: Run) -> None:
    assert "no account yet" in (await run("staff", "list")).out
    added = await run("staff", "add", "沈主任", "--role", "owner", "--role", "reviewer", "--json")
    first = json.loads(added.out)
    assert (added.code, first["roles"], first["linked"], len(first["code"]) >= 22) == (0, ["owner", "reviewer"], 0, True)
    for refused in (["staff", "remove", "1"], ["staff", "roles", "1", "--role", "editor"], ["staff", "code", "9"]):
        ended = await run(*refused)
        assert (ended.code, "Traceback" in ended.err, len(ended.err.splitlines())) == (2, False, 1)
    await run("staff", "add", "李", "--role", "owner")
    assert (await run("staff", "remove", "1")).code == 0
    listed = json.loads((await run("staff", "list", "--json")).out)
    assert [(account["id"], account["active"]) for account in listed] == [(1, False), (2, True)]
    verified = await run("audit", "verify", "--json")
    assert (verified.code, json.loads(verified.out)["entries"]) == (0, 5)
    assert json.loads(verified.out)["head"] in (await run("audit", "head")).out
    assert first["code"] not in verified.out + verified.err


async def test_a_person_is_handed_out_and_deleted_on_the_command_line(run: Run) -> None:
    await run("chat", given="苏州质押融资的目标是多少\n")
    listed = await run("privacy", "export", "--person", f"terminal:{getpass.getuser()}")
    assert [each["text"].strip() for each in json.loads(listed.out)["earlier_questions"]] == ["苏州质押融资的目标是多少"]
    deleted = await run("privacy", "delete", "--person", f"terminal:{getpass.getuser()}", "--yes", "--json")
    assert (deleted.code, json.loads(deleted.out)["conversations"]) == (0, 1)
    after = await run("privacy", "export", "--person", f"terminal:{getpass.getuser()}")
    assert json.loads(after.out)["earlier_questions"] == []
    assert (await run("privacy", "retention", "--dry-run")).out == "drafts 0, applications 0\n"
    assert (await run("privacy", "export", "--person", "nobody")).code == 2


# ---- running services ----


@pytest.fixture
async def running(tmp_path: Path):
    made: list[Service] = []

    async def start(command: str = "serve", **environment: str) -> Service:
        service = Service(tmp_path / "data", command, **environment)
        made.append(service)
        await service.start()
        return service

    yield start
    for service in made:
        await service.end()


async def status(session: aiohttp.ClientSession, address: str) -> tuple[int, dict[str, object]]:
    async with session.get(address) as response:
        return response.status, await response.json()


async def test_a_running_service_says_that_it_lives_and_is_ready(running) -> None:
    service = await running()
    async with aiohttp.ClientSession() as session:
        assert await status(session, f"{service.address}/livez") == (200, {"alive": True})
        assert await status(session, f"{service.address}/readyz") == (200, {"ready": True, "problems": []})
    assert await service.stop() == 0


async def test_without_a_way_to_the_platform_the_web_works_and_the_platform_is_asked_again(running) -> None:
    port = free_port()
    service = await running(TELEGRAM_TOKEN=TOKEN, TELEGRAM_BASE_URL=f"http://127.0.0.1:{port}/bot")
    async with aiohttp.ClientSession() as session:
        assert (await status(session, f"{service.address}/readyz"))[0] == 200
        async with session.get(service.address) as page:
            assert page.status == 200
    async with FakeTelegram(port=port) as fake:
        fake.push(fakes.private("/help"))
        await until(fake.sent, what="it found the platform")
        assert await service.stop() == 0
    assert TOKEN not in service.log.read_text()
    assert "Traceback" not in service.log.read_text()


@pytest.mark.usefixtures("installed")
async def test_a_question_to_the_web_process_is_answered_by_the_worker(running, run: Run) -> None:
    web, worker = await running("web"), await running("worker")
    headers = {"Origin": web.address}
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        async with session.post(f"{web.address}/chat/session", headers=headers) as response:
            chat = (await response.json())["chat"]
        async with session.ws_connect(f"{web.address}/chat/socket", headers=headers) as socket_:
            await socket_.send_json({"type": "hello", "chat": chat, "seen": 0, "language": "zh-CN"})
            await socket_.send_json({"type": "say", "key": "question-1", "text": "苏州质押融资的目标是多少"})
            heard: list[dict[str, object]] = []
            async with asyncio.timeout(PATIENCE):
                while not any("200亿元" in json.dumps(frame, ensure_ascii=False) for frame in heard):
                    heard.append(await socket_.receive_json())
    assert {"type": "stored", "key": "question-1"} in heard
    numbers = [line["number"] for frame in heard if frame["type"] == "lines" for line in frame["lines"]]  # type: ignore[attr-defined]
    assert numbers == list(range(1, len(numbers) + 1)), "in order, without gaps"
    assert worker.count("outbox where state = 'sent'") >= 1
    assert (await web.stop(), await worker.stop()) == (0, 0)


async def test_a_file_sent_in_the_terminal_is_handed_out_on_the_command_line(run: Run, tmp_path: Path) -> None:
    licence = Path(__file__).parents[1] / "flows" / "files" / "licence.pdf"
    said = (
        "/apply 费用减缴",
        "1",
        "事业单位",
        "同意并开始",
        "苏州知微研究所",
        "跳过",
        "2026",
        "13812345678",
        f"file:{licence}",
        "完成",
        "提交",
    )
    talked = (await run("chat", "--lang", "zh-CN", given="\n".join(said) + "\n")).out
    assert "已收到：licence.pdf" in talked
    number = re.search(r"ZC-\d{4}-\w+", talked)
    assert number
    out = tmp_path / "licence.pdf"
    handed = ("applications", "file", number[0], "1", "--reason", "李 reviews", "--out", str(out))
    done = await run(*handed)
    assert (done.code, done.out) == (0, f"{out}\n")
    assert (out.read_bytes(), out.stat().st_mode & 0o777) == (licence.read_bytes(), 0o600)
    assert (await run(*handed)).code == 2
    assert (await run("applications", "file", number[0], "2", "--reason", "x", "--out", f"{out}2")).code == 2
    await run("staff", "add", "李", "--role", "reviewer")
    book = tmp_path / "out.xlsx"
    export = ("applications", "export", "--by", "1", "--into", str(book), "--reason", "年报")
    assert (await run(*export, "--programme", "fee-reduction")).out == f"1 → {book}\n"
    assert (zipfile.is_zipfile(book), book.stat().st_mode & 0o777) == (True, 0o600)
    assert (await run(*export)).code == 2, "it is there already"
    assert (await run("forms", "off", "fee-reduction", "--reason", "名额已满")).code == 0
    listed = json.loads((await run("forms", "list", "--json")).out)
    assert {each["id"]: each["off"] for each in listed if each["off"]} == {"fee-reduction": "名额已满"}
    assert "again" in (await run("forms", "on", "fee-reduction")).out
    assert (await run("forms", "on", "nothing")).code == 2
    verified = await run("audit", "verify", "--json")
    assert verified.code == 0


async def test_the_outbox_is_looked_at_and_paused_with_exit_codes(run: Run) -> None:
    assert (await run("migrate")).code == 0
    ended = await run("outbox", "stats", "--json")
    assert (ended.code, json.loads(ended.out)["messages"]) == (0, {})
    assert (await run("outbox", "unknown")).out == "None.\n"
    assert (await run("outbox", "resend", "1")).code == 1
    assert (await run("outbox", "pause", "moving house")).code == 0
    paused = await run("outbox", "stats")
    assert (paused.code, "PAUSED: moving house" in paused.out) == (1, True)
    assert (await run("outbox", "resume")).out == "Sending again; it was paused: moving house.\n"
    assert (await run("outbox", "stats")).code == 0


async def test_a_backup_is_made_looked_through_and_brought_back(run: Run, tmp_path: Path) -> None:
    assert (await run("migrate")).code == 0
    made = json.loads((await run("backup", "create", "--json")).out)
    assert (await run("backup", "verify", made["folder"])).out == "Sound.\n"
    refused = await run("backup", "restore", made["folder"])
    assert (refused.code, "there is data already" in refused.err) == (2, True)
    assert (await run("backup", "restore", made["folder"], "--replace")).code == 0
    assert "PAUSED: restored from a backup" in (await run("outbox", "stats")).out
    (Path(made["folder"]) / "database.db").write_bytes(b"")
    altered = await run("backup", "verify", made["folder"], "--json")
    assert (altered.code, json.loads(altered.out)["sound"]) == (1, False)
