"""Whether somebody may apply: what the conditions ask first, and what the answers come to. Nothing is guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bot.core.message import Text
from handlers.forms.answers import Accepted, Aids, Given, Outcome, Refused
from handlers.forms.form import Condition, Form, Value, holds
from handlers.forms.kinds import read
from handlers.forms.vocabulary import yes_or_no

FITS, FAILS, UNSURE = "fits", "fails", "unsure"
"""Answers to a condition that is a sentence. `UNSURE` may be said to any condition."""


class Finding(StrEnum):
    MET = "met"
    SHORT = "short"
    UNSURE = "unsure"
    UNVERIFIED = "unverified"
    """No public source settles it: the answer is noted and decides nothing."""


class Verdict(StrEnum):
    MAY = "may"
    MAY_NOT = "may-not"
    OPEN = "open"
    """Nothing speaks against it, but something could not be verified."""


@dataclass(frozen=True)
class Judged:
    """One condition and what became of it; `given` is the answer a gap is measured from."""

    condition: Condition
    finding: Finding
    given: Value


def sentences(form: Form) -> tuple[Condition, ...]:
    """Conditions that one tap can affirm all at once."""
    return tuple(condition for condition in form.conditions if condition.asks is None)


def live(form: Form, given: Mapping[str, Value]) -> tuple[Condition, ...]:
    """The conditions that concern this person, sentences first."""
    asked = tuple(condition for condition in form.conditions if condition.asks)
    return tuple(condition for condition in (*sentences(form), *asked) if holds(condition.when, given))


def open_(form: Form, given: Mapping[str, Value]) -> tuple[Condition, ...]:
    return tuple(condition for condition in live(form, given) if condition.key not in given)


def answer(condition: Condition, given: Given, aids: Aids) -> Outcome:
    """Reads a tap or words; a condition with a question is read as its kind reads."""
    if UNSURE in given.picks:
        return Accepted(UNSURE)
    if condition.asks:
        return read(given, condition.asks, aids)
    said = given.picks[0] if given.picks else given.text
    fits = {FITS: True, FAILS: False}.get(said, yes_or_no(said))
    return Refused(Text("refused-yes-no")) if fits is None else Accepted(FITS if fits else FAILS)


def judge(form: Form, given: Mapping[str, Value]) -> tuple[Judged, ...]:
    return tuple(
        Judged(condition, _finding(condition, given[condition.key]), given[condition.key])
        for condition in live(form, given)
        if condition.key in given
    )


def verdict(judged: tuple[Judged, ...]) -> Verdict:
    findings = {each.finding for each in judged}
    if Finding.SHORT in findings:
        return Verdict.MAY_NOT
    return Verdict.OPEN if findings & {Finding.UNSURE, Finding.UNVERIFIED} else Verdict.MAY


def _finding(condition: Condition, given: Value) -> Finding:
    if condition.draft:
        return Finding.UNVERIFIED
    if given == UNSURE:
        return Finding.UNSURE
    # Zero is a figure, not a no.
    if given == FAILS or given is False or (condition.asks and not _enough(condition, given)):
        return Finding.SHORT
    return Finding.MET


def _enough(condition: Condition, given: Value) -> bool:
    """Whether a figure keeps within the limits; an answer without limits is enough."""
    if condition.least is None and condition.most is None and condition.below is None:
        return True
    figure = Decimal(str(given))
    return (
        (condition.least is None or figure >= condition.least)
        and (condition.most is None or figure <= condition.most)
        and (condition.below is None or figure < condition.below)
    )
