"""A message as it is read: cut, in standard Chinese, and its sentences with how much each asks."""

from __future__ import annotations

import re

from knowledge.language import language
from knowledge.normal import normal

MOST_CHARACTERS = 500
"""A longer question is cut: nobody's story needs more, and matching must stay quick."""
_MENTION = re.compile(r"(?<![\w.])@[^\s@,,。:：?？!！]{1,24}[\s,,:：]?|https?://[^\s\u4e00-\u9fff]+|www\.[^\s\u4e00-\u9fff]+")
_ASIDE = re.compile(r"[(（]\s*(?:ps|p\.s\.?|另外|顺便)[^()（）]*[)）]", re.IGNORECASE)
_SENTENCE = re.compile(r"[^。!?;\n…]+[。!?;\n…]*")
ASKING = re.compile(
    r"\?|吗|呢|多少|什么|啥|哪|怎么|咋|如何|有没有|有无|是不是|能不能|可不可以|(?<![了好这那十])几[个家年天件名]|谁|么[。?!]?$|请问"
    r"|(?!时不时|动不动)([\u4e00-\u9fff]{1,2})不\1"
)
_BACKGROUND_WORTH = 0.4

Part = tuple[int, int, float]
"""A sentence of the question: where it starts and ends, and its worth."""


def cleaned(text: str) -> str:
    text = _ASIDE.sub("。", _MENTION.sub(" ", text[: 2 * MOST_CHARACTERS]))[:MOST_CHARACTERS]
    return _with_whole_years(_in_mandarin(normal(text.replace("\n", "。"))))[:MOST_CHARACTERS]


def _with_whole_years(text: str) -> str:
    """25年的目标 means 2025; 20年 and 15年 are as often how long something takes."""
    return _SHORT_YEAR.sub(r"20\1年", text)


_SHORT_YEAR = re.compile(r"(?<![\d.第]|[十百千满近])(1[6-9]|2[1-9]|35)年(?![期内来多左以了龄]|的?时间)")


def _in_mandarin(text: str) -> str:
    return language().dialect.sub(lambda found: language().mandarin[(found.lastindex or 1) - 1], text)


def parts_of(text: str) -> list[Part]:
    """The sentences of a question with their worth: in a story what is asked counts in full, the rest as background."""
    spans = [piece for found in _SENTENCE.finditer(text) for piece in _pieces(text, *found.span())]
    if len(spans) < 2:
        return [(start, end, 1.0) for start, end in spans]
    asking = [bool(ASKING.search(text[start:end])) for start, end in spans]
    if not any(asking):
        return [(start, end, 1.0) for start, end in spans]
    return [(start, end, 1.0 if asks else _BACKGROUND_WORTH) for (start, end), asks in zip(spans, asking, strict=True)]


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A long sentence at its commas, where what asks in it says enough by itself: people introduce themselves first."""
    pieces = [(start + found.start(), start + found.end()) for found in _CLAUSE.finditer(text[start:end])]
    asked = sum(to - at for at, to in pieces if ASKING.search(text[at:to]))
    return pieces if end - start >= _LONG and asked >= _SAYS_ENOUGH else [(start, end)]


_CLAUSE = re.compile(r"[^,]+,*")
_LONG = 32
_SAYS_ENOUGH = 10
