"""The web chat as a person meets it: asked, answered, reloaded, cut off, by keyboard, in the dark and inside another site."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright.async_api", reason="playwright is not installed (pip install -e '.[dev]')")

from playwright.async_api import expect

from bot.core.message import Block, Kind, Outgoing, Span, Where

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from playwright.async_api import BrowserContext, Page

    from tests.browser.conftest import Service

# One browser for all: its loop is the session's.
pytestmark = pytest.mark.asyncio(loop_scope="session")

QUESTION = "深圳发明专利授权后能拿多少资助?"

CONTRAST = """
() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const colour = (text) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = text;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = (rgba) => rgba.slice(0, 3)
    .map((v) => v / 255).map((v) => (v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const found = colour(getComputedStyle(at).backgroundColor);
      if (found[3] === 255) return found;
    }
    return colour(getComputedStyle(document.documentElement).backgroundColor);
  };
  const weak = [];
  for (const element of document.body.querySelectorAll("*")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own && !element.placeholder) continue;
    if (!element.checkVisibility() || element.closest(".unseen, script, noscript, [disabled], dialog:not([open])")) continue;
    const style = getComputedStyle(element, element.placeholder ? "::placeholder" : undefined);
    const one = light(colour(style.color)), other = light(ground(element));
    const ratio = (Math.max(one, other) + .05) / (Math.min(one, other) + .05);
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) {
      weak.push(`${element.tagName}.${element.className} ${ratio.toFixed(2)}: ${element.textContent.slice(0, 30)}`);
    }
  }
  return weak;
}
"""

FAULTS = """
() => {
  const faults = [];
  const name = (element) => (element.getAttribute("aria-label")
    || (element.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent ?? "").join("")
    || element.labels?.[0]?.textContent || element.title || element.textContent).trim();
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  if (new Set(ids).size !== ids.length) faults.push("an id twice");
  if (!document.documentElement.lang) faults.push("no language");
  if (!document.title) faults.push("no title");
  if (document.querySelectorAll("h1").length !== 1) faults.push("not one h1");
  if (document.querySelectorAll("main").length !== 1) faults.push("not one main");
  if (document.querySelector("[tabindex]:not([tabindex='0']):not([tabindex='-1'])")) faults.push("a positive tabindex");
  for (const element of document.querySelectorAll("button, a[href], textarea, input, select, iframe, dialog, nav, [role]"))
    if (!name(element) && element.getAttribute("role") !== "status" && !element.hidden)
      faults.push(`no name: ${element.outerHTML.slice(0, 80)}`);
  for (const element of document.querySelectorAll("[aria-labelledby], [aria-describedby]"))
    for (const id of [element.getAttribute("aria-labelledby"), element.getAttribute("aria-describedby")].join(" ").trim().split(/\\s+/))
      if (!document.getElementById(id)) faults.push(`names nothing: ${id}`);
  for (const element of document.querySelectorAll("button, a[href], textarea")) {
    if (!element.checkVisibility() || element.matches(".skip, blockquote a, p a")) continue;
    const { width, height } = element.getBoundingClientRect();
    if (width < 44 || height < 44) faults.push(`small target ${width}x${height}: ${name(element)}`);
  }
  if (document.documentElement.scrollWidth > innerWidth) faults.push("wider than the window");
  return faults;
}
"""


async def ask(page: Page, text: str = QUESTION) -> None:
    cards = await page.locator(".card").count()
    await page.fill("#question", text)
    await page.press("#question", "Enter")
    await expect(page.locator(".card")).to_have_count(cards + 1)
    await expect(page.locator(".fate")).to_have_count(0)


async def talk(page: Page) -> list[str]:
    """The conversation as shown, without the times."""
    texts = await page.locator(".said, .chosen, .office").all_inner_texts()
    return [re.sub(r"\d\d:\d\d", "", text) for text in texts]


async def test_a_question_is_answered_by_a_card(page: Page, service: Service) -> None:
    await expect(page.locator("#samples")).to_be_visible()
    await ask(page)
    card = page.locator(".card")
    assert await card.locator("p.title strong").inner_text() == "深圳市专利申请资助管理办法"
    assert (await card.locator("p.place").inner_text()).startswith("深圳市 · 市级")
    assert "不超过2500元" in await card.locator("blockquote strong").inner_text()
    assert await card.locator("blockquote").get_attribute("lang") == "zh-CN"
    assert (await card.locator("p.notice").inner_text()).startswith("来源")
    assert await card.get_by_role("group", name="选项").get_by_role("button").all_inner_texts() == ["原文上下文", "相关条款", "换个地区"]
    await expect(page.locator("#samples")).to_be_hidden()
    await expect(page.locator("#typing")).to_be_hidden()
    await expect(page.locator(".said")).to_have_count(1)
    await expect(page.locator(".fate")).to_have_count(0)


async def test_a_sample_asks_by_itself(page: Page, service: Service) -> None:
    sample = page.locator("#samples button").first
    text = await sample.inner_text()
    await sample.click()
    await expect(page.locator(".card")).to_have_count(1)
    assert [event.text for event in service.office.heard if event.kind is Kind.TEXT] == [text]


async def test_a_greeting_with_examples_needs_no_second_list(context: BrowserContext, service: Service) -> None:
    service.office.examples = ("年费减缴怎么申请?",)
    page = await context.new_page()
    await page.goto(service.address)
    await expect(page.locator(".choice")).to_have_text(["年费减缴怎么申请?"])
    await expect(page.locator("#clear")).to_be_enabled()
    await expect(page.locator("#samples")).to_be_hidden()
    await expect(page.locator("#welcome")).to_be_in_viewport(ratio=1)


async def test_between_question_and_answer_the_page_says_it_is_looking(page: Page, service: Service) -> None:
    service.office.may_answer.clear()
    await page.fill("#question", QUESTION)
    await page.press("#question", "Enter")
    await expect(page.locator("#typing")).to_have_text("正在查找…")
    service.office.may_answer.set()
    await expect(page.locator(".card")).to_have_count(1)
    await expect(page.locator("#typing")).to_be_hidden()


async def test_a_choice_changes_the_card_in_place(page: Page) -> None:
    await ask(page)
    await page.get_by_role("button", name="原文上下文").click()
    await expect(page.locator(".card blockquote")).to_contain_text("第十条")
    await expect(page.locator(".card")).to_have_count(1)
    await expect(page.locator(".chosen")).to_have_text("我 已选:原文上下文".replace(":", "\uff1a"))


async def test_the_second_half_of_a_double_click_presses_nothing_else(page: Page, service: Service) -> None:
    await ask(page)
    await page.get_by_role("button", name="相关条款").dispatch_event("click", {"detail": 2})
    await page.get_by_role("button", name="原文上下文").click()
    await expect(page.locator(".card blockquote")).to_contain_text("第十条")
    assert [event.press for event in service.office.heard if event.kind is Kind.PRESS] == ["context"]


async def test_a_reload_shows_the_conversation_again(page: Page) -> None:
    await ask(page)
    await page.get_by_role("button", name="原文上下文").click()
    await expect(page.locator(".card blockquote")).to_contain_text("第十条")
    await expect(page.locator(".chosen")).to_have_count(1)
    before = await talk(page)
    await page.reload()
    await expect(page.locator(".card blockquote")).to_contain_text("第十条")
    await expect(page.locator(".chosen")).to_have_count(1)
    assert await talk(page) == before


async def test_a_restart_loses_nothing_and_doubles_nothing(page: Page, service: Service) -> None:
    await ask(page)
    await service.stop()
    await page.fill("#question", "服务停着的时候问的")
    await page.press("#question", "Enter")
    await expect(page.locator("#state")).to_contain_text("离线,正在重新连接…".replace(",", "\uff0c"))
    await expect(page.get_by_role("button", name="未送达")).to_be_visible()
    await expect(page.get_by_role("button", name="立即重试")).to_be_visible()
    await service.start()
    # The page comes back by itself too, and may do so first; a button that is gone by then cannot be clicked.
    await page.locator("#retry").dispatch_event("click")
    await expect(page.locator(".card")).to_have_count(2)
    await expect(page.locator(".said")).to_have_count(2)
    await expect(page.locator(".fate")).to_have_count(0)
    await expect(page.locator("#state")).to_have_attribute("data-state", "quiet")


async def test_what_was_written_offline_survives_a_reload(page: Page, service: Service) -> None:
    service.office.closed = True
    await page.fill("#question", "还没有送达")
    await page.press("#question", "Enter")
    await expect(page.get_by_role("button", name="未送达")).to_be_visible()
    service.office.closed = False
    await page.reload()
    await expect(page.locator(".card")).to_have_count(1)
    await expect(page.locator(".said")).to_have_text(["还没有送达"])


async def test_the_page_reconnects_by_itself(page: Page, service: Service) -> None:
    await service.stop()
    await service.start()
    await ask(page)
    await expect(page.locator(".office")).to_have_count(2)


async def test_two_tabs_stay_alike(page: Page, context: BrowserContext, service: Service) -> None:
    other = await context.new_page()
    await other.goto(service.address)
    await ask(page)
    await expect(other.locator(".card")).to_have_count(1)
    assert await talk(other) == await talk(page)


async def test_enter_sends_shift_enter_breaks_the_line_and_composing_does_neither(page: Page, service: Service) -> None:
    question = page.locator("#question")
    await question.fill("第一行")
    await question.press("Shift+Enter")
    await question.press_sequentially("x")
    assert await question.input_value() == "第一行\nx"
    for options in ("isComposing: true", "keyCode: 229"):
        await question.evaluate(
            f"(field) => field.dispatchEvent(new KeyboardEvent('keydown', {{key: 'Enter', bubbles: true, cancelable: true, {options}}}))"
        )
    await expect(page.locator(".said")).to_have_count(0)
    await question.press("Enter")
    await expect(page.locator(".said")).to_have_count(1)
    assert await question.input_value() == ""


async def test_the_field_grows_to_five_lines(page: Page) -> None:
    question = page.locator("#question")
    heights = []
    for lines in (1, 3, 5, 40):
        await question.fill("\n".join("行" * 3 for _ in range(lines)))
        heights.append((await question.bounding_box() or {})["height"])
    assert heights[0] < heights[1] < heights[2] == pytest.approx(heights[3], abs=12)
    assert heights[3] < 160


async def test_too_long_a_text_is_told_before_sending(page: Page, service: Service) -> None:
    await page.locator("#question").fill("长" * 100_000)
    await expect(page.locator("#length")).to_contain_text("100000 / 4000")
    await expect(page.locator("#send")).to_be_disabled()
    await page.press("#question", "Enter")
    await page.locator("#question").fill("😀" * 4000)
    await expect(page.locator("#send")).to_be_enabled()
    await page.press("#question", "Enter")
    await expect(page.locator(".card")).to_have_count(1)
    assert [len(event.text) for event in service.office.heard if event.kind is Kind.TEXT] == [4000]


async def test_everything_works_by_keyboard_alone(page: Page, service: Service) -> None:
    await page.keyboard.press("Tab")
    await page.locator("#question").focus()
    await page.keyboard.type("keyboard")
    await page.keyboard.press("Enter")
    await expect(page.locator(".card")).to_have_count(1)
    for _ in range(6):
        await page.keyboard.press("Shift+Tab")
        if await page.evaluate("document.activeElement.textContent") == "原文上下文":
            break
    outline = await page.evaluate(
        "getComputedStyle(document.activeElement).outlineStyle + getComputedStyle(document.activeElement).outlineWidth"
    )
    assert outline == "solid3px"
    await page.keyboard.press("Enter")
    await expect(page.locator(".card blockquote")).to_contain_text("第十条")
    assert await page.evaluate("document.activeElement.closest('.card') !== null")


async def test_clearing_asks_first_and_leaves_nothing(page: Page, service: Service) -> None:
    await ask(page)
    await page.get_by_role("button", name="清空并重新开始").click()
    await expect(page.get_by_role("button", name="保留")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.locator(".card")).to_have_count(1)
    await page.get_by_role("button", name="清空并重新开始").click()
    await page.get_by_role("button", name="清空", exact=True).click()
    await expect(page.locator(".card")).to_have_count(0)
    await expect(page.locator(".office")).to_have_count(1)
    await expect(page.locator("#samples")).to_be_visible()
    await page.reload()
    await expect(page.locator(".office")).to_have_count(1)
    await expect(page.locator(".said")).to_have_count(0)
    assert [event.kind for event in service.office.heard] == [Kind.JOINED, Kind.TEXT, Kind.LEFT, Kind.JOINED]


async def test_the_language_switch_changes_page_and_conversation(page: Page, service: Service) -> None:
    await page.fill("#question", "没写完")
    await page.get_by_role("link", name="English").click()
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await expect(page.locator("#question")).to_have_value("没写完")
    await expect(page.get_by_role("button", name="Clear and start again")).to_be_enabled()
    await expect(page.locator(".chosen")).to_contain_text("Chosen: English")
    (switch,) = [event for event in service.office.heard if event.kind is Kind.COMMAND]
    assert (switch.command, switch.text) == ("language", "en")


async def test_a_link_may_bring_the_question_but_not_ask_it(page: Page, service: Service) -> None:
    await page.goto(f"{service.address}?q=%3Cb%3E年费%3C/b%3E")
    await expect(page.locator("#question")).to_have_value("<b>年费</b>")
    await expect(page.locator("#clear")).to_be_enabled()
    assert "q=" not in await page.evaluate("location.href")
    await expect(page.locator(".said")).to_have_count(0)


@pytest.mark.parametrize(
    "text",
    [
        "<img src=x onerror='window.hit=1'>",
        "</script><script>window.hit=1</script>",
        "{{7*7}}${7*7}",
        "javascript:window.hit=1",
        "<b>x</b>",
    ],
)
async def test_markup_stays_text(page: Page, service: Service, text: str) -> None:
    service.office.title = Span(text, bold=True, link="javascript:window.hit=1")
    await ask(page, text)
    assert await page.locator(".said").inner_text() == text
    assert await page.locator(".card .title").inner_text() == text
    assert await page.locator(".card a").count() == 0
    assert await page.locator("#log img, #log script, #log b").count() == 0
    await page.reload()
    await expect(page.locator(".card .title")).to_have_text(text)
    assert await page.evaluate("window.hit") is None


async def test_a_link_opens_outside_and_tells_nobody_where_from(page: Page, service: Service) -> None:
    service.office.title = Span("原文", bold=True, link="https://www.example.org/policy")
    await ask(page)
    link = page.locator(".card a")
    assert await link.get_attribute("rel") == "noopener noreferrer"
    assert await link.get_attribute("target") == "_blank"


async def test_copying_takes_the_source_along(page: Page, context: BrowserContext) -> None:
    await context.grant_permissions(["clipboard-read", "clipboard-write"])
    await ask(page)
    await page.clock.install()
    await page.clock.pause_at(datetime.now(UTC) + timedelta(hours=1))  # The word goes back after a moment.
    await page.get_by_role("button", name="复制回答和出处").click()
    await expect(page.locator(".copy")).to_have_text("已复制")
    copied = await page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("深圳市专利申请资助管理办法\n深圳市 · 市级")
    assert "「第九条" in copied
    assert "摘自「知策」" in copied.splitlines()[-1]


async def test_reading_above_is_not_disturbed_by_news(page: Page, service: Service) -> None:
    for number in range(3):
        await ask(page, f"问题 {number}")
    service.office.may_answer.clear()
    await page.fill("#question", "最后一个")
    await page.press("#question", "Enter")
    await expect(page.locator("#typing")).to_be_visible()
    await page.evaluate("document.getElementById('scroll').scrollTop = 0")
    service.office.may_answer.set()
    news = page.get_by_role("button", name="新消息")
    await expect(news).to_be_visible()
    assert await page.evaluate("document.getElementById('scroll').scrollTop") == 0
    await news.click()
    await expect(news).to_be_hidden()
    await expect(page.locator(".card").last).to_be_in_viewport()


async def test_a_refused_session_is_explained_and_can_be_tried_again(context: BrowserContext, service: Service) -> None:
    page = await context.new_page()
    await page.route("**/chat/session", lambda route: route.fulfill(status=429, headers={"Retry-After": "600"}, json={}))
    await page.goto(service.address)
    await expect(page.locator("#state")).to_contain_text("新开的对话较多")
    await page.fill("#question", "先写着")
    await page.press("#question", "Enter")
    await page.unroute("**/chat/session")
    await page.get_by_role("button", name="立即重试").click()
    await expect(page.locator(".card")).to_have_count(1)
    await expect(page.locator(".said")).to_have_text(["先写着"])


async def test_a_cleared_session_in_another_tab_begins_anew_here_too(page: Page, context: BrowserContext, service: Service) -> None:
    await ask(page)
    other = await context.new_page()
    await other.goto(service.address)
    await expect(other.locator(".card")).to_have_count(1)
    await page.get_by_role("button", name="清空并重新开始").click()
    await page.get_by_role("button", name="清空", exact=True).click()
    await expect(other.locator(".card")).to_have_count(0)
    await expect(other.locator(".office")).to_have_count(1)
    await ask(other)
    await expect(page.locator(".card")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(390, 844), (320, 568), (1280, 800)])
async def test_it_can_be_read_and_operated_by_everybody(
    new_context: Callable[..., Awaitable[BrowserContext]], service: Service, scheme: str, size: tuple[int, int]
) -> None:
    width, height = size
    context = await new_context(viewport={"width": width, "height": height}, color_scheme=scheme, locale="en", has_touch=True)
    page = await context.new_page()
    await page.goto(service.address)
    await page.locator(".office").wait_for()
    await expect(page.locator("#samples")).to_be_visible()
    assert await page.evaluate(FAULTS) == []
    assert await page.evaluate(CONTRAST) == []
    await ask(page)
    await page.fill("#question", "长" * 4001)
    await expect(page.locator("#send")).to_be_disabled()
    assert await page.evaluate(FAULTS) == []
    assert await page.evaluate(CONTRAST) == []
    await service.stop()
    await expect(page.locator("#state")).to_have_attribute("data-state", "bad")
    assert await page.evaluate(CONTRAST) == []
    await service.start()


async def test_a_screen_reader_hears_news_and_not_the_whole_history(page: Page) -> None:
    log = page.get_by_role("log", name="对话内容")
    await expect(log).to_have_attribute("aria-live", "polite")
    states = await page.evaluate(
        """async () => {
          const log = document.getElementById("log");
          return [log.getAttribute("aria-busy"), log.querySelector("article .unseen").textContent.trim()];
        }"""
    )
    assert states == [None, "知策"]
    assert await page.locator("#question").get_attribute("aria-describedby") == "length"
    await expect(page.get_by_role("textbox", name="输入您的问题")).to_be_visible()


async def test_nothing_comes_from_elsewhere_and_nothing_complains(context: BrowserContext, service: Service) -> None:
    page = await context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    await page.goto(service.address)
    await ask(page)
    assert {url.split("/")[2] for url in asked} == {f"127.0.0.1:{service.port}"}
    assert complaints == []


async def test_print_shows_the_conversation_and_nothing_else(page: Page) -> None:
    await ask(page)
    await page.emulate_media(media="print")
    await expect(page.locator(".card")).to_be_visible()
    for other in ("#composer", "#clear", ".choices", ".languages"):
        await expect(page.locator(other)).to_be_hidden()


async def test_the_embedded_panel_opens_and_closes_by_keyboard(context: BrowserContext, service: Service) -> None:
    page = await context.new_page()
    await page.goto(f"{service.address}embed")
    button = page.get_by_role("button", name="打开政策问答")
    await button.focus()
    await page.keyboard.press("Enter")
    panel = page.get_by_role("dialog", name="知策政策问答")
    await expect(panel).to_be_visible()
    inside = page.frame_locator("iframe")
    await expect(inside.locator("#question")).to_be_focused()
    await page.keyboard.type("embedded")
    await page.keyboard.press("Enter")
    await expect(inside.locator(".card")).to_have_count(1)
    await page.keyboard.press("Escape")
    await expect(panel).to_be_hidden()
    await expect(button).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(inside.locator(".card")).to_have_count(1)
    await expect(inside.locator("#question")).to_be_focused()
    close = page.get_by_role("button", name="关闭政策问答")
    await close.focus()
    await page.keyboard.press("Escape")
    await expect(panel).to_be_hidden()
    await expect(button).to_be_focused()


async def test_a_site_that_is_not_listed_cannot_show_the_chat(context: BrowserContext, service: Service) -> None:
    page = await context.new_page()
    # The same server under another name is another site.
    await page.goto(f"http://localhost:{service.port}/livez")
    async with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        await page.evaluate(
            """(address) => { const frame = document.createElement("iframe"); frame.src = address; document.body.append(frame); }""",
            service.address,
        )
    assert not await page.frames[1].locator("#question").count()


async def test_a_picture_is_shown_and_a_file_is_handed_over(page: Page, service: Service) -> None:
    assert service.office.chat is not None
    chat = service.office.heard[0].where.chat
    for number, enclosed in enumerate(service.goes_along):
        message = Outgoing(f"n{number}", Where("web", "office", chat), (Block((Span("通知"),)),), enclosed=enclosed)
        await service.office.chat.send(message)
    picture = page.locator(".enclosed img")
    await expect(picture).to_have_attribute("alt", "海报.png")
    await picture.scroll_into_view_if_needed()
    await page.wait_for_function("document.querySelector('.enclosed img').naturalWidth === 240")
    async with page.expect_download() as download:
        await page.get_by_role("link", name="申报指南.pdf").click()
    assert (await download.value).suggested_filename == "申报指南.pdf"
