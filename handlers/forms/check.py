"""Finds what is wrong with programme files, each with file and line, before anybody meets it in a dialog."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml

from handlers.forms.form import FOLDER, SHARED
from handlers.forms.kinds import KINDS
from knowledge.lined import Lined, read, repeated_keys, unreadable
from knowledge.markup import Problem

Words = Mapping[str, Collection[str]]
"""The ids of all messages there are, by language."""

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_FORM = {"form", "called", "version", "grade", "regions", "notice", "retention", "sources", "eligibility", "steps", "statuses"}
_FORM_MAY = _FORM | {"draft", "statuses-grade", "deadlines"}
_SOURCE = {"id", "publisher", "date", "official"}
_STEP = {"key", "kind", "why", "grade"}
_STEP_MAY = _STEP | {"optional", "sensitive", "example", "when"}
_USE_MAY = {"use", "grade", "optional", "when", "within", "most", "paper"}
_GROUP = {"group", "least", "most", "steps"}
_CONDITION = {"key"}
_CONDITION_MAY = _CONDITION | {"source", "draft", "when", "kind", "options", "unit", "default", "least", "most", "below"}
_DEADLINE_MAY = {"status", "unit", "at-least", "at-most", "source"}
_GRADES = {"A", "B", "C"}
_ENDINGS = {"pdf", "docx", "xlsx", "jpg", "png"}
_SPANS = {"working-days", "days"}
_TRUTH = {"true", "yes", "false", "no"}


@dataclass(frozen=True)
class _Common:
    """What the shared file offers."""

    steps: Mapping[str, Lined] = field(default_factory=dict)
    groups: Mapping[str, list[str]] = field(default_factory=dict)
    purposes: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    retention: frozenset[str] = frozenset()
    notices: frozenset[str] = frozenset()
    statuses: Mapping[str, bool] = field(default_factory=dict)
    """Whether each of them ends."""


@dataclass(frozen=True)
class _Sight:
    """What a programme may refer to where its check stands."""

    form: str
    common: _Common
    regions: Collection[str]
    words: Words
    asked: Mapping[str, Lined] = field(default_factory=dict)
    """The steps before, by key: conditions may name only these."""


def problems(regions: Collection[str], words: Words, folder: Path = FOLDER) -> list[Problem]:
    """All that is wrong, file by file in the order of lines."""
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        return [Problem(str(folder), 1, "no programmes here")]
    common, found = _common(folder / SHARED, _Sight("", _Common(), regions, words))
    for path in paths:
        found += _file(path, _Sight(path.stem, common, regions, words))
    return sorted(dict.fromkeys(found), key=lambda problem: (problem.file, problem.line))


def _file(path: Path, sight: _Sight) -> list[Problem]:
    try:
        sheet = read(path)
    except yaml.YAMLError as error:
        return [unreadable(path, error)]
    return [*repeated_keys(sheet), *_programme(sheet, sight)]


def _common(path: Path, sight: _Sight) -> tuple[_Common, list[Problem]]:
    try:
        sheet = read(path)
    except (yaml.YAMLError, OSError) as error:
        problem = unreadable(path, error) if isinstance(error, yaml.YAMLError) else Problem(path.name, 1, "cannot be read")
        return _Common(), [problem]
    common = _Common(
        steps={step.get("key").text: step for step in sheet.get("steps").items},
        groups={key.text: _texts(members) for key, members in sheet.get("groups").pairs},
        purposes=frozenset(_texts(sheet.get("purposes"))),
        units=frozenset(_texts(sheet.get("units"))),
        retention=frozenset(_texts(sheet.get("retention"))),
        notices=frozenset(_texts(sheet.get("notices"))),
        statuses={each.get("key").text: _true(each.get("ends")) for each in sheet.get("statuses").items},
    )
    return common, [*repeated_keys(sheet), *_shared(sheet, common, replace(sight, common=common))]


def _shared(sheet: Lined, common: _Common, sight: _Sight) -> Iterator[Problem]:
    for step in sheet.get("steps").items:
        yield from _step(step, "field", sight)
    for _, members in sheet.get("groups").pairs:
        yield from (member.problem(f"there is no shared step {member.text}") for member in members.items if member.text not in common.steps)
    for prefix in ("purposes", "units", "notices"):
        before = {"purposes": "why", "units": "unit", "notices": "consent"}[prefix]
        for each in sheet.get(prefix).items:
            yield from _worded(each, f"{before}-{each.text}", sight)
    for status in sheet.get("statuses").items:
        yield from _worded(status, f"status-{status.get('key').text}", sight)


# ---- a programme ----


def _programme(sheet: Lined, sight: _Sight) -> Iterator[Problem]:
    yield from _keys(sheet, _FORM, _FORM_MAY)
    if sheet.get("form").text != sight.form:
        yield sheet.get("form").problem(f"form must be the file's name, {sight.form}")
    if not (sheet.get("version").text.isdigit() and int(sheet.get("version").text) > 0):
        yield sheet.get("version").problem("version must be a number from 1")
    if not sheet.get("called").items:
        yield sheet.get("called").problem("called: what do people call it when they write?")
    yield from _one_of(sheet.get("grade"), _GRADES, "grade")
    yield from _one_of(sheet.get("notice"), sight.common.notices, "notice")
    yield from _one_of(sheet.get("retention"), sight.common.retention, "retention")
    yield from _regions(sheet.get("regions"), sight)
    yield from _worded(sheet, f"{sight.form}-name", sight)
    yield from _worded(sheet, f"{sight.form}-about", sight)
    if _true(sheet.get("draft")):
        yield from _worded(sheet.get("draft"), f"{sight.form}-draft", sight)
    yield from _sources(sheet.get("sources"))
    yield from _conditions(sheet, sight)
    yield from _steps(sheet.get("steps"), sight)
    yield from _statuses(sheet, sight)


def _sources(piece: Lined) -> Iterator[Problem]:
    if not piece.items:
        yield piece.problem("sources: a programme names where it was read")
    for source in piece.items:
        yield from _keys(source, _SOURCE, _SOURCE | {"link"})
    yield from _repeated(piece, "id")


def _conditions(sheet: Lined, sight: _Sight) -> Iterator[Problem]:
    sources = {source.get("id").text for source in sheet.get("sources").items}
    asked: dict[str, Lined] = {}
    for condition in sheet.get("eligibility").items:
        key = condition.get("key").text
        yield from _keys(condition, _CONDITION, _CONDITION_MAY)
        yield from _one_of(condition.get("source"), sources, "source")
        yield from _worded(condition, f"{sight.form}-if-{key}", sight)
        yield from _when(condition.get("when"), asked)
        kind = KINDS.get(condition.get("kind").text)
        if kind and kind.in_pieces:
            yield condition.get("kind").problem(f"a condition cannot be {condition.get('kind').text}: it is answered at once")
        if condition.get("kind").text:
            yield from _kind(condition, f"{sight.form}-{key}", sight, _CONDITION_MAY)
            yield from _worded(condition, f"{sight.form}-{key}", sight)
        asked[key] = condition
    yield from _repeated(sheet.get("eligibility"), "key")


def _statuses(sheet: Lined, sight: _Sight) -> Iterator[Problem]:
    statuses = sheet.get("statuses")
    for status in statuses.items:
        yield from _one_of(status, sight.common.statuses, "status")
    if not any(sight.common.statuses.get(status.text) for status in statuses.items):
        yield statuses.problem("no status ends: an application would stand open for ever")
    sources = {source.get("id").text for source in sheet.get("sources").items}
    yield from _repeated(sheet.get("deadlines"), "status")
    for deadline in sheet.get("deadlines").items:
        yield from _keys(deadline, {"status", "unit", "source"}, _DEADLINE_MAY)
        yield from _one_of(deadline.get("status"), {status.text for status in statuses.items}, "status")
        yield from _one_of(deadline.get("unit"), _SPANS, "unit")
        spans = [deadline.get(name).text for name in ("at-least", "at-most") if deadline.get(name).text]
        if len(spans) != 1 or not spans[0].isdigit():
            yield deadline.problem("a deadline has one number of days: at-least or at-most")
        yield from _one_of(deadline.get("source"), sources, "source")


# ---- its steps ----


def _steps(piece: Lined, sight: _Sight) -> Iterator[Problem]:
    if not piece.items:
        yield piece.problem("steps: a programme asks something")
    keys: dict[str, Lined] = {}
    for part in piece.items:
        if name := part.get("group").text:
            yield from _group(part, name, replace(sight, asked=keys))
            continue
        yield from _entry(part, replace(sight, asked=keys))
        yield from _newly(part, keys, sight)


def _newly(entry: Lined, keys: dict[str, Lined], sight: _Sight) -> Iterator[Problem]:
    """Notes what an entry asks; two steps of one key would overwrite each other's answers."""
    for key in _keys_of(entry, sight.common):
        if key in keys:
            yield entry.problem(f"{key} is asked in {keys[key].where} already")
        keys[key] = sight.common.steps.get(key, entry) if entry.get("use").text else entry


def _group(part: Lined, name: str, sight: _Sight) -> Iterator[Problem]:
    """A group's keys are its own: each round has its own answers."""
    yield from _keys(part, _GROUP, _GROUP)
    least, most = part.get("least").text, part.get("most").text
    if not (least.isdigit() and most.isdigit() and int(least) <= int(most) and int(most) > 0):
        yield part.problem(f"group {name} never ends: it needs numbers with least <= most")
    yield from _worded(part, f"{sight.form}-{name}", sight)
    yield from _worded(part, f"{sight.form}-{name}-more", sight)
    keys: dict[str, Lined] = {}
    for step in part.get("steps").items:
        yield from _entry(step, replace(sight, asked={**sight.asked, **keys}))
        yield from _newly(step, keys, sight)


def _keys_of(entry: Lined, common: _Common) -> list[str]:
    use = entry.get("use").text
    return common.groups.get(use, [use]) if use else [entry.get("key").text]


def _entry(entry: Lined, sight: _Sight) -> Iterator[Problem]:
    use = entry.get("use").text
    if not use:
        yield from _step(entry, sight.form, sight)
        yield from _under_consent(entry, entry, sight)
        return
    if use not in sight.common.groups and use not in sight.common.steps:
        yield entry.problem(f"there is no shared step or group {use}")
        return
    yield from _keys(entry, {"use"}, _USE_MAY)
    yield from _when(entry.get("when"), sight.asked)
    yield from _regions(entry.get("within"), sight)
    for key in _keys_of(entry, sight.common):
        if shared := sight.common.steps.get(key):
            yield from _under_consent(shared, entry, sight)


def _under_consent(step: Lined, entry: Lined, sight: _Sight) -> Iterator[Problem]:
    """What is sensitive is asked only of those who agreed to give it."""
    if _true(step.get("sensitive")) and _texts(entry.get("when").get("sensitive-consent"))[:1] not in (["yes"], ["true"]):
        yield entry.problem("sensitive: it needs `when: {sensitive-consent: yes}`")


def _step(step: Lined, before: str, sight: _Sight) -> Iterator[Problem]:
    words = f"{before}-{step.get('key').text}"
    if not _ID.fullmatch(step.get("key").text):
        yield step.problem(f"a key is written like-this, not {step.get('key').text!r}")
    yield from _kind(step, words, sight, _STEP_MAY)
    yield from _one_of(step.get("why"), sight.common.purposes, "why")
    yield from _one_of(step.get("grade"), _GRADES, "grade")
    yield from _missing(step, _STEP)
    yield from _when(step.get("when"), sight.asked)
    yield from _worded(step, words, sight)
    if _true(step.get("example")):
        yield from _worded(step, f"{words}-example", sight)


def _kind(step: Lined, words: str, sight: _Sight, besides: Collection[str]) -> Iterator[Problem]:
    """The kind, and the settings that belong to it."""
    name = step.get("kind").text
    kind = KINDS.get(name)
    if kind is None:
        yield step.get("kind").problem(f"there is no kind {name!r}; there are {', '.join(sorted(KINDS))}")
        return
    for key, _ in step.pairs:
        if key.text not in kind.takes and key.text not in besides:
            yield key.problem(f"{key.text} is unknown for {name}")
    yield from _missing(step, kind.needs)
    for option in step.get("options").items:
        yield from _worded(option, f"{words}-{option.text}", sight)
    for ending in step.get("accept").items:
        yield from _one_of(ending, _ENDINGS, "accept")
    if step.get("unit").text:
        yield from _one_of(step.get("unit"), sight.common.units, "unit")
    earlier = sight.asked.get(step.get("after").text)
    if step.get("after").text and (earlier is None or earlier.get("kind").text != name):
        yield step.get("after").problem(f"after: {step.get('after').text} is no {name} asked before")
    yield from _regions(step.get("within"), sight)
    for column in step.get("columns").items:
        yield from _column(column, words, sight)


def _column(column: Lined, words: str, sight: _Sight) -> Iterator[Problem]:
    yield from _kind(column, f"{words}-{column.get('key').text}", sight, {"key", "kind"})
    yield from _worded(column, f"{words}-{column.get('key').text}", sight)
    kind = KINDS.get(column.get("kind").text)
    if kind and (kind.in_pieces or not kind.typed):
        yield column.problem(f"{column.get('kind').text} cannot be typed into a cell")


def _when(piece: Lined, asked: Mapping[str, Lined]) -> Iterator[Problem]:
    for key, wanted in piece.pairs:
        step = asked.get(key.text)
        if step is None:
            yield key.problem(f"when: {key.text} is not asked before")
            continue
        possible = set(_texts(step.get("options"))) or _TRUTH
        for value in _texts(wanted):
            if value not in possible:
                yield key.problem(f"when: {key.text} is never {value}")


# ---- what all pieces share ----


def _texts(piece: Lined) -> list[str]:
    """The texts of a list, or the one text."""
    return [item.text for item in piece.items] if piece.items else [piece.text] if piece.text else []


def _true(piece: Lined) -> bool:
    return piece.text in ("true", "yes")


def _keys(piece: Lined, needed: Collection[str], known: Collection[str]) -> Iterator[Problem]:
    for key, _ in piece.pairs:
        if key.text not in known:
            yield key.problem(f"unknown key {key.text}")
    yield from _missing(piece, needed)


def _missing(piece: Lined, needed: Collection[str]) -> Iterator[Problem]:
    there = {key.text for key, _ in piece.pairs}
    for key in sorted(set(needed) - there):
        yield piece.problem(f"{key} is missing")


def _one_of(piece: Lined, known: Collection[str], what: str) -> Iterator[Problem]:
    if piece.node is not None and piece.text not in known:
        yield piece.problem(f"{what}: {piece.text!r} is none of {', '.join(sorted(known))}")


def _repeated(piece: Lined, key: str) -> Iterator[Problem]:
    first: dict[str, Lined] = {}
    for item in piece.items:
        name = item.get(key).text
        if name in first:
            yield item.problem(f"{key} {name} stands in {first[name].where} already")
        first.setdefault(name, item)


def _regions(piece: Lined, sight: _Sight) -> Iterator[Problem]:
    for id in piece.items:
        if id.text not in sight.regions:
            yield id.problem(f"there is no region {id.text}")


def _worded(piece: Lined, id: str, sight: _Sight) -> Iterator[Problem]:
    for language, ids in sight.words.items():
        if id not in ids:
            yield piece.problem(f"locales/{language} has no words for {id}")
