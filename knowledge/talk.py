"""What is no question: greetings, thanks and the like, however they are strung together."""

from __future__ import annotations

import re
from functools import cache

from knowledge.language import language

_FACE = re.compile(r"\[[^\[\]]{1,6}\]")
_IN_A_WORD = re.compile(r"\w")
_TALK_PARTICLES = "啊呀啦哦呢吧哟哈嘛了的"


@cache
def _talk() -> re.Pattern[str]:
    """One piece of talk: the longest wording first, so that 你好 is no 好."""
    said = frozenset[str]().union(*language().smalltalk.values())
    words = sorted(said, key=len, reverse=True)
    return re.compile(rf"{'|'.join(map(re.escape, words))}|[{_TALK_PARTICLES}]|[^\w]")


@cache
def _only_talk() -> re.Pattern[str]:
    return re.compile(f"(?:{_talk().pattern})+")


@cache
def _talk_characters() -> frozenset[str]:
    return frozenset(_TALK_PARTICLES).union(*(word for words in language().smalltalk.values() for word in words))


def talk_of(text: str) -> str:
    """Which kind of talk a text is that is nothing but greetings, thanks and the like, however they are strung together and decorated."""
    said = _FACE.sub("", text)
    # Nearly every question has a character that no talk has: the patterns, long as they are, need not even be made.
    if any(_IN_A_WORD.match(each) for each in set(said) - _talk_characters()):
        return ""
    if not (any(map(str.isalnum, said)) and _only_talk().fullmatch(said)):
        return ""
    pieces_said = set(_talk().findall(said))
    return next((kind for kind, words in language().smalltalk.items() if kind and not pieces_said.isdisjoint(words)), "begun")
