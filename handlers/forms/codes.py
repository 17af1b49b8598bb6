"""Registration numbers: their shape, their check characters, and the one spelling they are kept in."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from bot.core.message import Text
from handlers.forms import amounts
from handlers.forms.answers import Accepted, Outcome, Refused
from handlers.forms.vocabulary import code, figures

LONGEST = 60
"""Characters of anything typed as a number; longer is refused unread."""

_USCC = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}")
_NEVER_IN_USCC = frozenset("IOSVZ")
_PATENT = re.compile(r"(?:CN|ZL)?((?:\d{4}|\d{2})[12389](?:\d{7}|\d{5}))\.?([0-9X])")
_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
_PCT = re.compile(r"PCT/?([A-Z]{2})/?(\d{4})/?(\d{6})")
_TRADEMARK = re.compile(r"\d{1,8}[A-Z]{0,2}")
_MADRID = re.compile(r"G?\d{6,7}[A-Z]?")
_IPC = re.compile(r"[A-H]\d{2}[A-Z]\d{1,4}/\d{2,6}")
_SOFTWARE = re.compile(r"\d{4}SR\d{6,7}")
_MOBILE = re.compile(r"(?:\+?86|0086)?(1[3-9]\d{9})")
_PHONE = re.compile(r"(?:\+?86|0086)?\(?(0(?:10|2\d|[3-9]\d{2}))\)?(\d{7,8})(?:(?:EXT\.?|X|#|,|/)(\d{1,6}))?")
_PHONE_WRITTEN = re.compile(r"(0\d{2,3})-?(\d{7,8})-(\d{1,6})")

Reader = Callable[[str], Outcome]


def uscc(text: str) -> Outcome:
    """统一社会信用代码, GB 32100-2015: only the last character is checked, for some old codes fail the inner one."""
    from stdnum.cn import uscc as standard

    if len(text) > LONGEST:
        return Refused(Text("refused-too-long", {"most": LONGEST}))
    number = code(text)
    if not number:
        return Refused(Text("refused-uscc-none"))
    if len(number) != 18:
        return Refused(Text("refused-uscc-length", {"count": len(number)}))
    if wrong := sorted(_NEVER_IN_USCC & set(number)):
        return Refused(Text("refused-uscc-letter", {"letter": wrong[0]}))
    if not _USCC.fullmatch(number):
        return Refused(Text("refused-uscc-shape"))
    return Accepted(number) if standard.calc_check_digit(number[:17]) == number[17] else Refused(Text("refused-uscc-check"))


def identity(text: str) -> Outcome:
    """The number of a resident identity card."""
    from stdnum.cn import ric
    from stdnum.exceptions import ValidationError

    if len(text) > LONGEST:
        return Refused(Text("refused-too-long", {"most": LONGEST}))
    try:
        return Accepted(ric.validate(code(text)))
    except ValidationError:
        return Refused(Text("refused-identity"))


def patent(text: str) -> Outcome:
    """专利号, ZL before it and a dot before the check digit, whether or not they were typed."""
    return _patent(text, "ZL")


def application(text: str) -> Outcome:
    """申请号: the same number before the grant, without ZL."""
    return _patent(text, "")


def _patent(text: str, before: str) -> Outcome:
    if len(text) > LONGEST:
        return Refused(Text("refused-too-long", {"most": LONGEST}))
    found = _PATENT.fullmatch(code(text))
    if found is None or len(found[1]) not in (8, 12):
        return Refused(Text("refused-patent-shape"))
    if found[2] != check_digit(found[1]):
        return Refused(Text("refused-patent-check"))
    return Accepted(f"{before}{found[1]}.{found[2]}")


def check_digit(digits: str) -> str:
    """The check digit of a Chinese application number of 8 or 12 digits."""
    left = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False)) % 11
    return "X" if left == 10 else str(left)


def pct(text: str) -> Outcome:
    found = _PCT.fullmatch(code(text)) if len(text) <= LONGEST else None
    return Accepted(f"PCT/{found[1]}{found[2]}/{found[3]}") if found else Refused(Text("refused-pct"))


def _shaped(shape: re.Pattern[str], reason: str) -> Reader:
    def read(text: str) -> Outcome:
        number = code(text) if len(text) <= LONGEST and not _is_sum(text) else ""
        return Accepted(number) if shape.fullmatch(number) else Refused(Text(reason))

    return read


def _is_sum(text: str) -> bool:
    """500万元 is the answer to another question, not the trademark 500."""
    found = amounts.money(text, Decimal(1))
    return found is not None and found[1]


trademark = _shaped(_TRADEMARK, "refused-trademark")
madrid = _shaped(_MADRID, "refused-madrid")
ipc = _shaped(_IPC, "refused-ipc")
software = _shaped(_SOFTWARE, "refused-software")
postcode = _shaped(re.compile(r"\d{6}"), "refused-postcode")


def right(text: str) -> Outcome:
    """A number of any registered right. What looks like a patent is held to its check digit."""
    readings = (patent, pct, software, trademark, madrid)
    found = [outcome for outcome in (read(text) for read in readings) if isinstance(outcome, Accepted)]
    if found:
        return found[0]
    misspelt = patent(text)
    return misspelt if isinstance(misspelt, Refused) and misspelt.reason.id == "refused-patent-check" else Refused(Text("refused-right"))


def mobile(text: str) -> Outcome:
    found = _MOBILE.fullmatch(code(text)) if len(text) <= LONGEST else None
    return Accepted(found[1]) if found else Refused(Text("refused-mobile"))


def phone(text: str) -> Outcome:
    """A fixed line: area code, number, extension, with hyphens between."""
    if len(text) > LONGEST:
        return Refused(Text("refused-phone"))
    # The hyphen before an extension carries meaning; all others are only between.
    written = _PHONE_WRITTEN.fullmatch(figures(text))
    number = f"{written[1]}{written[2]}#{written[3]}" if written else text
    found = _PHONE.fullmatch(code(number))
    if found is None:
        return Refused(Text("refused-phone"))
    return Accepted("-".join(part for part in found.groups() if part))
