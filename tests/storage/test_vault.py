"""Values open where they were sealed, with the keys they were sealed with, and nowhere else."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from bot.core.errors import ConfigurationError
from bot.core.masterkey import parse, written
from bot.storage import keys, vault
from bot.storage import master as storage_master
from bot.storage.database import Database
from bot.storage.keys import KeyGone, SealingKey
from bot.storage.master import Master
from bot.storage.vault import Place, Unreadable
from tests.secret import master

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
HERE = Place("inbox", "body", "telegram:1:77")
WORDS = "我的统一社会信用代码是 91320500MA1XYZ1234"
_keys = SealingKey.__table__


async def sealed(database: Database, words: str = WORDS, at: datetime = NOW) -> str:
    return await database.write(lambda on: vault.seal(on, HERE, words, at))


async def unsealed(database: Database, value: str, place: Place = HERE) -> str:
    async with database.read() as connection:
        return await vault.unseal(connection, place, value)


async def test_what_was_sealed_opens_in_its_place(database: Database) -> None:
    value = await sealed(database)
    assert WORDS not in value
    assert await unsealed(database, value) == WORDS
    assert await unsealed(database, "") == ""


@pytest.mark.parametrize(
    "change", [{"table": "outbox"}, {"column": "error"}, {"row": "telegram:1:78"}], ids=lambda change: next(iter(change))
)
async def test_moved_to_another_place_it_does_not_open(database: Database, change: dict[str, str]) -> None:
    value = await sealed(database)
    with pytest.raises(Unreadable):
        await unsealed(database, value, HERE._replace(**change))


def test_no_two_places_read_the_same() -> None:
    places = (Place("a", "bc", "d"), Place("ab", "c", "d"), Place("a", "b", "cd"), Place("a:1", "b", "c"), Place("a", "1:b", "c"))
    assert len({vault.bound(place, "k") for place in places}) == len(places)


async def test_altered_by_a_letter_cut_off_or_never_sealed_it_does_not_open(database: Database) -> None:
    value = await sealed(database)
    altered = value[:-6] + ("A" if value[-6] != "A" else "B") + value[-5:]
    head = value[: value.rindex(".") + 1]
    for wrong in (altered, value[:-1], head + "AAAA", head, WORDS, '{"text": "hello"}'):
        with pytest.raises(Unreadable):
            await unsealed(database, wrong)


async def test_the_same_words_never_look_the_same(database: Database) -> None:
    assert await sealed(database) != await sealed(database)


async def test_a_blind_index_finds_equal_values_and_shows_none(database: Database) -> None:
    async def digest(name: str, value: str) -> str:
        return await database.write(lambda on: vault.blind(on, name, value, NOW))

    first = await digest("code", "91320500MA1XYZ1234")
    assert first == await digest("code", "91320500MA1XYZ1234")
    assert len({first, await digest("code", "91320500MA1XYZ1235"), await digest("phone", "91320500MA1XYZ1234")}) == 3
    assert re.fullmatch("[0-9a-f]{64}", first)


async def test_each_month_has_a_key_that_goes_when_its_words_are_gone(database: Database) -> None:
    value = await sealed(database)
    digest = await database.write(lambda on: vault.blind(on, "code", WORDS, NOW))
    assert await database.write(lambda on: keys.forget(on, datetime(2027, 1, 9, tzinfo=UTC))) == 0
    assert await unsealed(database, value) == WORDS
    assert await database.write(lambda on: keys.forget(on, datetime(2027, 1, 11, tzinfo=UTC))) == 1
    with pytest.raises(KeyGone):
        await unsealed(database, value)
    assert await database.write(lambda on: vault.blind(on, "code", WORDS, NOW)) == digest, "the index is of no month"


async def test_keys_are_made_ahead_and_once(database: Database) -> None:
    late = datetime(2026, 11, 26, tzinfo=UTC)
    await database.unlock(late)
    await database.unlock(late)
    async with database.read() as connection:
        names = (await connection.execute(select(_keys.c.name))).scalars().all()
    months = [f"{purpose}:2026-{month}" for purpose in ("offers", "questions", "words") for month in (11, 12)]
    assert sorted(names) == ["index", *months]


async def test_a_key_whose_row_was_taken_back_seals_nothing(database: Database) -> None:
    async def breaks_off(connection: object) -> None:
        await vault.seal(connection, HERE, WORDS, NOW)  # type: ignore[arg-type]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await database.write(breaks_off)
    assert await unsealed(database, await sealed(database)) == WORDS


async def test_another_master_key_is_refused_before_anything_is_written(database: Database) -> None:
    await sealed(database)
    other = Database(database.url.render_as_string(hide_password=False), Master.given(written(bytes(32))))
    await other.open()
    with pytest.raises(ConfigurationError, match="locked with another master key"):
        await other.unlock(NOW + timedelta(days=60))
    await other.close()
    async with database.read() as connection:
        assert len((await connection.execute(select(_keys))).all()) == 1


async def test_a_new_master_key_opens_what_the_earlier_one_locked(database: Database) -> None:
    value = await sealed(database)
    old = database.keys.master
    both = Master.given(f"{written(bytes(32))}, {written(old._keys[0])}")
    turned = Database(database.url.render_as_string(hide_password=False), both)
    await turned.open()
    assert await unsealed(turned, value) == WORDS
    assert await turned.write(keys.relock) == 1
    assert await turned.write(keys.relock) == 0
    assert await unsealed(turned, value) == WORDS
    await turned.close()
    alone = Database(database.url.render_as_string(hide_password=False), Master.given(written(bytes(32))))
    await alone.open()
    assert await unsealed(alone, value) == WORDS, "the earlier key is not needed any more"
    await alone.close()


@pytest.mark.sqlite_only
async def test_a_key_of_our_own_turns_while_another_process_works(database: Database, tmp_path: Path) -> None:
    """Two engines on one file stand for two processes."""
    path, url = tmp_path / "keys" / "master.key", database.url.render_as_string(hide_password=False)
    here, there = Database(url, Master.own(path)), Database(url, Master.own(path))
    for opened in (here, there):
        await opened.open()
        await opened.unlock(NOW)
    value = await sealed(there)
    former = here.keys.master.current
    here.keys.master.turn()
    assert await here.write(keys.relock) == 1 + len(keys.KEEP)
    assert Master.own(path).knows(former), "until all is locked anew"
    here.keys.master.forget_earlier()
    assert not Master.own(path).knows(former)
    later = await sealed(there, at=NOW + timedelta(days=60))
    assert [await unsealed(here, each) for each in (value, later)] == [WORDS, WORDS]
    fresh = Database(url, Master.own(path))
    await fresh.open()
    await fresh.unlock(NOW)
    assert [await unsealed(fresh, each) for each in (value, later)] == [WORDS, WORDS]
    for opened in (here, there, fresh):
        await opened.close()


async def test_the_words_written_before_there_were_keys_are_sealed_and_may_be_unsealed_again(empty: Database) -> None:
    from bot.storage import schema

    await schema.migrate(empty, "0002")
    rows = {
        "inbox": "(platform, account, event, chat, state, body, tries, due_at, received_at, error) values"
        " ('t', 'a', '1', 'c', 'new', '{\"text\": \"秘密\"}', 0, '2026-11-01', '2026-11-01', '')",
        "conversation": "values ('t', 'a', 'c', '', 'u', '', '{\"turns\": [{\"text\": \"秘密\", \"at\": \"2026-11-01T00:00:00+00:00\"}]}',"
        " '', '2026-11-01')",
        "gap": "values ('0a', 'unanswered', '秘密怎么办', '', '[]', 3, '2026-11-01', '2026-11-01')",
    }
    for table, values in rows.items():
        await empty.write(lambda on, statement=f"insert into {table} {values}": on.execute(text(statement)))  # type: ignore[misc]
    await schema.migrate(empty)
    async with empty.read() as connection:
        stored = [str(row) for table in rows for row in (await connection.execute(text(f"select * from {table}"))).all()]
        assert not any("秘密" in row for row in stored)
        body = (await connection.execute(text("select body from inbox"))).scalar_one()
        assert await vault.unseal(connection, Place("inbox", "body", "t:a:1"), body) == '{"text": "秘密"}'
    await schema.migrate(empty, "0002")
    async with empty.read() as connection:
        assert (await connection.execute(text("select body from inbox"))).scalar_one() == '{"text": "秘密"}'
        assert (await connection.execute(text("select question from gap"))).scalar_one() == "秘密怎么办"
    await schema.migrate(empty)


# ---- the master key's file ----


def test_the_file_is_made_when_it_is_needed_and_is_ours_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "master.key"
    made = Master.own(path)
    assert not path.exists(), "looking makes nothing"
    name, locked = made.lock(bytes(32), "a")
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert Master.own(path).unlock(name, locked, "a") == bytes(32)
    assert list(path.parent.iterdir()) == [path]


def test_two_processes_that_begin_at_once_share_the_first_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = Master.own(tmp_path / "master.key"), Master.own(tmp_path / "master.key")
    drafted, names = storage_master._draft, list[str]()

    def after_the_first(path: Path, made: tuple[bytes, ...]) -> Path:
        """The second one has seen that there is no file when the first one makes it."""
        monkeypatch.undo()
        names.append(first.current)
        return drafted(path, made)

    monkeypatch.setattr(storage_master, "_draft", after_the_first)
    assert [second.current, first.current] == names * 2


def test_a_file_others_may_read_is_noticed(tmp_path: Path) -> None:
    made = Master.own(tmp_path / "master.key")
    assert made.current
    assert not made.loose()
    (tmp_path / "master.key").chmod(0o644)
    assert made.loose()


@pytest.mark.parametrize("wrong", ["", "hunter2", "A" * 42, written(bytes(31))])
def test_a_key_that_is_none_is_refused_without_being_repeated(wrong: str) -> None:
    with pytest.raises(ValueError, match="make one with") as failure:
        parse(wrong)
    assert not wrong or wrong not in str(failure.value)


def test_no_key_shows_in_what_is_printed() -> None:
    key = keys.Key.of("1", b"0123456789abcdef0123456789abcdef")
    assert "0123456789" not in repr(key) + repr(master())
