"""`zhice windows`: what operators enter, with the same checks as in the chat."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Run

WINDOW = "名称：优秀专利奖 | 地区：苏州 | 开始：2026-12-01 | 截止 市：2099-12-31 | 发布机关：市局 | 文件：通知 | 发布日期：2026-11-20"


@pytest.mark.usefixtures("installed")
async def test_windows_and_the_weeks_programme_are_entered_listed_and_never_without_a_source(run: Run) -> None:
    assert "No window is entered" in (await run("windows", "list")).out
    refused = await run("windows", "publish", "名称：优秀专利奖 | 截止 市：2099-12-31", "--yes")
    assert (refused.code, refused.out.strip()) == (1, "缺来源：发布机关和文件都要写。没有来源的窗口不能发布。")
    assert "“优秀专利奖”已发布" in (await run("windows", "publish", WINDOW, "--yes")).out
    (listed,) = json.loads((await run("windows", "list", "--json")).out)
    assert (listed["title"], listed["closes"], listed["source"]["publisher"]) == ("优秀专利奖", {"city": "2099-12-31"}, "市局")
    assert "缺来源" in (await run("windows", "week", "--add", "2027-04-20 | 09:30 | 开幕式 | 图书馆 | 市局")).out
    assert "开幕式" in (await run("windows", "week", "--add", "2027-04-20 | 09:30 | 开幕式 | 图书馆 | 市局 | 安排")).out
    assert "Nothing goes out" in (await run("windows", "rehearse", "--from", "2027-03-01", "--to", "2027-03-02")).out
    assert "Nothing waits and nothing was dropped." in (await run("windows", "catchup")).out


@pytest.mark.usefixtures("installed")
async def test_working_days_are_entered_with_their_source(run: Run) -> None:
    refused = await run("windows", "workdays", "2098 | 元旦：2098-01-01", "--yes")
    assert (refused.code, refused.out.strip()) == (1, "缺来源：发布机关和文件都要写。没有来源的工作日表不能用。")
    first_day = ("when", "2098年1月的第1个工作日", "--json")
    assert json.loads((await run(*first_day)).out)["date"] == "2098-01-01"
    table = "2098 | 元旦：2098-01-01 至 2098-01-03 | 发布机关：国务院办公厅 | 文件：通知 | 发布日期：2097-11-01"
    entered = await run("windows", "workdays", table, "--yes")
    assert (entered.code, "2098 年的工作日表已录入" in entered.out) == (0, True)
    assert "元旦：2098年1月1日 至 2098年1月3日，共 3 天" in entered.out
    assert json.loads((await run(*first_day)).out)["date"] == "2098-01-06"


@pytest.mark.usefixtures("installed")
async def test_a_window_rests_on_a_clause_that_there_is(run: Run) -> None:
    refused = await run("windows", "publish", f"{WINDOW} | 条款：suzhou-145-plan#9-9", "--yes")
    assert (refused.code, "suzhou-145-plan#9-9" in refused.out) == (1, True)
    assert (await run("windows", "publish", f"{WINDOW} | 条款：suzhou-145-plan#2-3", "--yes")).code == 0
    assert "suzhou-145-plan#9-9" in (await run("windows", "correct", "1", "条款：suzhou-145-plan#9-9", "--yes")).out
