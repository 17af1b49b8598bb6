"""What people ask beside our subject: what a term means, whose aid is higher, what other offices see to. No clause tells it."""

from __future__ import annotations

import pytest

from knowledge.lookup import Knowledge, Status

# What a term means


@pytest.mark.parametrize(
    "text",
    [
        "什么是专利",
        "专利池是啥",
        "专利代理是干什么的",
        "PCT是什么意思",
        "发明专利和外观设计有什么区别",
        "贯标是什么",
        "what is a patent pool",
        "what does open licensing mean",
    ],
)
@pytest.mark.parametrize("region", [None, "suzhou"])
def test_a_clause_that_uses_a_term_does_not_say_what_it_means(knowledge: Knowledge, text: str, region: str | None) -> None:
    result = knowledge.lookup(text, region=region)
    assert (result.status, result.reason, result.about) == (Status.NOTHING, "attribute-missing", "meaning")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("七高一最是什么意思", "七高一最"),  # a curated question on its meaning
        ("吴江说的一企一标是什么意思", "一企一标"),  # of a place
        ("登峰行动计划是什么", "登峰行动计划"),  # set up by the clause
        ("知识产权保护中心是干什么的", "保护中心"),
        ("苏知贷是啥", "苏知贷"),
    ],
)
def test_what_a_text_sets_up_or_explains_is_shown(knowledge: Knowledge, text: str, said: str) -> None:
    result = knowledge.lookup(text)
    assert result.status is Status.ANSWER
    assert said in result.hits[0].marked


def test_what_something_is_is_no_slip_for_a_profession(knowledge: Knowledge) -> None:
    assert not knowledge.lookup("专利代理是干什么的").slips
    assert not knowledge.lookup("产业联盟是做什么的").slips
    assert [slip.meant for slip in knowledge.lookup("苏州有多少专利代理湿").slips] == ["专利代理师"]
