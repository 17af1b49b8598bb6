"""Files in the web chat as a person hands them in: chosen, dropped, pasted, by keyboard, one too many, and over a bad line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("playwright.async_api", reason="playwright is not installed (pip install -e '.[dev]')")

from playwright.async_api import expect

from bot.core.message import Incoming, Kind
from tests.browser.test_chat import CONTRAST, FAULTS
from tests.patience import until

if TYPE_CHECKING:
    from playwright.async_api import FileChooser, Page, Route

    from tests.browser.conftest import Service

pytestmark = pytest.mark.asyncio(loop_scope="session")

LICENCE = Path(__file__).parents[1] / "flows" / "files" / "licence.pdf"
CERTIFICATE = LICENCE.with_name("certificate.pdf")

DROP = """
([name, words]) => {
  const carried = new DataTransfer();
  carried.items.add(new File([words], name));
  for (const kind of ["dragenter", "dragover"]) window.dispatchEvent(new DragEvent(kind, { dataTransfer: carried, cancelable: true }));
  const seen = !document.getElementById("drop").hidden;
  window.dispatchEvent(new DragEvent("drop", { dataTransfer: carried, cancelable: true }));
  return seen;
}
"""


def into(found: list[Any]) -> Callable[[Any], None]:
    """Playwright marks its handlers, which a list's own method does not bear."""

    def put(each: Any) -> None:
        found.append(each)

    return put


def sent(service: Service) -> list[Incoming]:
    return [event for event in service.office.heard if event.kind is Kind.ATTACHMENT]


async def test_several_files_go_in_one_message_and_arrive_as_they_are(page: Page, service: Service) -> None:
    await page.set_input_files("#files", [LICENCE, CERTIFICATE])
    await expect(page.locator(".files li")).to_have_count(2)
    await expect(page.locator(".fate")).to_have_count(0)
    await expect(page.locator("#tray")).to_be_hidden()
    await expect(page.locator(".office")).to_have_count(2)
    (event,) = sent(service)
    assert [file.name for file in event.files] == ["licence.pdf", "certificate.pdf"]
    assert service.office.chat is not None
    assert [await service.office.chat.fetch(file.id, 10**6) for file in event.files] == [LICENCE.read_bytes(), CERTIFICATE.read_bytes()]
    await page.reload()
    await expect(page.locator(".files li").first).to_contain_text("licence.pdf")


async def test_the_keyboard_reaches_the_files_and_a_reader_hears_of_them(page: Page, service: Service) -> None:
    # Listened for first: the browser is told so before any key is pressed.
    choosing: list[FileChooser] = []
    page.on("filechooser", into(choosing))
    await page.focus("#question")
    await page.keyboard.press("Shift+Tab")
    await expect(page.locator("#attach")).to_be_focused()
    await page.keyboard.press("Enter")
    await until(lambda: choosing)
    await choosing[0].set_files(LICENCE)
    await expect(page.locator("#files-words")).to_contain_text("licence.pdf: 已上传")
    await expect(page.locator("#files-words")).to_contain_text("1 个文件已发送")
    assert await page.locator("#attach").get_attribute("aria-label") == "附件"


async def test_a_file_dropped_is_sent(page: Page, service: Service) -> None:
    assert await page.evaluate(DROP, ["表格.pdf", "%PDF-1.4 words"])
    await expect(page.locator(".files li")).to_contain_text("表格.pdf")
    await expect(page.locator(".office")).to_have_count(2)
    assert [file.name for file in sent(service)[0].files] == ["表格.pdf"]


async def test_one_too_large_is_named_and_the_others_go(page: Page, service: Service, tmp_path: Path) -> None:
    (tmp_path / "large.pdf").write_bytes(b"%PDF-" + bytes(21 << 20))
    (tmp_path / "empty.pdf").write_bytes(b"")
    await page.set_input_files("#files", [tmp_path / "large.pdf", tmp_path / "empty.pdf", LICENCE])
    await expect(page.locator(".files li")).to_have_count(1)
    await until(lambda: sent(service), what="the file is sent")
    assert [file.name for file in sent(service)[0].files] == ["licence.pdf"]
    await expect(page.locator("#tray li")).to_have_count(2)
    await expect(page.locator("#tray")).to_contain_text("这个文件超过 20 MB。请压缩或拆分后再发。")
    await expect(page.locator("#tray")).to_contain_text("这个文件是空的")
    assert await page.evaluate(FAULTS) == []
    assert await page.evaluate(CONTRAST) == []
    await page.get_by_role("button", name="移除 large.pdf").click()
    await page.get_by_role("button", name="移除 empty.pdf").click()
    await expect(page.locator("#tray")).to_be_hidden()
    await expect(page.locator("#attach")).to_be_focused()


async def test_more_than_fit_in_a_message_wait_for_the_next(page: Page, service: Service) -> None:
    files = [{"name": f"{number}.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"} for number in range(1, 12)]
    await page.set_input_files("#files", files)  # type: ignore[arg-type]  # playwright's own shape
    await expect(page.locator(".files li")).to_have_count(10)
    await expect(page.locator("#tray")).to_contain_text("一次最多发 10 个文件")
    await until(lambda: sent(service), what="the files are sent")
    assert [len(event.files) for event in sent(service)] == [10]


async def test_a_bad_line_is_told_and_another_try_brings_the_file(page: Page, service: Service) -> None:
    async def cut(route: Route) -> None:
        await route.fulfill(status=429, headers={"Retry-After": "60"}, body='{"problem": "many"}')

    await page.route("**/chat/file", cut)
    await page.set_input_files("#files", LICENCE)
    await expect(page.locator("#tray")).to_contain_text("这一个小时传的文件太多了")
    assert sent(service) == []
    await page.unroute("**/chat/file")
    await page.get_by_role("button", name="重试 licence.pdf").click()
    await expect(page.locator(".files li")).to_have_count(1)
    await expect(page.locator(".fate")).to_have_count(0)
    await until(lambda: sent(service), what="the file is sent")
    assert len(sent(service)) == 1


async def test_an_upload_under_way_shows_how_far_it_is_and_can_be_stopped(page: Page, service: Service) -> None:
    held: list[Route] = []
    await page.route("**/chat/file", into(held))
    await page.set_input_files("#files", LICENCE)
    await expect(page.get_by_role("progressbar", name="licence.pdf")).to_be_visible()
    await expect(page.locator("#tray")).to_contain_text("正在上传")
    assert await page.evaluate(FAULTS) == []
    await page.get_by_role("button", name="取消上传 licence.pdf").click()
    await expect(page.locator("#tray")).to_be_hidden()
    await expect(page.locator("#files-words")).to_contain_text("已取消“licence.pdf”")
    assert sent(service) == []
