"""Where people stand is written when it changed, found again, and moves with the group."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.core.message import Block, ChatKind, Choice, Incoming, Kind, Outgoing, Span, Text, Where
from bot.core.standing import OnOffer, Standing, Turn
from bot.outbox import drawing, ledger
from bot.storage import conversations, keys, retention, vault
from bot.storage.database import Database
from bot.storage.tables import Chat, Conversation, Outbox, Person
from tests import standing as stands

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
OLD = Where("fake", "bot", "-5")
NEW = Where("fake", "bot", "-1005")
chat_table, person_table, outbox_table, talk_table = Chat.__table__, Person.__table__, Outbox.__table__, Conversation.__table__


def heard(where: Where = OLD, user: str = "7") -> Incoming:
    return Incoming("1", Kind.TEXT, where, ChatKind.GROUP, user, NOW, text="?")


async def standing(database: Database, incoming: Incoming) -> Standing:
    async with database.read() as connection:
        return await stands.standing(connection, incoming)


async def change(database: Database, incoming: Incoming, now: datetime = NOW, **values: Any) -> None:
    before = await standing(database, incoming)
    after = copy.deepcopy(before)
    for name, value in values.items():
        setattr(after, name, value)
    await database.write(lambda connection: stands.save(connection, incoming, after, before, now))


async def move(database: Database, old: Where = OLD, new: str = NEW.chat) -> None:
    await database.write(lambda connection: conversations.move_chat(connection, old, new, NOW))


async def test_nobody_is_known_before_they_wrote(database: Database) -> None:
    assert await standing(database, heard()) == Standing()


async def test_what_is_saved_is_found_again(database: Database) -> None:
    turns = [Turn("苏州资助", NOW)]
    await change(database, heard(), language="en", region="suzhou", welcomed=True, step="ask", turns=turns, tongue="en", offer="tok")
    found = await standing(database, heard())
    assert (found.language, found.region, found.welcomed, found.step) == ("en", "suzhou", True, "ask")
    assert (found.turns, found.tongue, found.offer, found.known_person, found.known_chat) == (turns, "en", "tok", True, True)


async def test_another_person_another_thread_and_another_chat_stand_elsewhere(database: Database) -> None:
    await change(database, heard(), step="ask", region="suzhou", language="en")
    assert (await standing(database, heard(user="8"))).step == ""
    assert (await standing(database, heard(replace(OLD, thread="2")))).step == ""
    elsewhere = await standing(database, heard(replace(OLD, chat="-6")))
    assert (elsewhere.step, elsewhere.region, elsewhere.language) == ("", "", "en")


async def test_a_known_person_may_change_their_language(database: Database) -> None:
    await change(database, heard(), language="en")
    await change(database, heard(), now=NOW + timedelta(days=1), language="zh-TW")
    assert (await standing(database, heard())).language == "zh-TW"
    async with database.read() as connection:
        assert (await connection.execute(select(person_table.c.first_seen))).scalar_one() == NOW


async def test_saving_writes_only_what_changed(database: Database) -> None:
    await change(database, heard(), language="en", region="suzhou", step="ask")
    before = await standing(database, heard())
    for table in (person_table, chat_table, talk_table):
        await database.write(lambda connection, table=table: connection.execute(table.delete()))  # type: ignore[misc]
    # Gone behind its back: only what is written again is there afterwards.
    await save(database, before, before)
    assert await written(database) == []
    await save(database, replace(before, step=""), before)
    assert await written(database) == ["conversation"]


async def test_whoever_writes_first_is_known_though_nothing_was_chosen_yet(database: Database) -> None:
    """They could be sent nothing else: neither a notice nor a reminder."""
    await save(database, Standing(), Standing())
    assert await written(database) == ["person", "chat"]
    assert (await standing(database, heard())).known_chat


async def test_of_a_chat_where_nobody_in_particular_speaks_no_person_is_kept(database: Database) -> None:
    await change(database, heard(user=""))
    assert await written(database) == ["chat"]


async def test_a_new_offer_alone_is_kept(database: Database) -> None:
    await change(database, heard(), step="ask", offer="first")
    await change(database, heard(), offer="second")
    assert (await standing(database, heard())).offer == "second"


async def save(database: Database, new: Standing, old: Standing) -> None:
    await database.write(lambda connection: stands.save(connection, heard(), new, old, NOW))


async def written(database: Database) -> list[str]:
    async with database.read() as connection:
        return [table.name for table in (person_table, chat_table, talk_table) if (await connection.execute(select(table))).first()]


# ---- offers ----


async def test_an_offer_is_found_by_its_token_as_it_was_put(database: Database) -> None:
    choices = (
        Choice("clause", "suzhou-2025/3", Text("card-context", {"on": "x"})),
        Choice("open", url="https://example.org", label="原文"),
    )
    offer = OnOffer("tok", replace(OLD, thread="9"), "7", choices, NOW + timedelta(days=30))
    await database.write(lambda connection: conversations.put_offer(connection, offer, NOW))
    async with database.read() as connection:
        assert await stands.on_offer(connection, "tok") == offer
        assert await stands.on_offer(connection, "other") is None


async def test_the_buttons_of_a_reminder_found_late_work_though_the_words_of_its_month_are_gone(database: Database) -> None:
    offer = OnOffer("tok", OLD, "7", (Choice("help"),), NOW + drawing.KEEP)
    await database.write(lambda connection: conversations.put_offer(connection, offer, NOW))
    late = offer.expires_at - timedelta(minutes=1)
    assert await database.write(lambda connection: keys.forget(connection, late)) == 0
    await database.write(lambda connection: vault.seal(connection, conversations.place_of_offer("other"), "x", NOW))
    assert await database.write(lambda connection: keys.forget(connection, late)) == 1
    async with database.read() as connection:
        assert await stands.on_offer(connection, "tok") == offer


# ---- a group moves ----


async def fill(database: Database) -> None:
    await change(database, heard(), region="suzhou", welcomed=True, step="ask", turns=[Turn("资助", NOW)], offer="tok")
    offer = OnOffer("tok", OLD, "7", (Choice("help"),), NOW + timedelta(days=30))
    await database.write(lambda connection: conversations.put_offer(connection, offer, NOW))
    for number, chat in enumerate((OLD, OLD, replace(OLD, chat="-6"))):
        message = Outgoing(f"key {number}", chat, (Block((Span("x"),)),))
        await database.write(lambda connection, message=message: ledger.put(connection, message, group=True, lane="reply", now=NOW))  # type: ignore[misc]


async def places(database: Database) -> list[str]:
    async with database.read() as connection:
        return list((await connection.execute(select(outbox_table.c.chat).order_by(outbox_table.c.id))).scalars())


async def test_all_of_a_group_follows_it(database: Database) -> None:
    await fill(database)
    await move(database)
    found = await standing(database, heard(NEW))
    assert (found.region, found.welcomed, found.step, found.offer) == ("suzhou", True, "ask", "tok")
    assert found.turns == [Turn("资助", NOW)]
    assert not (await standing(database, heard(OLD))).known_chat
    assert await places(database) == [NEW.chat, NEW.chat, "-6"]
    async with database.read() as connection:
        offer = await stands.on_offer(connection, "tok")
    assert offer is not None
    assert offer.where == NEW


async def test_moving_twice_changes_nothing(database: Database) -> None:
    await fill(database)
    await move(database)
    once = await standing(database, heard(NEW))
    await move(database)
    assert await standing(database, heard(NEW)) == once


async def test_settings_survive_a_late_word_from_the_old_group_and_a_second_move(database: Database) -> None:
    await fill(database)
    await move(database)
    await change(database, heard(NEW), step="later")
    await change(database, heard(OLD), welcomed=False, step="late")
    await move(database)
    found = await standing(database, heard(NEW))
    assert (found.region, found.welcomed, found.active) == ("suzhou", True, True)
    assert found.step == "later", "what was said in the new group is newer"


async def test_settings_survive_when_the_new_group_spoke_first(database: Database) -> None:
    await fill(database)
    await change(database, heard(NEW, user="8"), step="first")
    await move(database)
    there = await standing(database, heard(NEW, user="8"))
    assert (there.region, there.welcomed) == ("suzhou", True)
    assert (await standing(database, heard(NEW, user="8"))).step == "first"
    assert (await standing(database, heard(NEW))).step == "ask"


async def test_a_group_that_moved_can_be_written_to_and_what_may_have_arrived_goes_there_again(database: Database) -> None:
    await fill(database)
    await database.write(lambda connection: conversations.deactivate(connection, OLD))
    await database.write(lambda connection: connection.execute(outbox_table.update().values(state="ambiguous")))
    await move(database)
    assert (await standing(database, heard(NEW))).active
    assert await places(database) == [NEW.chat, NEW.chat, "-6"]


async def test_when_a_group_ends_what_was_said_and_offered_there_goes(database: Database) -> None:
    await fill(database)
    await database.write(lambda connection: conversations.clear(connection, OLD))
    found = await standing(database, heard())
    assert (found.step, found.turns, found.region) == ("", [], "suzhou")
    async with database.read() as connection:
        assert await stands.on_offer(connection, "tok") is None


async def test_whoever_is_gone_stays_known(database: Database) -> None:
    await change(database, heard(), region="suzhou")
    await database.write(lambda connection: conversations.deactivate(connection, OLD))
    found = await standing(database, heard())
    assert (found.active, found.region) == (False, "suzhou")


# ---- retention ----


async def test_offers_go_when_they_expire_and_conversations_after_a_month(database: Database) -> None:
    await fill(database)
    late = NOW + timedelta(days=30)
    assert await retention.let_go(database, conversations.passing(late)) == 0
    assert await retention.let_go(database, conversations.passing(late + timedelta(seconds=1))) == 2
    found = await standing(database, heard())
    assert (found.step, found.turns, found.region) == ("", [], "suzhou"), "settings stay"
