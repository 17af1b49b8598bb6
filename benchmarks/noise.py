"""What goes wrong when people type: seeded, and from tables that the engine does not use.

Homophones come from pypinyin with the 3,755 commonest characters of GB 2312, look-alikes from `data/lookalikes.yaml`, words from
jieba with its own dictionary.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from random import Random

import jieba
import opencc
import yaml
from pypinyin import Style, lazy_pinyin

_FILE = Path(__file__).parent / "data" / "lookalikes.yaml"
_WIDE = 0xFEE0
_IDEOGRAPHIC_SPACE = "\u3000"
_BEFORE = ("你好,请问一下,", "在吗?", "不好意思打扰了,", "老师您好,我是企业这边的,", "@小助手 ", "麻烦帮我看看哈,", "领导让我问一下,")
_AFTER = (",谢谢啦", ",急,在线等", ",辛苦了!", "😅", ",我刚接手这块不太懂", "……多谢多谢", ",方便的话今天回我哈")

Noise = Callable[[str, Random], str]


def noisy(text: str, kind: str, seed: int) -> str | None:
    """The text with one slip of this kind, or None where it has no room for one. The same seed gives the same slip."""
    changed = NOISES[kind](text, Random(f"{seed}/{kind}/{text}"))
    return None if changed == text else changed


@cache
def lookalikes() -> Mapping[str, tuple[str, ...]]:
    groups: list[str] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))["groups"]
    found: defaultdict[str, list[str]] = defaultdict(list)
    for group in groups:
        for character in group:
            found[character] += [other for other in group if other != character]
    return {character: tuple(others) for character, others in found.items()}


@cache
def _homophones() -> Mapping[str, tuple[str, ...]]:
    """The common characters of each syllable, tones aside."""
    common = [bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)]
    found: defaultdict[str, list[str]] = defaultdict(list)
    for character in filter(None, common):
        found[lazy_pinyin(character)[0]].append(character)
    return {syllable: tuple(characters) for syllable, characters in found.items()}


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def _han(text: str) -> list[int]:
    return [at for at, character in enumerate(text) if _is_han(character)]


def _replaced(text: str, at: int, length: int, other: str) -> str:
    return text[:at] + other + text[at + length :]


def _homophone(text: str, random: Random) -> str:
    places = _han(text)
    random.shuffle(places)
    for at in places:
        others = [other for other in _homophones().get(lazy_pinyin(text[at])[0], ()) if other != text[at]]
        if others:
            return _replaced(text, at, 1, random.choice(others))
    return text


def _lookalike(text: str, random: Random) -> str:
    places = [at for at in _han(text) if text[at] in lookalikes()]
    if not places:
        return text
    at = random.choice(places)
    return _replaced(text, at, 1, random.choice(lookalikes()[text[at]]))


def _dropped(text: str, random: Random) -> str:
    places = _han(text)
    return _replaced(text, random.choice(places), 1, "") if len(places) > 1 else text


def _swapped(text: str, random: Random) -> str:
    places = [at for at in _han(text) if at + 1 < len(text) and _is_han(text[at + 1]) and text[at] != text[at + 1]]
    if not places:
        return text
    at = random.choice(places)
    return _replaced(text, at, 2, text[at + 1] + text[at])


def _doubled(text: str, random: Random) -> str:
    places = _han(text)
    if not places:
        return text
    at = random.choice(places)
    return _replaced(text, at, 1, text[at] * 2)


@cache
def _cutter() -> jieba.Tokenizer:
    jieba.setLogLevel(logging.ERROR)
    return jieba.Tokenizer()


def _words(text: str) -> list[tuple[int, str]]:
    found = [(start, word) for word, start, _ in _cutter().tokenize(text)]
    return [(start, word) for start, word in found if len(word) > 1 and all(map(_is_han, word))]


def _in_pinyin(text: str, random: Random) -> str:
    return _latin(text, random, Style.NORMAL)


def _in_initials(text: str, random: Random) -> str:
    return _latin(text, random, Style.FIRST_LETTER)


def _latin(text: str, random: Random, style: Style) -> str:
    words = _words(text)
    if not words:
        return text
    at, word = random.choice(words)
    return _replaced(text, at, len(word), "".join(lazy_pinyin(word, style=style)))


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


def _traditional(text: str, random: Random) -> str:
    return str(_converter().convert(text))


def _full_width(text: str, random: Random) -> str:
    """Letters, digits and marks in full width, and a wide space in the middle, as some keyboards give it."""
    words = [start for start, _ in _words(text)[1:]]
    if words:
        text = _replaced(text, random.choice(words), 0, " ")
    return "".join(_IDEOGRAPHIC_SPACE if one == " " else chr(ord(one) + _WIDE) if "!" <= one <= "~" else one for one in text)


def _chatter(text: str, random: Random) -> str:
    return random.choice(_BEFORE) + text + random.choice(_AFTER)


NOISES: Mapping[str, Noise] = {
    "homophone": _homophone,
    "look-alike": _lookalike,
    "dropped": _dropped,
    "swapped": _swapped,
    "doubled": _doubled,
    "pinyin": _in_pinyin,
    "initials": _in_initials,
    "traditional": _traditional,
    "full width": _full_width,
    "chatter": _chatter,
}
