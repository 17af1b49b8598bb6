"""The index: what a passage is found by, however often it was looked at."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.filled import Place
from knowledge.grams import asked_grams, grams, haystack, needle
from knowledge.index import Entry, Index, split
from knowledge.lookup import Knowledge
from knowledge.normal import normal, stem
from knowledge.reading import load_corpus

PIECES = st.text(alphabet="知识产权专利2025.pct年、。 ips-", max_size=12)


@given(PIECES, PIECES)
@example("0-0", "-")
def test_a_needle_stands_in_a_haystack_when_its_gram_is_one_of_the_text(text: str, gram: str) -> None:
    for wanted in (gram, gram[:2], *grams(gram)):
        assert (needle(wanted) in haystack(text)) == (wanted in grams(text))


@given(PIECES, PIECES)
def test_the_words_of_curated_questions_are_found_without_their_endings(text: str, gram: str) -> None:
    for wanted in asked_grams(gram):
        assert (needle(wanted) in haystack(text, stem)) == (wanted in asked_grams(text))


@pytest.mark.parametrize(("gram", "text"), [("", "专利pct2025"), ("20", "2025年"), ("利、", "专利、商标"), ("pct专", "pct专利")])
def test_what_is_no_gram_is_found_nowhere(gram: str, text: str) -> None:
    assert needle(gram) not in haystack(text)


@pytest.fixture(scope="module")
def index() -> Index:
    documents = load_corpus()
    return Index(
        [
            Place(document, clause, passage, ("企业怎么贯标", "how do firms get pct grants"))
            for document in documents[:1]
            for clause in document.walk()
            for passage in clause.passages
        ]
    )


def test_later_looks_at_a_passage_find_what_the_first_one_did(index: Index) -> None:
    for number in range(len(index)):
        entry: Entry = index.entry(number)
        wanted = {*map(needle, grams(entry.normal)), needle("无此"), needle("0")}
        looks = [{one for one in wanted if one in entry.pieces} for _ in range(4)]
        assert looks == [looks[0]] * 4
        assert len(looks[0]) >= len(wanted) - 2


def test_curated_questions_are_known_by_the_grams_they_hold(index: Index) -> None:
    entry = index.entry(0)
    assert entry.asked_by("贯标") == (0,)
    assert entry.asked_by("grant") == (1,)
    assert entry.asked_by("pct") == (1,)
    assert {"firm", "grant", "贯标", "企"} <= entry.asked_grams
    assert entry.asked(1).normal == "how do firms get pct grants"


def test_the_sentences_of_a_passage_are_all_of_it() -> None:
    for document in load_corpus():
        for clause in document.walk():
            for passage in clause.passages:
                assert normal("".join(split(passage))).replace(" ", "") == normal(passage.text).replace(" ", "")


def test_the_same_question_is_answered_alike_time_and_again() -> None:
    knowledge = Knowledge.open()
    question = "苏州高价值专利培育中心打算再新增多少家"
    results = [knowledge.lookup(question) for _ in range(4)]
    assert results == [results[0]] * 4


def test_passages_prepared_beforehand_answer_like_those_that_are_not() -> None:
    prepared, plain = Knowledge.open(), Knowledge.open()
    paused: list[None] = []
    prepared.prepare(lambda: paused.append(None))
    assert len(paused) == sum(len(clause.passages) for document in prepared.documents for clause in document.walk())
    for question in (
        "苏州高价值专利培育中心打算再新增多少家",
        "合肥预审周期几天",
        "how do firms in Wujiang insure patents",
        "州苏 专利质押",
    ):
        assert prepared.lookup(question) == plain.lookup(question)


def test_a_large_corpus_is_not_prepared(monkeypatch: pytest.MonkeyPatch, index: Index) -> None:
    monkeypatch.setattr("knowledge.index._BEFOREHAND", len(index) - 1)
    assert not list(index.prepare())
