"""Answers that applicants give, for tests of whole dialogs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache

from bot.core.message import Text
from bot.words import LANGUAGES, Words
from handlers.forms.answers import Aids, File, Given
from handlers.forms.form import Step, Value

WORDS = Words.open()
NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)


@cache
def spoken(id: str) -> tuple[str, ...]:
    return tuple(WORDS.say(Text(id), language) for language in LANGUAGES)


AIDS = Aids(date(2026, 11, 22), spoken)

KNOWN: dict[str, Value] = {
    "org-name": "苏州某某科技有限公司",
    "uscc": "91350100M000100Y43",
    "district": "wujiang",
    "address": "苏州市吴江区某某路 1 号",
    "postcode": "215200",
    "contact-name": "张敏",
    "contact-mobile": "13800138000",
    "contact-phone": "0512-65221234",
    "contact-email": "zhang@example.com",
    "org-type": "enterprise",
    "legal-rep": "王伟",
}
"""A profile with the basics."""
FACTS: dict[str, Value] = {**KNOWN, "ip-team": "5 人，负责人张敏", "researchers": 40, "fee-reduced": True}
"""A profile of a company that has applied before."""

_TEXTS = {
    "text": "某某",
    "long-text": "第一段\n第二段",
    "name": "李娜",
    "company": "苏州乙科技有限公司",
    "address": "苏州市吴江区某某路 2 号",
    "email": "li@example.com",
    "percent": "60%",
    "money": "500万",
    "date": "2026-03-01",
    "nice": "9, 35",
    "uscc": "91350100M000100Y43",
    "identity": "11010519491231002X",
    "patent": "2017106018623",
    "trademark": "12345678",
    "madrid": "1234567",
    "right": "ZL95115608.X",
    "mobile": "13912345678",
    "phone": "0512-65221235",
    "postcode": "215000",
}


def good(step: Step, choice: int = 0) -> tuple[Given, ...]:
    """What answers a step: one message, or several for what is given in pieces. `choice` varies it."""
    match step.kind:
        case "number":
            return (Given(str((step.least or 0) + choice)),)
        case "yes-no":
            return (Given(picks=("yes" if choice % 2 else "no",)),)
        case "confirm":
            return (Given(picks=("yes",)),)
        case "choice":
            return (Given(picks=(step.options[choice % len(step.options)],)),)
        case "choices":
            return (Given("1"),)
        case "region":
            return (Given("合肥高新技术产业开发区" if step.within == ("hefei",) else "巢湖" if step.within == ("anhui",) else "昆山"),)
        case "files":
            file = File(f"file-{step.key}-{choice}", f"{step.key}.{step.accept[0]}", 1000)
            return (Given(files=(file,)),) if step.most == 1 else (Given(files=(file,)), Given(done=True))
        case "rows":
            row = "\t".join(good(column, choice)[0].text for column in step.columns)
            return (Given(row),) if step.most == 1 else (Given(row), Given(done=True))
        case kind:
            return (Given(_TEXTS[kind]),)
