"""What staff see of an answer before they say why they need more."""

from __future__ import annotations

import pytest

from handlers.forms.form import Step
from handlers.forms.masks import masked


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("mobile", "13812345678", "138****5678"),
        ("name", "张小敏", "张**"),
        ("email", "zhang@example.com", "z****@example.com"),
        ("address", "苏州市吴江区云梨路1号", "苏州市****"),
        ("uscc", "91350100M000100Y43", "9135****0Y43"),
        ("company", "苏州知微科技有限公司", "苏州知微科技有限公司"),
        ("number", 12, 12),
    ],
)
def test_a_person_is_recognised_and_not_reached(kind: str, value: str | int, shown: str | int) -> None:
    assert masked(value, Step("key", kind, "words")) == shown


def test_what_is_sensitive_is_hidden_whatever_its_kind() -> None:
    assert masked("本人的详细情况", Step("key", "text", "words", sensitive=True)) == "本人的****"
