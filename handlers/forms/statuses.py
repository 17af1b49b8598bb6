"""Where an application may go from where it stands: onward through its programme's own list, back for correction, or to an end."""

from __future__ import annotations

from functools import cache

from bot.storage.applications import CORRECTION, SUBMITTED, Moves, Summary
from handlers.forms.form import Form, endings, forms

RECALLED = frozenset((SUBMITTED, CORRECTION, "accepted"))
"""From here the applicant may take it back."""
REJECTED, WITHDRAWN, TERMINATED = "rejected", "withdrawn", "terminated"


@cache
def moves(id: str) -> Moves:
    """From each status to those that may follow, in the order of the programme."""
    form = forms()[id]
    return {status: _following(form, status) for status in form.statuses if status not in endings()}


def _following(form: Form, status: str) -> tuple[str, ...]:
    if status == CORRECTION:
        return (WITHDRAWN, TERMINATED)
    general = (SUBMITTED, CORRECTION, REJECTED, WITHDRAWN, TERMINATED)
    own = [each for each in form.statuses if each not in general]
    ahead = own if status == SUBMITTED else own[own.index(status) + 1 :]
    back = (WITHDRAWN,) if status in RECALLED else ()
    return (*ahead, CORRECTION, REJECTED if status == SUBMITTED else TERMINATED, *back)


def is_over(known: Summary) -> bool:
    """Nothing follows any more: decided, taken back, or of a programme that is gone."""
    return known.programme not in forms() or known.status in endings()


def of_staff(id: str, status: str) -> tuple[str, ...]:
    """What staff may decide; to withdraw is the applicant's."""
    return tuple(each for each in moves(id).get(status, ()) if each != WITHDRAWN)
