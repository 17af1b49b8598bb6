"""What people say instead of a command."""

from __future__ import annotations

import pytest

from handlers.forms.form import forms
from handlers.forms.naming import named
from handlers.routes import COMMANDS
from handlers.wanting import _ways, wanted


@pytest.mark.parametrize(
    ("message", "command", "text"),
    [
        ("有哪些窗口？", "windows", ""),
        ("请问现在能申报什么", "windows", ""),
        ("我想申请预审", "apply", "预审"),
        ("我们公司想申报江苏专利奖", "apply", "江苏专利奖"),
        ("I would like to apply for the Jiangsu patent award", "apply", "jiangsu patent award"),
        ("我要申报", "apply", ""),
        ("我的申请到哪一步了？", "applications", ""),
        ("提醒我下周三上午开会", "remind", "下周三上午开会"),
        ("明天不用提醒我交年费了", "reminders", ""),
        ("明天九点提醒我不要提醒大家", "remind", "明天九点 不要提醒大家"),
        ("请不要每天提醒我看邮件", "reminders", ""),
        ("别再提醒我了", "reminders", ""),
        ("Don't remind me tomorrow to pay", "reminders", ""),
        ("cancel the reminder for tomorrow", "reminders", ""),
        ("明天上午九点提醒我交年费", "remind", "明天上午九点 交年费"),
        ("麻烦每周一早上8点半提醒大家看邮件", "remind", "每周一早上8点半 看邮件"),
        ("Remind me tomorrow at 9 to pay the fee", "remind", "tomorrow at 9 to pay the fee"),
        ("换成英文", "language", "英文"),
        ("請改用繁體", "language", "繁体"),
        ("switch to English please", "language", "english"),
        ("删除我的数据", "delete_me", ""),
        ("删除我的所有信息！", "delete_me", ""),
        ("我们用专利质押贷了款，想申请贴息", "apply", "贴息"),
        ("申请费减", "apply", "费减"),
        ("我们公司是做传感器的，刚成立两年，能申请什么补贴", "apply", ""),
        ("我的申请都交了一个月了怎么还没结果", "applications", ""),
        ("我的申报到哪一步了", "applications", ""),
        ("我们公司的申请现在到什么阶段了？", "applications", ""),
        ("我的申报进展如何", "applications", ""),
        ("我交的材料审核到哪了", "applications", ""),
        ("Where is my application?", "applications", ""),
        ("what's the status of our application", "applications", ""),
        ("how is my application going?", "applications", ""),
        ("最近有哪些政策", "browse", ""),
        ("宣传周是哪天？", "week", ""),
        ("提醒我中国专利奖", "subscribe", "中国专利奖"),
        ("中国专利奖开始申报提醒我", "subscribe", "中国专利奖"),
        ("宣传周提醒我", "subscribe", "宣传周"),
        ("聽日朝早九點提我交年費", "remind", "听日朝早九点 交年费"),
        ("2月30日提醒我", "remind", "2月30日"),
        ("我的订阅", "subscriptions", ""),
        ("switch to English", "language", "english"),
    ],
)
def test_what_stands_for_a_command(message: str, command: str, text: str) -> None:
    found = wanted(message)
    assert found is not None
    assert (found.command, found.text) == (command, text)


@pytest.mark.parametrize(
    "message",
    [
        "申请专利有补贴吗",
        "我想申请专利",
        "怎么申请预审",
        "江苏专利奖什么时候申报",
        "想申请江苏专利奖要什么条件",
        "专利到期会提醒我吗",
        "海外知识产权风险提醒服务由哪个部门负责",
        "苏州的隐私保护措施",
        "申请进度公开吗",
        "申报中国专利奖条件",
        "申请专利",
        "苏州有哪些政策",
        "提醒我们注意侵权风险的机构",
        "窗口服务有什么要求",
        "提醒",
        "",
        "?" * 500,
    ],
)
def test_questions_stay_questions(message: str) -> None:
    assert wanted(message) is None


def test_every_way_leads_to_a_command_there_is() -> None:
    ways = _ways()
    assert {*ways.names.values(), *(command for command, _ in ways.patterns)} <= COMMANDS.keys()


def test_no_wording_means_two_things() -> None:
    ways = _ways()
    assert len(ways.names) > 100
    assert all(wanted(name) is not None for name in ways.names)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("预审", {"preexam-suzhou", "preexam-hefei"}),
        ("合肥的专利预审", {"preexam-hefei"}),
        ("江苏专利奖", {"jiangsu-patent-award"}),
        ("中国专利奖和江苏专利奖", {"china-patent-award", "jiangsu-patent-award"}),
        ("专利奖", {"anhui-patent-award", "china-patent-award", "jiangsu-patent-award", "suzhou-patent-award"}),
        ("食堂", set()),
    ],
)
def test_programmes_are_found_by_what_people_call_them(text: str, ids: set[str]) -> None:
    assert {form.id for form in named(text)} == ids


def test_every_programme_is_called_something() -> None:
    assert all(form in named(name) for form in forms().values() for name in form.called)
