"""Latin letters in a question: words of the corpus, then places, then English terms, then pinyin, then initials."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise, product

from knowledge import pinyin
from knowledge.document import Document
from knowledge.glossary import Glossary
from knowledge.language import language
from knowledge.marks import CHATTER_WORTH, PLACE_WORTH, Marks
from knowledge.normal import is_han, normal, pieces, stem
from knowledge.places import Place
from knowledge.question import Atom
from knowledge.regions import Region, ancestors, descendants

_ENGLISH = re.compile(r"[a-z]+(?:[-/][a-z]+)*|\d[\d,]*")
_LATIN = re.compile(r"[a-z]+(?:[-'][a-z]+)*|[a-z]+")
_LONGEST_CHATTER = 5
_PARTICLES = "我你的了吗呢吧啊呀嘛是有在请问"
"""Single characters that, typed in pinyin, are hardly anything else at the end of a question or beside chatter."""


class Latin:
    """What is written in Latin letters, in English or by sound."""

    def __init__(self, glossary: Glossary, known: Container[str], aliases: Mapping[str, Region], documents: Sequence[Document]) -> None:
        """`known` are the pairs and Latin words of the corpus."""
        self._glossary, self._known = glossary, known
        self._sounding = dict(_sounding(aliases, documents))
        self.field_sounds = frozenset(sound for name in glossary.field for _, run in pieces(name) for sound in pinyin.pairs(run))

    def read(self, text: str, places: list[Place], marks: Marks) -> tuple[list[Region], list[Atom]]:
        taken = [(start, end) for start, end, _ in places]
        runs = [(found.start(), found.group()) for found in _LATIN.finditer(text) if not _inside(found.start(), taken)]
        if not runs:
            return [], []
        return self._typed_by_sound(runs, marks)

    def is_english(self, text: str, places: list[Place]) -> bool:
        """More of it is English, by words and phrases, than could be pinyin; places are called the same in both."""
        taken = [(start, end) for start, end, _ in places]
        runs = [found.group() for found in _LATIN.finditer(text) if not _inside(found.start(), taken)]
        if len(runs) == 1 and runs[0] in self._known:
            return False  # PCT呢: an abbreviation that clauses use themselves
        score = sounds = at = 0
        while at < len(runs):
            length, found = self._translated(runs[at : at + 6])
            if runs[at] in language().english_chatter and len(runs[at]) > 1:
                score += 2
            elif found or runs[at] in self._glossary.english:
                score += length
            elif runs[at] not in self._known and pinyin.split(runs[at]):
                sounds += 1
            at += length if found else 1
        return score > sounds

    def stems(self, text: str, places: list[Place]) -> Iterator[str]:
        taken = [(start, end) for start, end, _ in places]
        for found in _LATIN.finditer(text):
            if found.group() not in language().english_chatter and not _inside(found.start(), taken):
                yield from map(stem, re.split("[-']", found.group()))

    def translation(self, text: str, places: list[Place], of_a_document: bool) -> tuple[list[str], list[str]]:
        """The Chinese words for an English text, and the English words that have none."""
        taken = [(start, end) for start, end, _ in places]
        found_words = [(found.group(), _inside(found.start(), taken)) for found in _ENGLISH.finditer(text)]
        words = [word for word, _ in found_words]
        chinese: list[str] = []
        unknown: list[str] = []
        at = 0
        while at < len(words):
            length, found = self._translated(words[at : at + 6])
            if found_words[at][1] and length == 1:
                at += 1
                continue
            named = of_a_document and " ".join(words[at : at + length]) in language().document_words
            if found and not named:
                chinese += found
            elif words[at] in self._known or words[at][0].isdigit():
                chinese.append(words[at])
            elif not named and words[at] not in language().english_chatter:
                unknown.append(words[at])
            at += length
        return chinese, unknown

    def _as_chinese(self, name: str, among: int) -> Iterator[Atom]:
        name = normal(name)
        for _, run in pieces(name):
            keys = [run[i : i + 2] for i in range(len(run) - 1)] if is_han(run[0]) and len(run) > 1 else [run]
            for key in keys:
                yield Atom(key, (), 1.0 / among**0.5)

    def _translated(self, words: list[str]) -> tuple[int, tuple[str, ...]]:
        for length in range(len(words), 0, -1):
            phrase = " ".join(words[:length])
            for spelt in (phrase, stem(phrase), " ".join(map(stem, words[:length]))):
                if spelt in self._glossary.english:
                    return length, self._glossary.english[spelt]
        parts = words[0].split("-")
        if len(parts) > 1:
            found = [name for part in parts for name in self._translated([part])[1]]
            return 1, tuple(found)
        return 1, ()

    def _typed_by_sound(self, runs: list[tuple[int, str]], marks: Marks) -> tuple[list[Region], list[Atom]]:
        named: list[Region] = []
        atoms: list[Atom] = []
        syllables: list[str] = []
        for at, run in runs:
            if run in language().english_chatter:
                continue
            if marks.sayings[at] or (run in self._known and (len(run) > 2 or not pinyin.split(run))):
                atoms.append(Atom(run, (), marks.worth[at], tuple(marks.sayings[at]), 0, at, (True,) * len(run)))
            elif found := pinyin.split(run):
                syllables += found
            elif names := self._glossary.initials.get(run):
                atoms += [atom for name in names[:2] for atom in self._as_chinese(name, min(2, len(names)))]
            else:
                atoms.append(Atom(run, (), 0.6))
        taken = set()
        for at in range(len(syllables) - 1):
            if region := self._sounding.get(syllables[at] + syllables[at + 1]):
                named.append(region)
                taken |= {at, at + 1}
        idle = self._chatter_by_sound(syllables, taken)
        for at in range(len(syllables) - 1):
            spot = {at, at + 1}
            worth = CHATTER_WORTH if spot & idle else PLACE_WORTH if spot & taken else 1.0
            atoms.append(_sounded(syllables[at] + syllables[at + 1], worth))
        return named, atoms

    def _chatter_by_sound(self, syllables: list[str], places: set[int]) -> set[int]:
        """Where syllables ask, greet or thank: whole wordings, and then single ones beside them, beside a place or at either end."""
        phrases = _chatter_sounds()
        idle: set[int] = set()
        at = 0
        while at < len(syllables):
            longest = min(_LONGEST_CHATTER, len(syllables) - at)
            length = next((n for n in range(longest, 1, -1) if tuple(syllables[at : at + n]) in phrases), 0)
            term = length and syllables[at] + syllables[at + 1] in self.field_sounds
            if length and not term and not places & set(range(at, at + length)):
                idle |= set(range(at, at + length))
            at += max(1, length)
        for order in (range(len(syllables)), range(len(syllables) - 1, -1, -1)):
            edge = True
            for at in order:
                alone = (syllables[at],) in phrases and not self._of_our_field(syllables, at)
                if at in idle or at in places or (edge and alone):
                    idle |= set() if at in places else {at}
                    edge = True
                else:
                    edge = False
        return idle

    def _of_our_field(self, syllables: list[str], at: int) -> bool:
        """Whether a syllable sounds like part of a term with a neighbour of its."""
        return any(a + b in self.field_sounds for a, b in pairwise(syllables[max(0, at - 1) : at + 2]))


@cache
def _chatter_sounds() -> frozenset[tuple[str, ...]]:
    """How chatter sounds, syllable by syllable, in all readings."""
    words = [word for word in language().chatter if 1 < len(word) <= _LONGEST_CHATTER and all(map(is_han, word))]
    words += _PARTICLES
    return frozenset(sound for word in words for sound in product(*map(pinyin.readings, word)))


@cache
def _anchor_sounds() -> frozenset[str]:
    """How the words of our field sound."""
    words = [word for word in language().anchors.pattern.split("|") if len(word) > 1 and all(map(is_han, word))]
    return frozenset("".join(sound) for word in words for sound in product(*map(pinyin.readings, word)))


def sounds_anchored(atoms: Iterable[Atom]) -> bool:
    """A word of our field of two syllables typed in pinyin."""
    return any(sound in _anchor_sounds() for atom in atoms if not atom.key and atom.subject for sound in atom.sounds)


def _sounded(sound: str, worth: float) -> Atom:
    return Atom("", (sound,), worth, own=(worth == 1.0,), subject=worth == 1.0)


def _sounding(aliases: Mapping[str, Region], documents: Sequence[Document]) -> Iterator[tuple[str, Region]]:
    """How the names of our places and of what lies in and around them sound; two-character names only."""
    ours = {id for document in documents if document.region for id in (document.region, *_around(document.region))}
    for alias, region in aliases.items():
        if region.id in ours and len(alias) == 2 and all(map(is_han, alias)):
            for sound in pinyin.pairs(alias):
                yield sound, region


def _around(id: str) -> Iterator[str]:
    yield from (region.id for region in ancestors(id))
    yield from (region.id for region in descendants(id))


def _inside(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)
