"""The questions and the noise of the lookup benchmark."""

from collections import Counter
from functools import cache

import pytest

from benchmarks.everyday import SETS
from benchmarks.noise import NOISES, lookalikes, noisy
from benchmarks.questions import PARTS, Asked, load
from knowledge.reading import CORPUS, load_corpus

TEXTS = ("苏州知识产权质押融资目标是多少亿元", "合肥 专利开放许可 2025年", "吴江的专利保险保费可以补贴吗?")


@cache
def questions() -> tuple[Asked, ...]:
    return load()


@cache
def everyday() -> tuple[Asked, ...]:
    return tuple(asked for file in SETS for asked in load(file))


def test_every_quote_stands_in_the_document_it_names() -> None:
    clauses = {
        document.id: [[passage.text for passage in clause.passages] for clause in document.walk()] for document in load_corpus(CORPUS)
    }
    for asked in (*questions(), *everyday()):
        for gold in (one for side in asked.sides for one in side):
            held = [texts for texts in clauses[gold.document] if any(gold.quote in text for text in texts)]
            assert held, (asked.id, gold.quote)
            assert any(gold.beside in text for texts in held for text in texts), (asked.id, gold.beside)


def test_ids_and_questions_are_unique() -> None:
    assert len({asked.id for asked in questions()}) == len(questions())
    assert max(Counter((asked.text, asked.turns) for asked in questions()).values()) == 1
    assert max(Counter(asked.id for asked in everyday()).values()) == 1
    assert max(Counter((asked.text, asked.turns) for asked in everyday()).values()) == 1


def test_both_parts_hold_every_kind_and_every_document_about_equally() -> None:
    assert {asked.part for asked in questions()} == set(PARTS)
    for kind in {asked.kind for asked in questions()}:
        dev, held = (sum(asked.part == part and asked.kind == kind for asked in questions()) for part in PARTS)
        assert min(dev, held) > 0, kind
        assert abs(dev - held) <= 1, kind
    for part in PARTS:
        asked_of = {gold.document for asked in questions() if asked.part == part for side in asked.sides for gold in side}
        assert len(asked_of) == len(load_corpus(CORPUS))


def test_there_are_enough_of_them_and_enough_that_have_no_answer() -> None:
    assert len(questions()) >= 220
    assert sum(asked.expect == "dont_know" for asked in questions()) >= 50
    assert all(bool(asked.sides) == (asked.expect == "answer") for asked in questions())


def test_half_of_the_everyday_questions_is_kept_unseen() -> None:
    for file in SETS:
        parts = Counter(asked.part for asked in load(file))
        assert set(parts) == set(PARTS)
        assert abs(parts["dev"] - parts["held"]) <= len(load(file)) / 20


def test_the_lookalikes_are_pairs_of_different_characters() -> None:
    pairs = {frozenset((one, other)) for one, others in lookalikes().items() for other in others}
    assert all(len(pair) == 2 for pair in pairs)
    assert len(pairs) >= 150


@pytest.mark.parametrize("kind", NOISES)
@pytest.mark.parametrize("text", TEXTS)
def test_noise_changes_the_text_and_is_the_same_for_the_same_seed(kind: str, text: str) -> None:
    changed = noisy(text, kind, 1)
    assert changed is not None
    assert changed != text
    assert changed == noisy(text, kind, 1)


@pytest.mark.parametrize("kind", sorted(set(NOISES) - {"traditional"}))
def test_another_seed_gives_another_slip(kind: str) -> None:
    assert len({noisy(TEXTS[0], kind, seed) for seed in range(8)}) > 1


@pytest.mark.parametrize("kind", NOISES)
@pytest.mark.parametrize("text", ["", "?", "5"])
def test_noise_takes_texts_without_room_for_it(kind: str, text: str) -> None:
    assert noisy(text, kind, 1) != text
