"""A button whose clause or document has left the corpus."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from bot.core.errors import UserError
from bot.words import Words
from handlers.card import hit_at
from handlers.services import Services
from knowledge.lookup import Knowledge


@pytest.mark.parametrize("address", ["suzhou-145-plan#no-such-place", "no-such-document#1.1\n句子", "", "#", "."])
def test_a_clause_that_is_gone_is_told_kindly(knowledge: Knowledge, words: Words, address: str) -> None:
    with pytest.raises(UserError) as told:
        hit_at(address, Services(knowledge, words, ZoneInfo("Asia/Shanghai")))
    assert told.value.text.id == "press-expired"


def test_a_document_that_is_gone_is_told_kindly(knowledge: Knowledge, words: Words) -> None:
    with pytest.raises(UserError):
        Services(knowledge, words, ZoneInfo("Asia/Shanghai")).document("no-such-document")
