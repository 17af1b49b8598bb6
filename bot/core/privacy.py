"""Takes personal data out of a question before it is kept."""

from __future__ import annotations

import re

HIDDEN = "…"

# What names a person or reaches one. Figures of policy (years, amounts, document numbers) are shorter and stay.
_PERSONAL = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # e-mail
    r"|@[^\s@,，。:：?？!！]{1,24}"  # mentions
    r"|https?://\S+|www\.\S+"
    r"|(?<![0-9A-Za-z])[0-9A-HJ-NPQRTUWXY]{18}(?![0-9A-Za-z])"  # identity card, unified social credit code
    r"|(?:ZL)?\d{8,13}(?:[.．][\dXx])?"  # patents and applications; telephone numbers without marks
    r"|(?:\+?\d[\d\s-]{6,}\d)"  # telephone numbers
    r"|(?<=[我叫是姓])[\u4e00-\u9fff]{1,3}(?=(?:先生|女士|小姐|经理))"
)
MOST = 300


def masked(text: str) -> str:
    """The text without addresses, numbers of people and firms, and mentions; cut to what a question needs."""
    return re.sub(r"\s+", " ", _PERSONAL.sub(HIDDEN, text)).strip()[:MOST]
