"""What happens in a dialog, and what the person is to see, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.core.message import Text
from handlers.forms.answers import Given
from handlers.forms.eligibility import Judged, Verdict
from handlers.forms.form import Condition, Step, Value
from handlers.forms.path import Slot

PAGE = 8
"""Questions offered for editing at once."""

# ---- what the person does ----


@dataclass(frozen=True)
class Answer:
    """Words, a picked option or files. Words that ask for something else (返回, 取消 …) are heard as that."""

    given: Given


@dataclass(frozen=True)
class Back:
    pass


@dataclass(frozen=True)
class Edit:
    slot: str


@dataclass(frozen=True)
class Change:
    """Wants to see what can be edited."""

    page: int = 0


@dataclass(frozen=True)
class Skip:
    pass


@dataclass(frozen=True)
class Keep:
    """Leaves the answer under edit as it is."""


@dataclass(frozen=True)
class Take:
    """Takes over what is known for the question asked."""


@dataclass(frozen=True)
class TakeAll:
    pass


@dataclass(frozen=True)
class Decline:
    """Does not take over what is known: question by question."""


@dataclass(frozen=True)
class AllFit:
    pass


@dataclass(frozen=True)
class OneByOne:
    pass


@dataclass(frozen=True)
class Continue:
    """Goes on though a condition is not met."""


@dataclass(frozen=True)
class Agree:
    pass


@dataclass(frozen=True)
class Later:
    pass


@dataclass(frozen=True)
class Cancel:
    pass


@dataclass(frozen=True)
class Discard:
    """Deletes the draft; the only event that takes answers away."""


@dataclass(frozen=True)
class Why:
    pass


@dataclass(frozen=True)
class Restart:
    pass


@dataclass(frozen=True)
class Resume:
    pass


@dataclass(frozen=True)
class Submit:
    pass


Event = (
    Answer
    | Back
    | Edit
    | Change
    | Skip
    | Keep
    | Take
    | TakeAll
    | Decline
    | AllFit
    | OneByOne
    | Continue
    | Agree
    | Later
    | Cancel
    | Discard
    | Why
    | Restart
    | Resume
    | Submit
)


# ---- what the person sees ----


@dataclass(frozen=True)
class Entry:
    """A question and its answer; None was skipped."""

    slot: Slot
    value: Value | None


@dataclass(frozen=True)
class Overview:
    """All conditions that are sentences, to be affirmed at once or one by one."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class AskCondition:
    condition: Condition
    number: int
    of: int


@dataclass(frozen=True)
class Verdicts:
    """What the conditions came to. `decides`: the person must choose to go on."""

    judged: tuple[Judged, ...]
    verdict: Verdict
    decides: bool


@dataclass(frozen=True)
class AskConsent:
    notice: str


@dataclass(frozen=True)
class Offer:
    """What is known, to be taken over with one tap."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Ask:
    slot: Slot
    number: int
    of: int
    kept: Value | None = None
    """The answer under edit."""
    known: Value | None = None
    """What could be taken over."""
    pieces: Value | None = None
    reason: str = ""
    """Why staff want it corrected, in their words."""


@dataclass(frozen=True)
class Problem:
    """The answer was not taken; the question follows again."""

    reason: Text
    step: Step | None = None
    """Its example helps where the question itself shows none."""


@dataclass(frozen=True)
class Reasons:
    """Why the question is asked."""

    step: Step


@dataclass(frozen=True)
class Purpose:
    """What a screen without a question is for."""

    stage: str


@dataclass(frozen=True)
class Moved:
    """Answers set aside because an earlier one changed, and answers that came back."""

    aside: tuple[str, ...]
    back: tuple[Slot, ...]


@dataclass(frozen=True)
class Changed:
    """The programme's questions changed since the last time."""

    aside: tuple[str, ...]
    added: tuple[Slot, ...]


@dataclass(frozen=True)
class Summary:
    entries: tuple[Entry, ...]
    aside: int
    """Answers kept but not handed in."""


@dataclass(frozen=True)
class PickEdit:
    entries: tuple[Entry, ...]
    page: int


@dataclass(frozen=True)
class Stale:
    """A choice from before: nothing changed, the current question follows."""


@dataclass(frozen=True)
class Unneeded:
    """Words or a tap that mean nothing here."""


@dataclass(frozen=True)
class Between:
    """A question of policy was answered in between: nothing changed, the current screen follows."""


@dataclass(frozen=True)
class NothingBefore:
    pass


@dataclass(frozen=True)
class Away:
    """The person left. `cancelled`: they may want the draft deleted; `blank`: nothing was answered yet."""

    cancelled: bool
    blank: bool = False


@dataclass(frozen=True)
class Discarded:
    pass


@dataclass(frozen=True)
class Submitted:
    at: datetime


Note = Moved | Changed | Stale | Unneeded | Between | NothingBefore | Away | Discarded | Submitted
"""Said beside a screen, or instead of one."""
Show = Overview | AskCondition | Verdicts | AskConsent | Offer | Ask | Problem | Reasons | Purpose | Summary | PickEdit | Note
