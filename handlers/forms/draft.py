"""An application being filled in, as one frozen value that goes into a row and comes back unchanged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from handlers.forms.form import Value


class Stage(StrEnum):
    ELIGIBILITY = "eligibility"
    VERDICT = "verdict"
    """A condition is not met: the person decides whether to go on."""
    CONSENT = "consent"
    OFFER = "offer"
    """What is known already is shown, to be taken over or not."""
    STEPS = "steps"
    SUMMARY = "summary"
    SUBMITTED = "submitted"
    DISCARDED = "discarded"


@dataclass(frozen=True)
class Consent:
    notice: str
    at: datetime


@dataclass(frozen=True)
class Draft:
    """`held` has every answer ever given: which of them count is worked out, never stored, so that no change can lose one."""

    id: str
    form: str
    version: int
    """Of the form these answers were given to."""
    started: datetime
    updated: datetime
    stage: Stage = Stage.ELIGIBILITY
    stamp: int = 1
    """Raised with every change: a choice put before it is stale."""
    away: bool = False
    """The person left; all is kept for them to come back."""
    one_by_one: bool = False
    fitness: Mapping[str, Value] = field(default_factory=dict)
    """Answers to the conditions, in the order given."""
    consent: Consent | None = None
    known: Mapping[str, Value | None] = field(default_factory=dict)
    """From the profile, the last application, or before a restart: offered, and no answer until taken."""
    held: Mapping[str, Value | None] = field(default_factory=dict)
    at: str = ""
    """The slot asked again by choice; "" for the first open one."""
    pieces: Mapping[str, Value] = field(default_factory=dict)
    """What was given so far to questions answered in pieces and not ended yet, by slot."""
    trail: tuple[str, ...] = ()
    """Slots answered, the latest last: the way back."""
    redo: Mapping[str, str] = field(default_factory=dict)
    """Slots staff want corrected, with the reason."""
    submitted: datetime | None = None

    @property
    def is_blank(self) -> bool:
        """Nothing was answered yet."""
        return not (self.fitness or self.held or self.pieces)

    def plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {
            "id": self.id,
            "form": self.form,
            "version": self.version,
            "started": self.started.isoformat(),
            "updated": self.updated.isoformat(),
            "stage": self.stage.value,
            "stamp": self.stamp,
            "away": self.away,
            "one_by_one": self.one_by_one,
            "fitness": dict(self.fitness),
            "consent": {"notice": self.consent.notice, "at": self.consent.at.isoformat()} if self.consent else None,
            "known": dict(self.known),
            "held": dict(self.held),
            "at": self.at,
            "pieces": dict(self.pieces),
            "trail": list(self.trail),
            "redo": dict(self.redo),
            "submitted": self.submitted.isoformat() if self.submitted else None,
        }

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Draft:
        consent = plain["consent"]
        return cls(
            **{
                **plain,
                "started": datetime.fromisoformat(plain["started"]),
                "updated": datetime.fromisoformat(plain["updated"]),
                "stage": Stage(plain["stage"]),
                "consent": Consent(consent["notice"], datetime.fromisoformat(consent["at"])) if consent else None,
                "trail": tuple(plain["trail"]),
                "submitted": datetime.fromisoformat(plain["submitted"]) if plain["submitted"] else None,
            }
        )
