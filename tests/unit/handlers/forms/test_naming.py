"""Programmes are found by what people call them, in English, too."""

from __future__ import annotations

import pytest

from handlers.forms.naming import named


@pytest.mark.parametrize(
    ("said", "programmes"),
    [
        ("how do I apply for fast-track examination", ["preexam-hefei", "preexam-suzhou"]),
        ("is there accelerated examination in Hefei", ["preexam-hefei"]),
        ("how can I get fees reduced", ["fee-reduction"]),
        ("patent loan subsidy in Suzhou", ["pledge-subsidy"]),
        ("快速预审怎么申请", ["preexam-hefei", "preexam-suzhou"]),
        ("who examines our patents", []),
    ],
)
def test_a_programme_is_named_by_what_people_call_it(said: str, programmes: list[str]) -> None:
    assert [form.id for form in named(said)] == programmes
