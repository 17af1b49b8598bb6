"""Every application can go on from where it stands, and none goes on from its end."""

from __future__ import annotations

import pytest

from bot.storage.applications import CORRECTION, SUBMITTED
from handlers.forms.form import endings, forms
from handlers.forms.statuses import RECALLED, WITHDRAWN, moves, of_staff


@pytest.mark.parametrize("id", forms())
def test_each_status_is_reached_and_left_or_is_an_end(id: str) -> None:
    form, reached, open_ = forms()[id], {SUBMITTED}, [SUBMITTED]
    while open_:
        for following in moves(id).get(open_.pop(), ()):
            if following not in reached:
                reached.add(following)
                open_.append(following)
    assert reached == set(form.statuses)
    assert all(moves(id).get(status) for status in form.statuses if status not in endings())
    assert not any(status in moves(id) for status in endings())


@pytest.mark.parametrize("id", forms())
def test_nothing_leads_backwards_and_staff_withdraw_nothing(id: str) -> None:
    own = [status for status in forms()[id].statuses if status not in (SUBMITTED, CORRECTION)]
    for status in own:
        ahead = [each for each in of_staff(id, status) if each in own]
        assert status not in ahead
        assert WITHDRAWN not in ahead


@pytest.mark.parametrize("id", forms())
def test_nothing_is_taken_back_once_the_review_proper_has_begun(id: str) -> None:
    assert {status for status, following in moves(id).items() if WITHDRAWN in following} == RECALLED & set(forms()[id].statuses)
