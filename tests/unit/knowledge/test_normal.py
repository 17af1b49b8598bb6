"""Spelling, sound and words: what makes two texts comparable."""

from pathlib import Path

import jieba
import pytest

from knowledge import pinyin
from knowledge.glossary import glossary
from knowledge.normal import normal, pieces
from knowledge.words import Words

WORDS = Path(pinyin.__file__).parent / "words.txt"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("蘇州的專利導航", "苏州的专利导航"),
        ("ＰＣＴ　２０２５年", "pct 2025年"),
        ("知识 产权", "知识产权"),
        ("IP policy", "ip policy"),
        ("知识\u200b产\u202e权\x00", "知识产权"),
        ("“十四五”规划", "十四五规划"),
        ("苏府办〔2022〕10号", "苏府办[2022]10号"),
        ("\ud800专利", "专利"),
        ("", ""),
    ],
)
def test_one_spelling_for_what_is_typed_and_what_is_written(typed: str, expected: str) -> None:
    assert normal(typed) == expected


def test_a_text_falls_into_runs_of_one_script() -> None:
    assert pieces("pct申请量10932件,tisc") == [(0, "pct"), (3, "申请量"), (6, "10932"), (11, "件"), (13, "tisc")]


def test_homophones_share_their_sounds() -> None:
    assert set(pinyin.pairs("网箭")) & set(pinyin.pairs("网剑"))
    assert set(pinyin.pairs("苏洲")) & set(pinyin.pairs("苏州"))
    assert not set(pinyin.pairs("专利")) & set(pinyin.pairs("商标"))


@pytest.mark.parametrize(("letters", "syllables"), [("zhuanli", ("zuan", "li")), ("tisc", ()), ("", ()), ("x" * 500, ())])
def test_letters_are_pinyin_only_as_a_whole(letters: str, syllables: tuple[str, ...]) -> None:
    assert pinyin.split(letters) == syllables


def test_terms_of_the_glossary_are_never_cut() -> None:
    words = Words(["姑苏知识产权人才计划"])
    assert words.cut("姑苏知识产权人才计划有几人")[0] == "姑苏知识产权人才计划"
    assert "公积金" in words.cut("公积金怎么提取")


def test_the_dictionary_has_the_beginning_of_each_of_its_words() -> None:
    lines = [line.split() for line in WORDS.read_text(encoding="utf-8").splitlines()]
    known = {word for word, _ in lines}
    assert len(known) == len(lines)
    assert not {word[:end] for word in known for end in range(1, len(word))} - known


def test_words_are_cut_as_jieba_cuts_them_with_the_same_dictionary() -> None:
    theirs = jieba.Tokenizer(dictionary=str(WORDS))
    theirs.FREQ, theirs.total = theirs.gen_pfdict(theirs.get_dict_file())
    theirs.initialized = True
    text = "苏州的企业怎么申请知识产权质押融资,公积金怎么提取"
    assert Words().cut(text) == list(theirs.cut(text, HMM=False))


def test_a_short_form_is_said_for_its_term() -> None:
    (_, saying), *_ = glossary().said("软著能质押吗")
    assert saying.said == "软著"
    assert "软件著作权" in dict(saying.instead)


def test_a_latin_term_is_not_found_inside_a_word() -> None:
    assert not list(glossary().said("absolute"))
    assert [saying.said for _, saying in glossary().said("abs产品")] == ["abs"]


def test_terms_are_explained_by_any_of_their_names() -> None:
    term = glossary().explain("费减")
    assert term is not None
    assert term.name == "专利费用减缴"
    assert term.meaning
    assert glossary().explain("公积金") is None
