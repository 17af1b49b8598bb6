"""What a dialog says, screen by screen, and how an answer reads."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import reduce

from bot.core.message import Text
from handlers.forms import amounts, screens
from handlers.forms.answers import File
from handlers.forms.eligibility import Finding, Judged, Verdict
from handlers.forms.form import Condition, Form, Step, Value
from handlers.forms.kinds import KINDS
from handlers.forms.places import offered_regions
from handlers.forms.screens import Entry, Show
from knowledge.regions import regions

Shown = Text | str | int | date
"""What may stand as a value in a message."""
_MASKED_TAIL = 4


class Saying:
    """To one reader."""

    def __init__(self, form: Form, language: str, *, whole: bool = False, files: bool = True) -> None:
        """`whole`: what is sensitive is shown in full, to staff who said why. `files`: they can be sent here."""
        self._form, self._language, self._whole, self._files = form, language, whole, files

    def blocks(self, show: Show) -> list[Text]:
        match show:
            case screens.Overview(conditions):
                lines = [Text("form-condition-line", {"condition": _condition(each)}) for each in conditions]
                return [*self._title(), Text("form-overview", bold=True), *lines]
            case screens.AskCondition():
                return self._ask_condition(show)
            case screens.Verdicts():
                return _verdicts(show)
            case screens.AskConsent(notice):
                return [Text(f"consent-{notice}"), Text("form-consent-ask")]
            case screens.Offer(entries):
                return [Text("form-offer", bold=True), *self.lines(entries)]
            case screens.Ask():
                return self._ask(show)
            case screens.Problem(reason, step):
                return [reason, *(_example(step, self._language) if step else ())]
            case screens.Reasons(step):
                why = Text("form-why", {"label": Text(step.words), "why": Text(f"why-{step.why}")})
                return [why, *([Text("form-why-usual")] if step.grade == "C" else [])]
            case screens.Purpose(stage):
                return [Text(f"form-purpose-{stage}")]
            case screens.Summary(entries, aside):
                more = [Text("form-aside", {"count": aside})] if aside else []
                return [Text("form-summary", bold=True), *self.lines(entries), *more, Text("form-summary-next")]
            case screens.PickEdit():
                return [Text("form-pick-edit")]
            case _:
                return _note(show)

    def _title(self) -> list[Text]:
        about = [Text("form-title", {"name": Text(f"{self._form.id}-name")}, bold=True), Text(f"{self._form.id}-about")]
        return [*about, *([Text("form-draft", {"note": Text(f"{self._form.id}-draft")})] if self._form.draft else [])]

    def _ask_condition(self, show: screens.AskCondition) -> list[Text]:
        condition = show.condition
        said = Text("form-condition", {"number": show.number, "of": show.of, "condition": _condition(condition)}, bold=True)
        asks = Text(condition.asks.words) if condition.asks else Text("form-condition-fits")
        draft = [Text("form-condition-draft")] if condition.draft else []
        return [*(self._title() if show.number == 1 else []), said, _source(condition), *draft, asks]

    def _ask(self, show: screens.Ask) -> list[Text]:
        step = show.slot.step
        values: dict[str, Shown] = {"number": show.number, "of": show.of, "label": Text(step.words)}
        told = show.slot.told_round
        head = Text("form-ask-round", {**values, "round": told}, True) if told else Text("form-ask", values, True)
        given = [
            Text(id, {"given": self.value(value, step)})
            for id, value in (("form-kept", show.kept), ("form-known", show.known), ("form-pieces", self._pieces(show)))
            if value is not None and value != []
        ]
        reason = [Text("form-reason", {"reason": show.reason})] if show.reason else []
        optional = [Text("form-optional")] if step.optional else []
        how = _how(step, self._language) if self._files or step.kind != "files" else [Text("form-files-not-here")]
        return [head, *reason, *how, *optional, *given]

    def _pieces(self, show: screens.Ask) -> Value | None:
        # Options switched on are marked on their buttons.
        return None if show.slot.step.options else show.pieces

    def lines(self, entries: Iterable[Entry]) -> list[Text]:
        return [self.line(number, entry) for number, entry in enumerate(entries, start=1)]

    def line(self, number: int, entry: Entry) -> Text:
        given = Text("form-skipped") if entry.value is None else self.value(entry.value, entry.slot.step)
        values: dict[str, Shown] = {"number": number, "label": Text(entry.slot.step.words), "given": given}
        told = entry.slot.told_round
        return Text("form-line-round", {**values, "round": told}) if told else Text("form-line", values)

    def labelled(self, entry: Entry, *, marked: bool) -> Text:
        """A question by its name alone, for choosing it."""
        label = Text(entry.slot.step.words)
        return Text("form-chosen", {"option": label}) if marked else label

    def value(self, value: Value, step: Step) -> Shown:
        """An answer as its reader reads it. What is sensitive shows its end only: messages are kept."""
        if step.sensitive and not self._whole:
            return Text("form-masked", {"last": str(value)[-_MASKED_TAIL:]})
        if isinstance(value, list):
            return self._several(value, step)
        match step.kind, value:
            case "files", str():
                return Text("form-on-paper")
            case "choice", str(option):
                return Text(step.option_words(option))
            case "region", str(place) if place in regions():
                return regions()[place].name(self._language)
            case "money", str(yuan):
                return _money(Decimal(yuan))
            case "percent", str(amount):
                return Text("form-percent", {"amount": amount})
            case "date", str(day):
                return date.fromisoformat(day)
            case _, bool(said):
                return Text("choice-yes" if said else "choice-no")
            case _, int(number):
                return number
            case _:
                return str(value)

    def _several(self, values: list[Value], step: Step) -> Shown:
        match step.kind:
            case "rows":
                return _joined("form-lines", (self._row(row, step) for row in values))
            case "files":
                return _listed(File.of(file).name for file in values)
            case "choices":
                return _listed(Text(step.option_words(str(option))) for option in values)
            case _:
                return _listed(str(each) for each in values)

    def _row(self, row: Value, step: Step) -> Shown:
        cells = row if isinstance(row, dict) else {}
        return _joined("form-cells", (self.value(cells[column.key], column) for column in step.columns if column.key in cells))


_SAID = {
    screens.Stale: "form-stale",
    screens.Unneeded: "form-unneeded",
    screens.Between: "form-between",
    screens.NothingBefore: "form-nothing-before",
    screens.Discarded: "form-discarded",
}
_LEFT = {
    (False, False): "form-saved",
    (True, False): "form-cancelled",
    (False, True): "form-saved-blank",
    (True, True): "form-cancelled-blank",
}
"""By whether it was cancelled, and whether nothing was answered."""


def _note(show: screens.Note) -> list[Text]:
    """What is said beside a screen, or at the end of a dialog."""
    match show:
        case screens.Moved(aside, back):
            moved = [Text("form-moved", {"count": len(aside)})] if aside else []
            return [*moved, *([Text("form-returned", {"labels": _listed(Text(slot.step.words) for slot in back)})] if back else [])]
        case screens.Changed():
            return _changed(show)
        case screens.Away(cancelled, blank):
            return [Text(_LEFT[cancelled, blank])]
        case screens.Submitted(at):
            return [Text("form-submitted", {"at": at})]
        case _:
            return [Text(_SAID[type(show)])]


def _condition(condition: Condition) -> Text:
    return Text(condition.words)


def _source(condition: Condition) -> Text:
    source, others = condition.sources[0], len(condition.sources) - 1
    values: dict[str, Shown] = {"publisher": source.publisher, "date": source.date}
    if others:
        return Text("form-condition-sources", {"publisher": source.publisher, "count": others + 1})
    return Text("form-condition-source-undated" if source.date == "n.d." else "form-condition-source", values)


def _verdicts(show: screens.Verdicts) -> list[Text]:
    """The conditions that need a word, each with where it comes from."""
    heads = {Verdict.MAY: "form-may", Verdict.OPEN: "form-open", Verdict.MAY_NOT: "form-may-not"}
    told = [text for each in show.judged if each.finding is not Finding.MET for text in (_judged(each), _source(each.condition))]
    return [Text(heads[show.verdict], bold=True), *told, *([Text("form-may-not-next")] if show.decides else [])]


def _judged(judged: Judged) -> Text:
    condition = judged.condition
    if judged.finding is not Finding.SHORT:
        return Text("form-unsure" if judged.finding is Finding.UNSURE else "form-unverified", {"condition": _condition(condition)})
    limits = (("least", condition.least), ("most", condition.most), ("below", condition.below))
    which, limit = next(((name, limit) for name, limit in limits if limit is not None), ("", None))
    if limit is None or condition.asks is None:
        return Text("form-short", {"condition": _condition(condition)})
    if condition.asks.kind == "money":
        money = {"limit": _money(Decimal(limit)), "given": _money(Decimal(str(judged.given)))}
        return Text(f"form-short-{which}", {"condition": _condition(condition), "unit": "", **money})
    unit: Text | str = Text(f"unit-{condition.asks.unit}") if condition.asks.unit else ""
    return Text(f"form-short-{which}", {"condition": _condition(condition), "limit": limit, "given": str(judged.given), "unit": unit})


def _changed(show: screens.Changed) -> list[Text]:
    aside = [Text("form-changed-aside", {"count": len(show.aside)})] if show.aside else []
    added = [Text("form-changed-added", {"labels": _listed(Text(slot.step.words) for slot in show.added)})] if show.added else []
    return [Text("form-changed"), *aside, *added]


def _how(step: Step, language: str) -> list[Text]:
    """How to answer: an example, what to send, when to say “done”."""
    match step.kind:
        case "files":
            return [Text("form-files", {"accept": ", ".join(step.accept), "most": step.most or 1})]
        case "rows" if step.most != 1:
            return [*_example(step, language), Text("form-rows")]
        case "choices":
            return [Text("form-choices")]
        case "money" if step.default != "yuan":
            return [*_example(step, language), Text("form-money-unit")]
        case _:
            return _example(step, language)


def _example(step: Step, language: str) -> list[Text]:
    shown = example(step, language)
    return [Text("form-example", {"example": shown})] if shown else []


def example(step: Step, language: str) -> Text | str | None:
    """An answer that the question takes: its own, a place inside its area, or that of its kind."""
    if step.example:
        return Text(f"{step.words}-example")
    if step.kind == "region" and (inside := offered_regions(step)):
        return regions()[inside[0]].name(language)
    return Text(f"example-{step.kind}") if KINDS[step.kind].example else None


def _money(yuan: Decimal) -> Text:
    """In 万元 where that makes the figure shorter to read."""
    if yuan >= amounts.WAN and yuan % 100 == 0:
        return Text("form-money-wan", {"amount": amounts.plain(yuan / amounts.WAN)})
    return Text("form-money-yuan", {"amount": amounts.plain(yuan)})


def _listed(values: Iterable[Shown]) -> Shown:
    return _joined("form-list", values)


def _joined(id: str, values: Iterable[Shown]) -> Shown:
    """Words within words, since each language has its own mark between."""
    several = list(values)
    return reduce(lambda first, rest: Text(id, {"first": first, "rest": rest}), several) if several else ""
