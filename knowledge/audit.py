"""All that `zhice knowledge check` asks of the knowledge: the proof, the vocabulary, the curated questions, the golden ones."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from knowledge import check, curated, golden
from knowledge.collisions import collisions
from knowledge.lookup import Knowledge
from knowledge.markup import Problem
from knowledge.reading import CORPUS, CorpusError, load_corpus


@dataclass(frozen=True)
class Audit:
    problems: tuple[Problem, ...]
    asked: bool
    """Whether the golden questions were asked; they are not while documents or curated questions cannot be read."""


def audit(folder: Path = CORPUS) -> Audit:
    found = [*check.problems(folder), *collisions(folder)]
    try:
        documents = load_corpus(folder)
    except CorpusError:  # Said by the proof already.
        return Audit(tuple(found), asked=False)
    unsound = curated.unsound(documents, folder)
    if unsound or not documents:
        return Audit((*found, *unsound), asked=False)
    return Audit((*found, *golden.broken(Knowledge.open(folder), folder)), asked=True)


def counted(folder: Path = CORPUS) -> str:
    """How much there is of everything, for the line that says all is well."""
    documents = load_corpus(folder)
    clauses = [clause for document in documents for clause in document.walk()]
    passages = sum(len(clause.passages) for clause in clauses)
    texts = f"{len(documents)} documents, {len(clauses)} clauses, {passages} passages"
    return f"{texts}, {curated.count(folder)} curated questions, {golden.count(folder)} golden questions"
