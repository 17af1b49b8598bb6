"""One application from its conditions to the printed page, in a browser, against the whole program.

With PICTURES=docs/pictures the run leaves its pictures there.
"""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

pytest.importorskip("playwright.async_api", reason="playwright is not installed (pip install -e '.[dev]')")

from playwright.async_api import expect
from sqlalchemy import text

from bot.app import Core, core
from bot.service import Service
from bot.settings import Settings
from bot.storage import subjects
from bot.storage import transfers as codes
from tests.browser.test_chat import CONTRAST, FAULTS
from tests.patience import PATIENCE
from tests.ports import free_port

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, Page

pytestmark = pytest.mark.asyncio(loop_scope="session")

FILES = Path(__file__).parents[1] / "flows" / "files"
PICTURES = os.environ.get("PICTURES", "")


@pytest_asyncio.fixture(loop_scope="session")
async def program(tmp_path: Path) -> AsyncIterator[tuple[Core, str]]:
    """Web and worker in one, as `make run` starts them."""
    async with core(Settings(_env_file=None, data_dir=tmp_path, port=free_port()), migrate=True) as built:
        service, at = Service(built, web=True, work=True), asyncio.get_running_loop().create_future()
        running = asyncio.create_task(service.run(at.set_result))
        try:
            async with asyncio.timeout(PATIENCE):
                await asyncio.wait({running, at}, return_when=asyncio.FIRST_COMPLETED)
            assert at.done(), running.exception()
            yield built, at.result()
        finally:
            service.stop.set()
            await running


class Applicant:
    """Types and presses, and waits for the answer each time."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def types(self, words: str) -> None:
        await self._after(self.page.fill("#question", words), self.page.press("#question", "Enter"))

    async def presses(self, label: str) -> None:
        """The button in the last message that has it."""
        await self._after(self.page.locator(".choice", has_text=re.compile(f"^{re.escape(label)}")).last.click())

    async def sends(self, *names: str) -> None:
        await self._after(self.page.set_input_files("#files", [FILES / name for name in names]))

    async def _after(self, *acts: Awaitable[object]) -> None:
        heard = await self.page.locator(".office").count()
        for act in acts:
            await act
        await expect(self.page.locator(".office")).to_have_count(heard + 1)
        await expect(self.page.locator(".fate")).to_have_count(0)

    @property
    def said(self) -> Awaitable[str]:
        return self.page.locator(".office").last.inner_text()

    async def fills_in(self) -> None:
        await self.types("/apply 费用减缴")
        for label in ("专利费用减缴备案", "事业单位", "同意并开始"):
            await self.presses(label)
        await self.types("苏州知微研究所")
        await self.presses("跳过")
        await self.types("2026")
        await self.types("13812345678")


async def picture(page: Page, name: str, *, whole: bool = False) -> None:
    if PICTURES:
        await page.mouse.move(0, 0)  # no button looks touched
        await page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=whole)


async def begun(context: BrowserContext, address: str) -> Applicant:
    page = await context.new_page()
    await page.goto(address)
    await page.locator(".office").first.wait_for()
    return Applicant(page)


async def test_an_application_from_its_conditions_to_the_printed_page(context: BrowserContext, program: tuple[Core, str]) -> None:
    _, address = program
    applicant = await begun(context, address)
    await applicant.fills_in()
    assert "法人证书" in await applicant.said
    await applicant.sends("program.pdf")
    assert "没有收下“program.pdf”：认不出" in await applicant.said
    await applicant.sends("licence.pdf", "certificate.pdf")
    assert "已收到：licence.pdf、certificate.pdf" in await applicant.said
    await picture(applicant.page, "applying-web")
    await applicant.presses("完成")
    assert "6. 法人证书：licence.pdf、certificate.pdf" in await applicant.said
    await applicant.presses("提交")
    assert re.search(r"受理编号 ZC-2026-\w+", await applicant.said)
    assert await applicant.page.evaluate(FAULTS) == []
    assert await applicant.page.evaluate(CONTRAST) == []
    await applicant.presses("打印申报书")
    async with context.expect_page() as opening:
        await applicant.page.locator("a.choice", has_text="打开申报书").click()
    await prints(await opening.value)


async def prints(sheet: Page) -> None:
    assert re.fullmatch(r".*/private/sheet/[\w-]{24}", sheet.url)
    assert await sheet.evaluate(FAULTS) == []
    await sheet.get_by_role("button", name="打开").click()
    await expect(sheet.locator("h1")).to_have_text("专利费用减缴备案申报书")
    for given in ("苏州知微研究所", "13812345678", "licence.pdf（已在线提交）", "申报单位（盖章）"):
        await expect(sheet.locator("main")).to_contain_text(given)
    await expect(sheet.get_by_role("button", name="打印")).to_be_visible()
    assert await sheet.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await sheet.evaluate(CONTRAST) == []
    await sheet.set_viewport_size({"width": 900, "height": 1200})
    await picture(sheet, "application-paper", whole=True)
    assert (await sheet.pdf(prefer_css_page_size=True)).startswith(b"%PDF")


async def test_nothing_of_it_lies_about_in_plain(context: BrowserContext, program: tuple[Core, str], tmp_path: Path) -> None:
    built, address = program
    applicant = await begun(context, address)
    await applicant.fills_in()
    await applicant.sends("licence.pdf")
    await applicant.presses("完成")
    await applicant.presses("提交")
    async with built.database.read() as connection:
        await connection.execute(text("select 1"))
    found = [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".key"]
    bodies = {path: path.read_bytes() for path in found}
    for marker in ("苏州知微研究所", "13812345678", "licence.pdf", "%PDF"):
        assert [path.name for path, body in bodies.items() if marker.encode() in body] == []


async def test_a_form_begun_elsewhere_goes_on_in_the_page_its_link_opens(
    new_context: Callable[..., Awaitable[BrowserContext]], program: tuple[Core, str]
) -> None:
    built, address = program
    begins = await begun(await new_context(viewport={"width": 360, "height": 740}, locale="zh-CN"), address)
    await begins.types("/apply 费用减缴")
    await begins.presses("专利费用减缴备案")
    await begins.presses("事业单位")
    now = built.clock.now()
    async with built.database.read() as connection:
        row = (await connection.execute(text('select id, "user" from draft'))).one()
        subject = await subjects.of(connection, "web", row.user)
    make = codes.Purpose.WEB_FORM, f"{subject} {row.id}", now
    code = await built.database.write(lambda connection: codes.make(connection, *make))
    page = await (await new_context(viewport={"width": 360, "height": 740}, locale="zh-CN")).new_page()
    await page.goto(f"{address}/#form={code}")
    await expect(page.locator(".office").last).to_contain_text("要在这里接着填“专利费用减缴备案”吗？")
    assert "form" not in page.url
    await page.locator(".choice", has_text="是我，继续填").click()
    await expect(page.locator(".office").last).to_contain_text("同意后开始填写")
    assert await page.evaluate(FAULTS) == []
