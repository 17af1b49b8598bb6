"""What belongs into a form, typed where none is open."""

from __future__ import annotations

import pytest

from bot.core.message import ChatKind
from handlers.stray import is_personal, is_stray


@pytest.mark.parametrize(
    "text",
    [
        "苏州知芯科技有限公司",
        "公司名称：合肥量子（集团）股份有限公司",
        "Acme Sensors Co., Ltd.",
        "91320594MA1MQ8GX5P",
        "9132 0594 MA1M Q8GX 5P",
        "ZL201910123456.7",
        "专利号 2019101234567",
        "13812345678",
        "ip@example.com",
        "ZC-2026-7KMX4QD",
        "电话：13812345678",
        "我公司名称是苏州某某科技有限公司，电话13812345678",
        "单位名称：苏州知芯科技有限公司；统一社会信用代码 91320594MA1MQ8GX5P",
        "联系人张敏，手机 138 1234 5678，邮箱是 ip@example.com",
    ],
)
def test_names_and_numbers_are_no_questions_anywhere(text: str) -> None:
    assert is_personal(text)
    assert is_stray(text, ChatKind.GROUP)


@pytest.mark.parametrize("text", ["都符合", "全部符合。", "同意并开始", "上一步", "我填好了"])
def test_words_of_a_form_are_so_in_private_only(text: str) -> None:
    assert is_stray(text, ChatKind.PRIVATE)
    assert not is_stray(text, ChatKind.GROUP)


@pytest.mark.parametrize(
    "text",
    [
        "苏州有哪些知识产权服务有限公司",
        "有限公司和个体户的费减标准一样吗",
        "苏州高新区的知识产权运营公司",
        "苏政发〔2023〕2号",
        "苏府办〔2022〕10号的有效期",
        "2025年",
        "GB/T 29490",
        "12330",
        "符合什么条件能申报",
        "我公司叫苏州知芯科技有限公司，能申报什么",
        "苏州市场监管局电话",
        "苏州，合肥",
        "联系人是谁，电话多少",
        "第十条",
        "",
    ],
)
def test_questions_stay_questions(text: str) -> None:
    assert not is_stray(text, ChatKind.PRIVATE)
