"""The programme files are sound; a slip of the hand in one of them is found with file and line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.words import LANGUAGES, message_ids
from handlers.forms.check import problems
from handlers.forms.form import FOLDER, forms
from knowledge.markup import Problem
from knowledge.regions import regions

WORDS = {language: frozenset(message_ids(language=language)) for language in LANGUAGES}
FORM = "rights-aid.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "forms", ignore=shutil.ignore_patterns("*.py", "__pycache__")))


Edit = Callable[[str, str], list[Problem]]


@pytest.fixture
def found(folder: Path) -> Edit:
    def change(old: str, new: str) -> list[Problem]:
        path = folder / FORM
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")
        return problems(regions(), WORDS, folder)

    return change


def line_of(words: str) -> int:
    lines = (FOLDER / FORM).read_text(encoding="utf-8").split("\n")
    return next(number for number, line in enumerate(lines, start=1) if words in line)


def test_the_programmes_are_sound() -> None:
    assert problems(regions(), WORDS) == []
    assert len(forms()) == 16


SLIPS = [
    ("notice: v1", "notice: v9", "notice: 'v9'"),
    ("regions: []", "regions: [atlantis]", "no region atlantis"),
    ("version: 1", "version: one", "version must be"),
    ("retention: aid", "retention: forever", "retention: 'forever'"),
    ("form: rights-aid", "form: aid", "the file's name"),
    ("version: 1", "version: 1\ncolour: red", "unknown key colour"),
    ("kind: long-text", "kind: novel", "no kind 'novel'"),
    ("kind: long-text", "kind: long-text, accept: [pdf]", "accept is unknown for long-text"),
    ("{key: by-agent, kind: yes-no, why: identify, grade: C}", "{key: by-agent, kind: yes-no, grade: C}", "why is missing"),
    ("{use: contact-email, optional: true}", "{use: contact-fax}", "no shared step or group contact-fax"),
    ("when: {by-agent: yes}", "when: {agent: yes}", "agent is not asked before"),
    ("{key: act-date, kind: date", "{key: act-date, kind: date, after: by-agent", "after: by-agent is no date asked before"),
    ("{key: act-date, kind: date", "{key: act-date, kind: date, after: began", "after: began is no date asked before"),
    ("when: {by-agent: yes}", "when: {by-agent: maybe}", "by-agent is never maybe"),
    ("when: {sensitive-consent: yes}", "when: {applicant-type: person}", "sensitive: it needs"),
    ("{key: body, kind: company", "{key: facts, kind: company", "facts is asked in"),
    ("{key: body, kind: company", "{key: bodies, kind: company", "has no words for rights-aid-bodies"),
    ("{key: place}", "{key: place, source: hearsay}", "source: 'hearsay'"),
    ("[registered, accepted, handling, answered, archived]", "[registered, accepted, handling, answered]", "no status ends"),
    ("[registered, accepted, handling, answered, archived]", "[registered, gone, archived]", "status: 'gone'"),
    ("accept: [pdf, jpg, png, docx]", "accept: [pdf, exe]", "accept: 'exe'"),
    ("options: [person, legal-person, other]", "options: [person, robot]", "has no words for rights-aid-applicant-type-robot"),
    ("statuses-grade: C", "statuses-grade: C\nstatuses-grade: B", "statuses-grade stands in"),
]


@pytest.mark.parametrize(("old", "new", "said"), SLIPS)
def test_a_slip_is_found_where_it_stands(found: Edit, old: str, new: str, said: str) -> None:
    told = [problem for problem in found(old, new) if said in problem.text]
    assert told
    assert {problem.file for problem in told} == {FORM}
    assert told[0].line in range(line_of(old), line_of(old) + 2)


def test_a_file_that_is_not_yaml_is_named_with_its_line(found: Edit) -> None:
    (problem,) = [each for each in found("steps:", "steps: [") if each.file == FORM]
    assert "not YAML" in problem.text


def test_missing_words_are_told_for_each_language(folder: Path) -> None:
    less = {**WORDS, "en": WORDS["en"] - {"rights-aid-facts"}}
    (problem,) = problems(regions(), less, folder)
    assert str(problem) == f"{FORM}:{line_of('key: facts')}: locales/en has no words for rights-aid-facts"


def test_a_group_that_never_ends_is_found(folder: Path) -> None:
    path = folder / "high-value-patents.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("most: 5\n    steps", "most: 0\n    steps"), encoding="utf-8")
    assert ["group partners never ends" in problem.text for problem in problems(regions(), WORDS, folder)] == [True]


def test_no_address_of_a_source_is_a_mirror() -> None:
    """Official pages and those that may be shown have a link; a link is an address."""
    links = [source.link for form in forms().values() for source in form.sources if source.link]
    assert links
    assert all(link.startswith("http") for link in links)
