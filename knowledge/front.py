"""Front matter read into a document's metadata: every key known, every value of its type, every problem named at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from knowledge.document import DateState, Document, Level, Notice, NoticeCode, Repair, Source, StatedDate, Stripped
from knowledge.markup import Sheet
from knowledge.regions import regions

NOT_STATED = "not stated"
DAMAGED = "damaged"
LOST = "□"

_REQUIRED = (
    *("id", "title", "short_names", "number", "issuer", "region", "level", "kind", "official"),
    *("issued", "effective", "expires", "period", "source", "summary"),
)
_OPTIONAL = ("fields", "notices", "stripped", "repairs", "conflicts", "remarks")
_KINDS = ("plan", "measures", "action-plan", "sample")
_GRADES = ("A", "B", "C", "D")


@dataclass(frozen=True)
class Place:
    """A spot of the text that a notice belongs to: the clause's anchor and a verbatim piece of the passage."""

    clause: str
    quote: str


@dataclass(frozen=True)
class Conflict:
    detail: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Remark:
    place: Place
    detail: str


@dataclass(frozen=True)
class Front:
    """What the front matter says: the document, still without its clauses, and notices that go to single spots of its text."""

    document: Document
    conflicts: tuple[Conflict, ...]
    remarks: tuple[Remark, ...]


def read_front(sheet: Sheet) -> Front:
    """The sheet's metadata. What is wrong with it joins the sheet's problems, and a harmless value stands in."""
    _complain_about_keys(sheet)
    read = _Reader(sheet)
    number, number_state = read.number()
    document = Document(
        id=read.text("id"),
        title=read.text("title"),
        short_names=read.texts("short_names"),
        number=number,
        number_state=number_state,
        issuer=read.unless_unstated("issuer"),
        region=read.region(),
        level=Level(read.one_of("level", tuple(Level))),
        kind=read.one_of("kind", _KINDS),
        official=read.flag("official"),
        issued=read.date("issued"),
        effective=read.date("effective"),
        expires=read.date("expires"),
        period=read.period(),
        source=read.source(),
        summary=read.text("summary"),
        fields={str(key): str(value) for key, value in read.mapping("fields").items()},
        notices=read.notices(),
        stripped=tuple(Stripped(**entry) for entry in read.entries("stripped", line=int, text=str, why=str)),
        repairs=read.repairs(),
        clauses=(),
    )
    return Front(document, read.conflicts(), read.remarks())


def _complain_about_keys(sheet: Sheet) -> None:
    for key in sheet.front.keys() - {*_REQUIRED, *_OPTIONAL}:
        sheet.complain(sheet.line_of(key), f"front matter key is not known: {key}")
    for key in _REQUIRED:
        if key not in sheet.front:
            sheet.complain(1, f"front matter lacks {key}")


class _Reader:
    """Reads typed values from one sheet's front matter; owns nothing but where to complain."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def _get(self, key: str) -> Any:
        return self._sheet.front.get(key)

    def _complain(self, key: str, wanted: str) -> None:
        if key in self._sheet.front or key in _OPTIONAL:
            self._sheet.complain(self._sheet.line_of(key), f"front matter {key}: {wanted}")

    def text(self, key: str) -> str:
        value = self._get(key)
        if isinstance(value, str) and value.strip():
            return value
        self._complain(key, "a text is wanted")
        return ""

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._get(key)
        if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
            return tuple(value)
        self._complain(key, "a list of texts is wanted")
        return ()

    def flag(self, key: str) -> bool:
        value = self._get(key)
        if not isinstance(value, bool):
            self._complain(key, "true or false is wanted")
        return value is True

    def one_of(self, key: str, allowed: tuple[str, ...]) -> str:
        value = self._get(key)
        if value not in allowed:
            self._complain(key, f"one of {', '.join(allowed)} is wanted")
            return allowed[-1]
        return str(value)

    def unless_unstated(self, key: str) -> str:
        text = self.text(key)
        return "" if text == NOT_STATED else text

    def number(self) -> tuple[str, DateState]:
        states = {NOT_STATED: DateState.NOT_STATED, DAMAGED: DateState.DAMAGED}
        text = self.text("number")
        return ("", states[text]) if text in states else (text, DateState.KNOWN)

    def region(self) -> str | None:
        value = self.text("region")
        if value == "none":
            return None
        if value and value not in regions():
            self._complain("region", f"not in regions.yaml: {value}")
        return value

    def date(self, key: str) -> StatedDate:
        match self._get(key):
            case date() as on:
                return StatedDate(DateState.KNOWN, on)
            case str() as text if text == NOT_STATED:
                pass
            case {"damaged": str() as shown, **others} if LOST in shown and not others:
                return StatedDate(DateState.DAMAGED, shown=shown)
            case _:
                self._complain(key, f"a date, {NOT_STATED!r} or {{damaged: …{LOST}…}} is wanted")
        return StatedDate(DateState.NOT_STATED)

    def period(self) -> tuple[int, int] | None:
        match self._get("period"):
            case [int() as first, int() as last] if first <= last:
                return (first, last)
            case {"targets": int() as year, **others} if not others:
                return (year, year)
            case str() as text if text == NOT_STATED:
                pass
            case _:
                self._complain("period", f"[first year, last year], {{targets: year}} or {NOT_STATED!r} is wanted")
        return None

    def source(self) -> Source:
        entry = self.mapping("source")
        if entry.keys() != {"file", "sha256", "publisher", "grade"}:
            self._complain("source", "file, sha256, publisher and grade are wanted")
        if not re.fullmatch(r"[0-9a-f]{64}", str(entry.get("sha256"))):
            self._complain("source", "sha256 is not 64 hexadecimal digits")
        if entry.get("grade") not in _GRADES:
            self._complain("source", "grade is one of A, B, C, D")
        return Source(*(str(entry.get(key, "")) for key in ("file", "sha256", "publisher", "grade")))

    def mapping(self, key: str) -> dict[str, Any]:
        value = self._get(key)
        if value is None or isinstance(value, dict):
            return value or {}
        self._complain(key, "a mapping is wanted")
        return {}

    def entries(self, key: str, optional: tuple[str, ...] = (), **types: type) -> list[dict[str, Any]]:
        """The list under `key` whose entries have just these names and types; others are complained about and left out."""
        value = self._get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self._complain(key, "a list is wanted")
            return []
        good = [entry for entry in value if _fits(entry, types, optional)]
        if len(good) < len(value):
            numbers = [str(number) for number, entry in enumerate(value, start=1) if entry not in good]
            self._complain(key, f"entry {', '.join(numbers)}: wanted are {', '.join(types)}")
        return good

    def notices(self) -> tuple[Notice, ...]:
        entries = self.entries("notices", code=str, detail=str)
        if any(entry["code"] not in tuple(NoticeCode) for entry in entries):
            self._complain("notices", f"code is one of {', '.join(NoticeCode)}")
            return ()
        return tuple(Notice(NoticeCode(entry["code"]), entry["detail"]) for entry in entries)

    def repairs(self) -> tuple[Repair, ...]:
        texts = dict.fromkeys(("id", "clause", "source", "reads", "kind", "grade", "basis", "detail"), str)
        entries = self.entries("repairs", optional=("shown", "detail"), line=int, shown=bool, **texts)
        if any(entry["grade"] not in _GRADES for entry in entries):
            self._complain("repairs", f"grade is one of {', '.join(_GRADES)}")
        return tuple(Repair(**{**entry, "clause": f"{self.text('id')}#{entry['clause']}"}) for entry in entries)

    def conflicts(self) -> tuple[Conflict, ...]:
        entries = self.entries("conflicts", detail=str, places=list)
        for entry in entries:
            if len(entry["places"]) < 2 or not all(_fits(place, {"clause": str, "quote": str}, ()) for place in entry["places"]):
                self._complain("conflicts", "two or more places with clause and quote are wanted")
                return ()
        return tuple(Conflict(entry["detail"], tuple(Place(**place) for place in entry["places"])) for entry in entries)

    def remarks(self) -> tuple[Remark, ...]:
        entries = self.entries("remarks", clause=str, quote=str, detail=str)
        return tuple(Remark(Place(entry["clause"], entry["quote"]), entry["detail"]) for entry in entries)


def _fits(entry: object, types: dict[str, type], optional: tuple[str, ...]) -> bool:
    if not isinstance(entry, dict) or not entry.keys() <= types.keys():
        return False
    return all(isinstance(entry[key], kind) if key in entry else key in optional for key, kind in types.items())
