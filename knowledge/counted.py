"""Whether a figure in a passage counts just what a question asks the number of, or something beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from knowledge.document import PassageKind
from knowledge.gates.evidence import pattern
from knowledge.glossary import glossary
from knowledge.language import language
from knowledge.passages import Match
from knowledge.question import Question, Word

HOW_MANY = re.compile(r"多少(?!天|年|钱|元|个月|个工作日)|(?<![十好这那近哪就])几(个(?!月|工作日)|家|件|名|人|项|处|所|位|户|次)|how many")
_A_NUMBER = re.compile(
    r"[\d□](?!\d{0,3}年)|翻[一两]番|全覆盖|[二三四五六七八九十两百千](?:[个家项件名类级条所]|位(?!一体))|一[个家项件名所]"
)
"""Not 一批, which says no number."""
_ITEM = re.compile(r"[,;。]")
_GOES_ON = re.compile(r"(形成|达到?|共|共计|规模|总数|累计|扩大到?|增加到?|拥有)[^\d□]{0,6}[\d□][\d.,□]*[余多万亿]*.?(规模|以上|左右)?")
"""A whole item that says no subject of its own has that of the item before."""
_A_TIME = re.compile("[一二三四五六七八九十两]+(年|个?月)")
_BETWEEN = 1
"""Characters between 多少 and what it counts: its unit."""
_ALIKE = 0.25
_SHORT = 3
_BRACKET = re.compile("[()]")
_OUR_FIELD = "知识产权"


def counts(question: Question, match: Match) -> bool:
    """A number stands in one item with what is counted, or in a passage that is all about it, or curators ask its number there.

    至少打造1个区域商标品牌,加强驰名商标保护 has a number, and counts neither 驰名商标 nor 商标.
    """
    word = counted(question)
    words = [word] if word and stands(word, match.entry.normal) else _telling(question.words)
    return _is_asked_there(words, match) or _numbered({spelt for word in words for spelt in _names(word, match.entry.normal)}, match)


def counted(question: Question) -> Word | None:
    """The words whose number is asked: those behind 多少家, or else the last before it that say more than what is done with many."""
    if question.english:
        return None
    for asked in HOW_MANY.finditer(question.text):
        runs = list(_runs(question.words))
        behind = [run for run in runs if 0 <= run[0].at - asked.end() <= _BETWEEN]
        before = [run for run in runs if run[-1].at < asked.start() and _idle(question.text[_end(run[-1]) : asked.start()])]
        if behind or before:
            return _joined((behind or before[-1:])[0])
    return None


def _telling(words: Sequence[Word]) -> Sequence[Word]:
    """Without 企业, 知识产权 and the like, beside which any number stands, where there are others."""
    return [word for word in words if not _beside(word) and word.core not in language().broad_words] or words


def stands(word: Word, text: str) -> bool:
    """A normal text speaks of it, by this or another of its names."""
    return any(_says(text, spelt) for spelt in _names(word, text))


def _runs(words: Iterable[Word]) -> Iterator[list[Word]]:
    """Words without anything between them, without those at either end that only say what is done with many."""
    run: list[Word] = []
    for word in words:
        if run and _end(run[-1]) != word.at:
            yield from _trimmed(run)
            run = []
        run.append(word)
    yield from _trimmed(run)


def _trimmed(run: list[Word]) -> Iterator[list[Word]]:
    while run and _beside(run[-1]):
        run = run[:-1]
    while run and _beside(run[0]):
        run = run[1:]
    if run:
        yield run


def _joined(run: list[Word]) -> Word:
    if len(run) == 1:
        return run[0]
    before = "".join(word.text for word in run[:-1])
    return Word(before + run[-1].text, run[0].at, (), before + run[-1].core)


def _end(word: Word) -> int:
    return word.at + len(word.text)


def _beside(word: Word) -> bool:
    return word.core in language().to_many or word.core in language().open_words or bool(_A_TIME.match(word.core))


def _idle(text: str) -> bool:
    """What stands between a word and 多少 asks or greets, and names nothing else."""
    return not language().idle.sub("", text)


def _is_asked_there(words: Iterable[Word], match: Match) -> bool:
    asked = match.alike_text
    if not HOW_MANY.search(asked):
        return False
    alike = match.likeness >= _ALIKE
    return any(_says(asked, spelt) for word in words for spelt in (word.text, word.core, *(word.instead if alike else ())))


def _numbered(said: Iterable[str], match: Match) -> bool:
    entry = match.entry
    if any(map(entry.heading.endswith, said)):
        return bool(_A_NUMBER.search(entry.normal))
    items = [entry.normal] if entry.passage.kind is PassageKind.ROW else _ITEM.split(entry.normal)
    return any(
        any(_says(item, spelt) for spelt in said) and (_A_NUMBER.search(item) or _GOES_ON.fullmatch(after))
        for item, after in zip(items, [*items[1:], ""], strict=True)
    )


def _names(word: Word, text: str) -> Iterator[str]:
    """The word as the text has it; or else what is the same: what stands near a term of our field is not what is counted."""
    yield word.core
    if word.core not in text:
        yield from glossary().same(word.core)
        if word.core not in glossary().names:
            yield from word.instead


def _says(text: str, spelt: str) -> bool:
    """Whole, or with a word in it: 高价值专利 in 高价值发明专利, but 商标 in 商标品牌 is a part of something else's name."""
    text = _BRACKET.sub("", text)
    if len(spelt) > _SHORT and spelt != _OUR_FIELD:
        return spelt in text or bool(_longer(spelt).search(text))
    at = text.find(spelt)
    while at >= 0:
        if not pattern("goes_on_as").match(text, at + len(spelt)):
            return True
        at = text.find(spelt, at + 1)
    return False


@lru_cache(maxsize=256)
def _longer(name: str) -> re.Pattern[str]:
    ways = (f"{re.escape(name[:at])}[\u4e00-\u9fff]{{2}}{re.escape(name[at:])}" for at in range(2, len(name) - 1))
    return re.compile("|".join(ways) or "(?!)")
