"""Draws the screens of a dialog as a reply, and reads its choices back as events."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.core.message import Choice, Reply, Text
from handlers.forms import screens
from handlers.forms.answers import PAPER, Given
from handlers.forms.draft import Draft
from handlers.forms.eligibility import FAILS, FITS, UNSURE
from handlers.forms.form import Condition, Form, Step, Value
from handlers.forms.kinds import KINDS
from handlers.forms.places import offered_regions
from handlers.forms.saying import Saying
from handlers.forms.screens import PAGE, Event, Show
from knowledge.regions import regions

ACTION = "form"
"""The action of every choice drawn here."""

_PLAIN: dict[str, Event] = {
    "done": screens.Answer(Given(done=True)),
    "back": screens.Back(),
    "skip": screens.Skip(),
    "keep": screens.Keep(),
    "take": screens.Take(),
    "take-all": screens.TakeAll(),
    "decline": screens.Decline(),
    "all-fit": screens.AllFit(),
    "one-by-one": screens.OneByOne(),
    "go-on": screens.Continue(),
    "agree": screens.Agree(),
    "later": screens.Later(),
    "cancel": screens.Cancel(),
    "discard": screens.Discard(),
    "why": screens.Why(),
    "restart": screens.Restart(),
    "resume": screens.Resume(),
    "submit": screens.Submit(),
}
_WITH: dict[str, Callable[[str], Event]] = {
    "pick": lambda option: screens.Answer(Given(picks=(option,))),
    "edit": screens.Edit,
    "change": lambda page: screens.Change(int(page)),
}
VERBS = tuple(verb for verb in (*_PLAIN, "change") if verb != "back")
"""What a choice may say by itself; `choice-<verb>` is its label. Going back has a label of its own here."""


def draw(form: Form, draft: Draft, show: Sequence[Show], language: str, *, files: bool = True) -> Reply:
    """One message: what is to be said in order, and the choices of the last screen. `files`: they can be sent here."""
    saying = Saying(form, language, files=files)
    blocks = tuple(block for each in show for block in saying.blocks(each))
    return Reply(blocks, tuple(_Choices(draft, saying, language).of(show[-1])))


def pressed(data: str) -> tuple[str, int, Event] | None:
    """The draft, the stamp and the event of a choice drawn by `draw`; None for anything else."""
    id, stamp, verb, argument = (*data.split(" ", 3), "", "", "", "")[:4]
    if not (stamp.isascii() and stamp.isdigit()):
        return None
    if verb in _PLAIN:
        return id, int(stamp), _PLAIN[verb]
    if verb not in _WITH or (verb == "change" and not (argument.isascii() and argument.isdigit())):
        return None
    return id, int(stamp), _WITH[verb](argument)


class _Choices:
    """What may be chosen on a screen. Each has a way on and a way out; an ending has neither."""

    def __init__(self, draft: Draft, saying: Saying, language: str) -> None:
        self._draft, self._saying, self._language = draft, saying, language

    def of(self, show: Show) -> list[Choice]:
        match show:
            case screens.Overview():
                return [*self._plain("all-fit", "one-by-one"), *self._out()]
            case screens.AskCondition(condition):
                return [*self._condition_choices(condition), *self._plain("back"), *self._out()]
            case screens.Verdicts():
                return [*self._plain("go-on", "back", "restart"), *self._out()]
            case screens.AskConsent():
                return [*self._plain("agree", "back"), *self._out()]
            case screens.Offer():
                return [*self._plain("take-all", "decline", "back"), *self._out()]
            case screens.Ask():
                return self._ask_choices(show)
            case screens.Summary():
                return [*self._plain("submit", "change", "back"), *self._out()]
            case screens.PickEdit():
                return self._edit_choices(show)
            case screens.Away(cancelled):
                return self._plain("resume", "restart", *(["discard"] if cancelled else []))
            case _:
                return []

    def _condition_choices(self, condition: Condition) -> list[Choice]:
        asked = (
            self._options(condition.asks, ())
            if condition.asks
            else [self._choice("pick", each, f"choice-{each}") for each in (FITS, FAILS)]
        )
        return [*asked, self._choice("pick", UNSURE, "choice-unsure")]

    def _ask_choices(self, show: screens.Ask) -> list[Choice]:
        step, chosen = show.slot.step, show.pieces if isinstance(show.pieces, list) else []
        open_ = show.slot.id not in self._draft.held or show.slot.id in self._draft.redo
        here = [
            *(["done"] if chosen and KINDS[step.kind].in_pieces else []),
            *(["take"] if show.known is not None else []),
            *(["keep"] if show.kept is not None and not open_ else []),
            *(["skip"] if step.optional else []),
            "back",
            "why",
        ]
        return [*self._options(step, chosen), *self._plain(*here), *self._out()]

    def _options(self, step: Step, chosen: Sequence[Value]) -> list[Choice]:
        if step.kind in ("yes-no", "confirm"):
            answers = ("yes", "no") if step.kind == "yes-no" else ("yes",)
            return [self._choice("pick", answer, f"choice-{answer}") for answer in answers]
        if step.kind == "files":
            return [self._choice("pick", PAPER, "choice-paper")] if step.paper else []
        places = [(id, regions()[id].name(self._language)) for id in offered_regions(step)] if step.kind == "region" else []
        named = [Choice(ACTION, self._data("pick", id), name) for id, name in places]
        return [*named, *(self._option(step, option, marked=option in chosen) for option in step.options)]

    def _option(self, step: Step, option: str, *, marked: bool) -> Choice:
        label = Text(step.option_words(option))
        return Choice(ACTION, self._data("pick", option), Text("form-chosen", {"option": label}) if marked else label)

    def _edit_choices(self, show: screens.PickEdit) -> list[Choice]:
        first = show.page * PAGE
        lines = enumerate(show.entries[first : first + PAGE], start=first + 1)
        entries = [Choice(ACTION, self._data("edit", entry.slot.id), self._saying.line(number, entry)) for number, entry in lines]
        pages = [(show.page - 1, "choice-previous-page"), (show.page + 1, "choice-next-page")]
        turns = [self._choice("change", str(page), label) for page, label in pages if 0 <= page * PAGE < len(show.entries)]
        return [*entries, *turns, self._choice("resume", "", "choice-to-summary"), *self._out()]

    def _out(self) -> list[Choice]:
        return self._plain("later", "cancel")

    def _plain(self, *verbs: str) -> list[Choice]:
        labels = {"back": "choice-step-back"}
        return [self._choice(verb, "0" if verb == "change" else "", labels.get(verb, f"choice-{verb}")) for verb in verbs]

    def _choice(self, verb: str, argument: str, label: str) -> Choice:
        return Choice(ACTION, self._data(verb, argument), Text(label))

    def _data(self, verb: str, argument: str) -> str:
        return f"{self._draft.id} {self._draft.stamp} {verb} {argument}".rstrip()
