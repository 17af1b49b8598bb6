"""Words that would mean two things: one spelling claimed by two terms, places, themes or documents. Both are named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from knowledge.lined import Lined, read, repeated_keys, unreadable
from knowledge.markup import Problem
from knowledge.normal import normal
from knowledge.reading import CORPUS, sheets

VOCABULARY = Path(__file__).parent
"""Where glossary.yaml, regions.yaml and themes.yaml lie."""


@dataclass(frozen=True)
class Claim:
    """A spelling, who says it is theirs, and where."""

    spelling: str
    owner: str
    file: str
    line: int

    @property
    def where(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Meaning:
    """What an English phrase is said to be, and where. `names` are all the wordings of it."""

    phrase: Lined
    names: frozenset[str]
    unsure: bool = False
    """The term says that it is ambiguous."""


def collisions(folder: Path = CORPUS, vocabulary: Path = VOCABULARY) -> list[Problem]:
    """All spellings that two claim, in the vocabulary and among the documents of a folder."""
    checks = {"glossary.yaml": _in_glossary, "regions.yaml": _in_regions, "themes.yaml": _in_themes}
    found: list[Problem] = []
    for name, check in checks.items():
        path = vocabulary / name
        try:
            content = read(path)
        except yaml.YAMLError as error:
            found.append(unreadable(path, error))
            continue
        found += [*repeated_keys(content), *check(content)]
    return [*found, *_claimed_twice(_short_names(folder))]


def _claimed_twice(claims: Iterable[Claim]) -> Iterator[Problem]:
    first: dict[str, Claim] = {}
    for claim in claims:
        known = first.setdefault(normal(claim.spelling), claim)
        if known.owner != claim.owner:
            yield Problem(claim.file, claim.line, f"{claim.spelling} is of {claim.owner}, and of {known.owner} in {known.where}")


def _claim(spelling: Lined, owner: str) -> Claim:
    return Claim(spelling.text, owner, spelling.file, spelling.line)


# Documents


def _short_names(folder: Path) -> Iterator[Claim]:
    """Titles, too: a short name may not be another document's title."""
    for sheet in sheets(folder):
        names = sheet.front.get("short_names")
        yield Claim(str(sheet.front.get("title")), sheet.file, sheet.file, sheet.line_of("title"))
        for name in names if isinstance(names, list) else ():
            yield Claim(str(name), sheet.file, sheet.file, sheet.line_of("short_names"))


# Themes


def _in_themes(content: Lined) -> Iterator[Problem]:
    yield from _claimed_twice(
        _claim(spelling, id.text)
        for id, theme in content.pairs
        for spelling in (*(name for _, name in theme.get("names").pairs), *theme.get("aliases").items)
    )


# Places


def _in_regions(content: Lined) -> Iterator[Problem]:
    """`shared` lists the spellings that two places really have; there the first of the file is meant."""
    shared = {normal(spelling.text): spelling for spelling in content.get("shared").items}
    claims = [*_of_places(content.get("places")), *_elsewhere(content.get("elsewhere"))]
    yield from _claimed_twice(claim for claim in claims if normal(claim.spelling) not in shared)
    owners: dict[str, set[str]] = {}
    for claim in claims:
        owners.setdefault(normal(claim.spelling), set()).add(claim.owner)
    for spelling, entry in shared.items():
        if len(owners.get(spelling, ())) < 2:
            yield entry.problem(f"{entry.text} is listed as shared, and no two places have it")


def _of_places(places: Lined) -> Iterator[Claim]:
    for id, place in places.pairs:
        names = (name for _, name in place.get("names").pairs)
        for spelling in (*names, *place.get("aliases").items, *place.get("programmes").items):
            yield _claim(spelling, id.text)


def _elsewhere(lists: Lined) -> Iterator[Claim]:
    """`浙江 Zhejiang: [杭州 Hangzhou, …]`; a key that is an id adds to a place above."""
    for key, members in lists.pairs:
        province, _, english = key.text.partition(" ")
        if english:
            yield from _both_names(key, province)
        for member in members.items:
            yield from _both_names(member, f"{province}/{member.text.partition(' ')[0]}")


def _both_names(entry: Lined, owner: str) -> Iterator[Claim]:
    chinese, _, english = entry.text.partition(" ")
    for spelling in filter(None, (chinese, english)):
        yield Claim(spelling, owner, entry.file, entry.line)


# Terms


def _in_glossary(content: Lined) -> Iterator[Problem]:
    terms = content.get("terms").items
    yield from _claimed_twice(_claim(name, term.get("term").text) for term in terms for name in _names(term))
    yield from _meant_twice([*_of_terms(terms), *_of_phrases(content.get("english"))])


def _names(term: Lined) -> tuple[Lined, ...]:
    return (term.get("term"), *term.get("same").items)


def _of_terms(terms: Iterable[Lined]) -> Iterator[Meaning]:
    for term in terms:
        names = frozenset(normal(name.text) for name in _names(term))
        for phrase in term.get("en").items:
            yield Meaning(phrase, names, unsure=bool(term.get("ambiguous").text))


def _of_phrases(phrases: Lined) -> Iterator[Meaning]:
    for phrase, words in phrases.pairs:
        yield Meaning(phrase, frozenset(normal(word.text) for word in words.items))


def _meant_twice(meanings: Iterable[Meaning]) -> Iterator[Problem]:
    """Two meanings without a word in common; what is in common is one meaning said twice."""
    first: dict[str, Meaning] = {}
    for meaning in meanings:
        known = first.setdefault(meaning.phrase.text.lower(), meaning)
        if known.names.isdisjoint(meaning.names) and not (known.unsure or meaning.unsure):
            yield meaning.phrase.problem(
                f"{meaning.phrase.text} means {_named(meaning)}, and {_named(known)} in {known.phrase.where}; say ambiguous when it is both"
            )


def _named(meaning: Meaning) -> str:
    return "/".join(sorted(meaning.names))
