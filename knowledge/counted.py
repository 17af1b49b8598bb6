"""Whether a figure in a passage counts just what a question asks the number of, or something beside it."""

from __future__ import annotations

import re

from knowledge.document import PassageKind
from knowledge.passages import Match
from knowledge.question import Question

HOW_MANY = re.compile(r"多少(?!天|年|钱|元|个月|个工作日)|(?<![十好这那近])几(个(?!月|工作日)|家|件|名|人|项|处|所|位|户|次)|how many")
_A_NUMBER = re.compile(
    r"[\d□](?!\d{0,3}年)|翻[一两]番|全覆盖|[二三四五六七八九十两百千](?:[个家项件名类级条所]|位(?!一体))|一[个家项件名所]"
)
"""Not 一批, which says no number."""
_ITEM = re.compile(r"[,;。]")
_GOES_ON = re.compile(r"(形成|达到?|共|共计|规模|总数|累计|扩大到?|增加到?|拥有)[^\d□]{0,4}[\d□][\d.,□]*[余多万亿]*.?(规模|以上|左右)?")
"""A whole item that says no subject of its own has that of the item before."""


def counts(question: Question, match: Match) -> bool:
    """A number stands in one item with what is counted, or in a passage that is all about it, or curators ask its number there.

    至少打造1个区域商标品牌,加强驰名商标保护 has a number, and counts no 驰名商标.
    """
    entry = match.entry
    said = {said for word in question.words for said in (word.text, word.core, *word.instead)}
    if HOW_MANY.search(match.alike_text) and any(word in match.alike_text for word in said):
        return True
    if any(map(entry.heading.endswith, said)):
        return bool(_A_NUMBER.search(entry.normal))
    items = [entry.normal] if entry.passage.kind is PassageKind.ROW else _ITEM.split(entry.normal)
    return any(
        any(word in item for word in said) and (_A_NUMBER.search(item) or _GOES_ON.fullmatch(after))
        for item, after in zip(items, [*items[1:], ""], strict=True)
    )
