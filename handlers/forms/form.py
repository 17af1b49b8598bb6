"""A programme as values: its steps, conditions, sources and statuses, read from one YAML file each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from knowledge.markup import parse_yaml

FOLDER = Path(__file__).parent
SHARED = "common/shared.yaml"

MORE = "more"
"""The key of the question for one more round."""

Plain = str | int | bool
When = Mapping[str, tuple[Plain, ...]]
"""Earlier steps and the answers of theirs that bring a step up: all of them must hold."""
Value = str | int | bool | list["Value"] | dict[str, "Value"]
"""An accepted answer, as JSON holds it."""

_OF_CONDITION = frozenset({"source", "draft", "least", "most", "below"})


@dataclass(frozen=True)
class Source:
    """Where a programme or a condition was read: named by publisher and date."""

    id: str
    publisher: str
    date: str
    official: bool
    link: str = ""


@dataclass(frozen=True)
class Step:
    """One question. `words` begins the ids of its messages. What stands below `when` belongs to some kinds only."""

    key: str
    kind: str
    words: str
    why: str = ""
    grade: str = ""
    optional: bool = False
    sensitive: bool = False
    example: bool = False
    shared: bool = False
    """Asked by several programmes: its answer belongs into a profile."""
    when: When = field(default_factory=dict)
    least: int | None = None
    most: int | None = None
    unit: str = ""
    """What a number counts."""
    default: str = ""
    """The unit of an amount written without one: `wan` or `yuan`."""
    after: str = ""
    """The earlier question whose day this one does not come before."""
    options: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    """Regions an answer must lie in; none: any place."""
    accept: tuple[str, ...] = ()
    """Endings of the files taken."""
    paper: bool = True
    """Files may be brought on paper instead."""
    columns: tuple[Step, ...] = ()

    def option_words(self, option: str) -> str:
        return f"{self.words}-{option}"


@dataclass(frozen=True)
class Group:
    """Steps asked in rounds. Between rounds the person is asked for one more; `more` is that question."""

    key: str
    least: int
    most: int
    steps: tuple[Step, ...]
    more: Step


@dataclass(frozen=True)
class Condition:
    """Something the programme demands. Without `asks` it is a sentence that fits or does not."""

    key: str
    words: str
    sources: tuple[Source, ...]
    """Its own one, or those of the programme where no single one is known for it."""
    draft: bool
    """Cannot be verified from public sources: it never decides."""
    asks: Step | None
    when: When
    least: int | None = None
    most: int | None = None
    below: int | None = None


@dataclass(frozen=True)
class Deadline:
    """A time the rules set for one status."""

    status: str
    unit: str
    at_least: int | None
    at_most: int | None
    source: Source


@dataclass(frozen=True)
class Form:
    """A programme people may apply for. `draft`: parts of it were not seen in the organiser's own form, and people are told."""

    id: str
    version: int
    grade: str
    draft: bool
    regions: tuple[str, ...]
    notice: str
    retention: str
    called: tuple[str, ...]
    """What people call it when they write."""
    sources: tuple[Source, ...]
    conditions: tuple[Condition, ...]
    parts: tuple[Step | Group, ...]
    statuses: tuple[str, ...]
    deadlines: tuple[Deadline, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every question of the programme, those of groups included."""
        return tuple(step for part in self.parts for step in (part.steps if isinstance(part, Group) else (part,)))


@dataclass(frozen=True)
class Shared:
    """What several programmes use."""

    steps: Mapping[str, Mapping[str, Any]]
    groups: Mapping[str, tuple[str, ...]]
    every: tuple[str, ...]
    ends: frozenset[str]


@cache
def forms(folder: Path = FOLDER) -> Mapping[str, Form]:
    """All programmes by id. The files are taken as sound: `handlers.forms.check` tells what is not."""
    shared = _shared(parse_yaml((folder / SHARED).read_text(encoding="utf-8")))
    found = (_form(parse_yaml(path.read_text(encoding="utf-8")), shared) for path in sorted(folder.glob("*.yaml")))
    return MappingProxyType({form.id: form for form in found})


@cache
def endings(folder: Path = FOLDER) -> frozenset[str]:
    """The statuses after which nothing follows."""
    return _shared(parse_yaml((folder / SHARED).read_text(encoding="utf-8"))).ends


@cache
def notice_in_force(folder: Path = FOLDER) -> str:
    """The newest version of the notice on personal data; `consent-<version>` says it."""
    return str(parse_yaml((folder / SHARED).read_text(encoding="utf-8"))["notices"][-1])


def _shared(entry: Mapping[str, Any]) -> Shared:
    return Shared(
        steps={step["key"]: step for step in entry["steps"]},
        groups={key: tuple(members) for key, members in entry["groups"].items()},
        every=tuple(entry["every"]),
        ends=frozenset(status["key"] for status in entry["statuses"] if status.get("ends")),
    )


def _form(entry: Mapping[str, Any], shared: Shared) -> Form:
    id, regions = entry["form"], tuple(entry["regions"])
    sources = {source["id"]: _source(source) for source in entry["sources"]}
    return Form(
        id=id,
        version=entry["version"],
        grade=entry["grade"],
        draft=entry.get("draft", False),
        regions=regions,
        notice=entry["notice"],
        retention=entry["retention"],
        called=tuple(entry["called"]),
        sources=tuple(sources.values()),
        conditions=tuple(_condition(each, id, sources) for each in entry["eligibility"]),
        parts=tuple(part for each in entry["steps"] for part in _parts(each, id, regions, shared)),
        statuses=("submitted", "correction", *entry["statuses"], *(key for key in shared.every if key not in ("submitted", "correction"))),
        deadlines=tuple(_deadline(each, sources) for each in entry.get("deadlines", ())),
    )


def _source(entry: Mapping[str, Any]) -> Source:
    return Source(entry["id"], entry["publisher"], str(entry["date"]), entry["official"], entry.get("link", ""))


def _condition(entry: Mapping[str, Any], form: str, sources: Mapping[str, Source]) -> Condition:
    words = f"{form}-if-{entry['key']}"
    asked = {key: value for key, value in entry.items() if key not in _OF_CONDITION}
    return Condition(
        key=entry["key"],
        words=words,
        sources=(sources[entry["source"]],) if "source" in entry else tuple(sources.values()),
        draft=entry.get("draft", False),
        asks=_step(asked, f"{form}-{entry['key']}", (), shared=False) if "kind" in entry else None,
        when=_when(entry.get("when", {})),
        least=entry.get("least"),
        most=entry.get("most"),
        below=entry.get("below"),
    )


def _deadline(entry: Mapping[str, Any], sources: Mapping[str, Source]) -> Deadline:
    return Deadline(entry["status"], entry["unit"], entry.get("at-least"), entry.get("at-most"), sources[entry["source"]])


def _parts(entry: Mapping[str, Any], form: str, regions: tuple[str, ...], shared: Shared) -> Iterator[Step | Group]:
    if "group" in entry:
        steps = tuple(step for each in entry["steps"] for step in _steps(each, form, regions, shared))
        more = Step(key=MORE, kind="yes-no", words=f"{form}-{entry['group']}-more", why=steps[0].why, grade=steps[0].grade)
        yield Group(entry["group"], entry["least"], entry["most"], steps, more)
    else:
        yield from _steps(entry, form, regions, shared)


def _steps(entry: Mapping[str, Any], form: str, regions: tuple[str, ...], shared: Shared) -> Iterator[Step]:
    """A step of its own, a shared one with what differs here, or a group of shared ones."""
    if "use" not in entry:
        yield _step(entry, f"{form}-{entry['key']}", regions, shared=False)
        return
    for key in shared.groups.get(entry["use"], (entry["use"],)):
        differing = {name: value for name, value in entry.items() if name != "use"}
        yield _step({**shared.steps[key], **differing}, f"field-{key}", regions, shared=True)


def _step(entry: Mapping[str, Any], words: str, regions: tuple[str, ...], *, shared: bool) -> Step:
    within = entry.get("within", regions if entry["kind"] == "region" else ())
    return Step(
        key=entry["key"],
        kind=entry["kind"],
        words=words,
        why=entry.get("why", ""),
        grade=entry.get("grade", ""),
        optional=entry.get("optional", False),
        sensitive=entry.get("sensitive", False),
        example=entry.get("example", False),
        shared=shared,
        when=_when(entry.get("when", {})),
        least=entry.get("least"),
        most=entry.get("most"),
        unit=entry.get("unit", ""),
        default=entry.get("default", ""),
        after=entry.get("after", ""),
        options=tuple(entry.get("options", ())),
        within=tuple(within),
        accept=tuple(entry.get("accept", ())),
        paper=entry.get("paper", True),
        columns=tuple(_step(column, f"{words}-{column['key']}", (), shared=False) for column in entry.get("columns", ())),
    )


def _when(entry: Mapping[str, Any]) -> When:
    return {key: tuple(value) if isinstance(value, list) else (value,) for key, value in entry.items()}


def holds(when: When, answers: Mapping[str, Value | None]) -> bool:
    """Whether a condition on earlier answers is met; a step that was not asked or was skipped meets none."""
    return all(_any_of(answers.get(key), wanted) for key, wanted in when.items())


def _any_of(answer: Value | None, wanted: tuple[Plain, ...]) -> bool:
    given = answer if isinstance(answer, list) else [answer]
    # True == 1 in Python: a number must not pass for a yes.
    return any(type(one) is type(other) and one == other for one in given for other in wanted)
