"""Why a question is not answered."""

from __future__ import annotations

from dataclasses import dataclass

UNSURE = "unsure"
"""No reason to refuse, but one to ask back."""


@dataclass(frozen=True)
class Refusal:
    reason: str
    """UNSURE where the clauses found are worth asking about."""
    about: str = ""
