"""Kinds of answers: each one function from what was given to an accepted value in its one spelling, or a reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from bot.core.message import Text
from handlers.forms import amounts, codes
from handlers.forms.answers import PAPER, Accepted, Aids, File, Given, More, Outcome, Refused
from handlers.forms.form import Step, Value
from handlers.forms.places import is_inside, is_stretch, place_meant
from handlers.forms.vocabulary import code, figures, line, lines, vocabulary, yes_or_no
from knowledge.normal import normal

NAME, COMPANY, ADDRESS, FREE = 50, 200, 300, 2000
"""Most characters; what is longer is refused unread."""
FULL_NAME = 4
"""Letters and digits that the full name of an organisation has at least, unless its end says what it is. A step says less where a person
may stand."""
LARGEST = Decimal(10_000_000_000)
"""Yuan: 1,000,000 万元. A larger sum was probably meant in another unit."""
MEGABYTES = 20
_EMAIL = 254
_PASTED = 8000
_ROWS, _FILES = 50, 10

_PERSON = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff·]{2,20}|[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f .'-]{1,59}")
_CELLS = tuple(re.compile(mark) for mark in (r"\t", r"\|", r"[;；]", r"[,，]", "、", "/", r" +"))
_ITEMS = re.compile(r"[\n;；,，、]")

Read = Callable[[Given, Step, Aids], Outcome]


@dataclass(frozen=True)
class Kind:
    """`again` gives a kept value anew, so that it can be read under a changed question: what was accepted is accepted again."""

    read: Read
    takes: frozenset[str] = frozenset()
    """Settings a step of this kind may have."""
    needs: frozenset[str] = frozenset()
    again: Callable[[Value, Step], Given] = lambda value, step: Given(str(value))
    in_pieces: bool = False
    """Given in several messages or taps, ended by “done”."""
    typed: bool = True
    """Takes words: a number typed here is the answer, not the number of a choice."""
    example: bool = True
    """`example-<kind>` shows how it is written."""


def read(given: Given, step: Step, aids: Aids) -> Outcome:
    return KINDS[step.kind].read(given, step, aids)


def fits(value: Value, step: Step, aids: Aids) -> bool:
    """Whether a value kept from before is a whole answer to the step as it now is."""
    kind = KINDS[step.kind]
    try:
        given = kind.again(value, step)
    except (TypeError, KeyError, AttributeError):
        return False
    return kind.read(given, step, aids) == Accepted(value)


# ---- words ----


def _worded(given: Given, most: int, spelling: Callable[[str], str]) -> str | Refused:
    """The text in its spelling, or what is wrong with its length."""
    if given.files and not given.text.strip():
        return Refused(Text("refused-file-unwanted"))
    if len(given.text) > most * 2:
        return Refused(Text("refused-too-long", {"most": most}))
    written = spelling(given.text)
    if not written:
        return Refused(Text("refused-empty"))
    return written if len(written) <= most else Refused(Text("refused-too-long", {"most": most}))


def _text(most: int, spelling: Callable[[str], str] = line) -> Read:
    def read(given: Given, step: Step, aids: Aids) -> Outcome:
        written = _worded(given, step.most or most, spelling)
        if isinstance(written, Refused):
            return written
        least = step.least or 1
        return Accepted(written) if len(written) >= least else Refused(Text("refused-too-short", {"least": least}))

    return read


def _company(given: Given, step: Step, aids: Aids) -> Outcome:
    """A full name. Whether one is real is not for us to tell; what is shorter than any is asked for again."""
    written = _worded(given, COMPANY, line)
    if isinstance(written, Refused):
        return written
    if sum(map(str.isalpha, written)) < 2:
        return Refused(Text("refused-company"))
    is_short = sum(map(str.isalnum, written)) < (step.least or FULL_NAME) and not normal(written).endswith(vocabulary().bodies)
    return Refused(Text("refused-company-short", {"given": written})) if is_short else Accepted(written)


def _name(given: Given, step: Step, aids: Aids) -> Outcome:
    written = _worded(given, NAME, line)
    if isinstance(written, Refused):
        return written
    return Accepted(written) if _PERSON.fullmatch(written) else Refused(Text("refused-name"))


def _email(given: Given, step: Step, aids: Aids) -> Outcome:
    from email_validator import EmailNotValidError, validate_email

    written = _worded(given, _EMAIL, figures)
    if isinstance(written, Refused):
        return written
    try:
        return Accepted(validate_email(written, check_deliverability=False).normalized)
    except EmailNotValidError:
        return Refused(Text("refused-email"))


def _code(reader: codes.Reader, *, example: bool = True) -> Kind:
    def read(given: Given, step: Step, aids: Aids) -> Outcome:
        return reader(given.text) if given.text.strip() else _nothing(given)

    return Kind(read, example=example)


def _nothing(given: Given) -> Refused:
    return Refused(Text("refused-file-unwanted" if given.files else "refused-empty"))


# ---- numbers ----


def _number(given: Given, step: Step, aids: Aids) -> Outcome:
    value = amounts.number(given.text)
    if value is None or value != value.to_integral_value():
        return Refused(Text("refused-number")) if given.text.strip() else _nothing(given)
    least, most = step.least or 0, step.most if step.most is not None else 1_000_000_000
    if not least <= value <= most:
        return Refused(Text("refused-number-range", {"least": least, "most": most}))
    return Accepted(int(value))


def _percent(given: Given, step: Step, aids: Aids) -> Outcome:
    value = amounts.percent(given.text)
    if value is None:
        return Refused(Text("refused-percent")) if given.text.strip() else _nothing(given)
    return Accepted(amounts.plain(value)) if 0 <= value <= 100 else Refused(Text("refused-percent"))


def _money(given: Given, step: Step, aids: Aids) -> Outcome:
    """Kept in yuan. What is implausibly large is asked back: a bare figure was probably meant in yuan."""
    found = amounts.money(given.text, Decimal(1) if step.default == "yuan" else amounts.WAN)
    if found is None:
        return Refused(Text("refused-money")) if given.text.strip() else _nothing(given)
    value, unit_written = found
    if value > LARGEST:
        return Refused(Text("refused-money-large" if unit_written else "refused-money-unit", {"given": line(given.text)}))
    if value * 100 % 1:
        return Refused(Text("refused-money-cents"))
    return Accepted(amounts.plain(value))


# ---- choosing ----


def _yes_no(given: Given, step: Step, aids: Aids) -> Outcome:
    said = yes_or_no(given.picks[0] if given.picks else given.text)
    return Refused(Text("refused-yes-no")) if said is None else Accepted(said)


def _confirm(given: Given, step: Step, aids: Aids) -> Outcome:
    said = yes_or_no(given.picks[0] if given.picks else given.text)
    return Accepted(True) if said else Refused(Text("refused-confirm"))


def _choice(given: Given, step: Step, aids: Aids) -> Outcome:
    picked = [pick for pick in given.picks if pick in step.options]
    if given.text and not given.picks:
        picked = _options_typed([given.text], step, aids)
    return Accepted(picked[0]) if len(picked) == 1 else Refused(Text("refused-choice"))


def _choices(given: Given, step: Step, aids: Aids) -> Outcome:
    """Taps switch an option on and off until “done”; typed options are the whole answer."""
    held = [option for option in given.so_far if option in step.options] if isinstance(given.so_far, list) else []
    if given.text:
        return _several(_options_typed([part for part in _ITEMS.split(given.text) if part.strip()], step, aids), step)
    chosen = [option for option in step.options if (option in held) != (option in given.picks)]
    return _several(chosen, step) if given.done else More(list[Value](chosen))


def _several(chosen: list[str], step: Step) -> Outcome:
    return Accepted([option for option in step.options if option in chosen]) if chosen else Refused(Text("refused-choice"))


def _options_typed(parts: list[str], step: Step, aids: Aids) -> list[str]:
    """The options meant, each by its place in the list or by its wording; nothing when one of them is not clear."""
    if len(parts) > len(step.options) or any(len(part) > COMPANY for part in parts):
        return []
    found = [_option_typed(part, step, aids) for part in parts]
    return [option for option in found if option] if all(found) else []


def _option_typed(text: str, step: Step, aids: Aids) -> str:
    said = normal(text)
    if said.isascii() and said.isdigit() and len(said) < 3 and 0 < int(said) <= len(step.options):
        return step.options[int(said) - 1]
    wordings = {option: [normal(wording) for wording in aids.spoken(step.option_words(option))] for option in step.options}
    whole = [option for option, spoken in wordings.items() if said in spoken]
    part = [option for option, spoken in wordings.items() if len(said) > 1 and any(said in each for each in spoken)]
    return next((found[0] for found in (whole, part) if len(found) == 1), "")


def _date(given: Given, step: Step, aids: Aids) -> Outcome:
    if not given.text.strip():
        return _nothing(given)
    day = aids.dates(given.text, aids.today) if len(given.text) <= NAME else None
    return Accepted(day.isoformat()) if day else Refused(Text("refused-date"))


def _nice(given: Given, step: Step, aids: Aids) -> Outcome:
    """One or more classes, 1 to 45."""
    text = given.text if len(given.text) <= COMPANY else ""
    parts = [code(part).lstrip("0") for part in _ITEMS.split(text) if part.strip()]
    numbers = sorted({int(part) for part in parts if part.isdigit() and len(part) < 3})
    whole = len(parts) > 0 and all(part.isdigit() and len(part) < 3 and 0 < int(part) <= 45 for part in parts)
    return Accepted(list[Value](numbers)) if whole else Refused(Text("refused-nice"))


# ---- places ----


def _region(given: Given, step: Step, aids: Aids) -> Outcome:
    if not given.text.strip() and not given.picks:
        return _nothing(given)
    found = place_meant(given.picks[0] if given.picks else given.text, step.within)
    if found is None or is_stretch(found):
        return Refused(Text("refused-region"))
    return Accepted(found.id) if is_inside(found, step.within) else Refused(Text("refused-region-outside"))


# ---- files and tables ----


def _files(given: Given, step: Step, aids: Aids) -> Outcome:
    """Several may come at once or one after another; the last one allowed ends the question. Or it is brought on paper."""
    if PAPER in given.picks:
        return Accepted(PAPER)
    held = [File.of(each) for each in given.so_far] if isinstance(given.so_far, list) else []
    if given.text.strip() and not given.files and not given.done:
        return Refused(Text("refused-file-wanted"))
    for file in given.files:
        if reason := file_problem(file, step):
            return Refused(reason)
    together = list({file.id: file for file in (*held, *given.files)}.values())
    most = step.most or _FILES
    if len(together) > most:
        return Refused(Text("refused-files-most", {"most": most}))
    if not together:
        return Refused(Text("refused-file-wanted"))
    value: list[Value] = [file.plain() for file in together]
    return Accepted(value) if given.done or len(together) == most else More(value)


def _files_again(value: Value, step: Step) -> Given:
    if value == PAPER:
        return Given(picks=(PAPER,))
    return Given(files=tuple(File.of(each) for each in _listed(value)), done=True)


def file_problem(file: File, step: Step) -> Text | None:
    ending = file.name.rpartition(".")[2].lower()
    ending = "jpg" if ending == "jpeg" else ending
    if step.accept and ending not in step.accept:
        return Text("refused-file-type", {"accept": ", ".join(step.accept)})
    if file.size > MEGABYTES * 1024 * 1024:
        return Text("refused-file-large", {"most": MEGABYTES})
    return Text("refused-file-empty") if file.size <= 0 else None


def _rows(given: Given, step: Step, aids: Aids) -> Outcome:
    """One row a line. A line that cannot be read leaves all of its message untaken, so that no row is taken twice."""
    held = list(given.so_far) if isinstance(given.so_far, list) else []
    if given.files and not given.text.strip():
        return _nothing(given)
    if len(given.text) > _PASTED:
        return Refused(Text("refused-too-long", {"most": _PASTED}))
    added: list[Value] = []
    for number, written in enumerate(_written_rows(given.text, step), start=1):
        row = _row(written, step, aids, number)
        if isinstance(row, Refused):
            return row
        added.append(row)
    together, most = held + added, step.most or _ROWS
    if len(together) > most:
        return Refused(Text("refused-rows-most", {"most": most}))
    if not together or not (added or given.done):
        return Refused(Text("refused-empty"))
    return Accepted(together) if given.done or len(together) == most else More(together)


def _written_rows(text: str, step: Step) -> list[str]:
    pieces = _ITEMS.split(text) if len(step.columns) == 1 else text.split("\n")
    return [piece.strip() for piece in pieces if piece.strip()]


def _row(written: str, step: Step, aids: Aids, number: int) -> dict[str, Value] | Refused:
    cells = _cells(written, len(step.columns))
    if cells is None:
        return Refused(Text("refused-row-cells", {"row": number, "columns": len(step.columns)}))
    row: dict[str, Value] = {}
    for column, cell in zip(step.columns, cells, strict=True):
        match read(Given(cell), column, aids):
            case Accepted(value):
                row[column.key] = value
            case Refused(reason):
                return Refused(Text("refused-row", {"row": number, "column": Text(column.words), "reason": reason}))
            case More():
                raise TypeError(f"{column.kind} is given in pieces: no cell of a table")
    return row


def _cells(written: str, count: int) -> list[str] | None:
    """The line parted by the first mark that gives as many cells as there are columns."""
    if count == 1:
        return [written]
    parted = ([cell.strip() for cell in mark.split(written)] for mark in _CELLS)
    return next((cells for cells in parted if len(cells) == count and all(cells)), None)


def _rows_again(value: Value, step: Step) -> Given:
    rows = [row if isinstance(row, dict) else {} for row in _listed(value)]
    return Given("\n".join("\t".join(_cell_again(row[column.key], column) for column in step.columns) for row in rows), done=True)


def _cell_again(cell: Value, column: Step) -> str:
    return KINDS[column.kind].again(cell, column).text


def _listed(value: Value) -> list[Value]:
    if not isinstance(value, list):
        raise TypeError(value)
    return value


def _money_again(value: Value, step: Step) -> Given:
    # In yuan, whatever a bare figure of this step counts in.
    return Given(f"{value} yuan")


def _picked(value: Value, step: Step) -> Given:
    return Given(picks=(str(value).lower() if isinstance(value, bool) else str(value),))


def _strings(values: Iterable[Value]) -> tuple[str, ...]:
    return tuple(str(value) for value in values)


_LENGTH = frozenset({"least", "most"})

KINDS: Mapping[str, Kind] = {
    "text": Kind(_text(COMPANY), _LENGTH, example=False),
    "long-text": Kind(_text(FREE, lines), _LENGTH, example=False),
    "name": Kind(_name),
    "company": Kind(_company, takes=frozenset({"least"})),
    "address": Kind(_text(ADDRESS), frozenset({"least"})),
    "email": Kind(_email),
    "number": Kind(_number, _LENGTH | {"unit"}),
    "percent": Kind(_percent),
    "money": Kind(_money, frozenset({"default"}), again=_money_again),
    "yes-no": Kind(_yes_no, again=_picked, typed=False, example=False),
    "confirm": Kind(_confirm, again=_picked, typed=False, example=False),
    "choice": Kind(_choice, frozenset({"options"}), frozenset({"options"}), again=_picked, typed=False, example=False),
    "choices": Kind(
        _choices,
        frozenset({"options"}),
        frozenset({"options"}),
        again=lambda value, step: Given(picks=_strings(_listed(value)), done=True),
        in_pieces=True,
        typed=False,
        example=False,
    ),
    "date": Kind(_date, takes=frozenset({"after"})),
    "region": Kind(_region, frozenset({"within"}), again=_picked),
    "nice": Kind(_nice, again=lambda value, step: Given(",".join(_strings(_listed(value))))),
    "files": Kind(
        _files,
        frozenset({"accept", "most", "paper"}),
        frozenset({"accept"}),
        again=_files_again,
        in_pieces=True,
        example=False,
    ),
    "rows": Kind(_rows, frozenset({"columns", "most"}), frozenset({"columns"}), again=_rows_again, in_pieces=True, example=False),
    "uscc": _code(codes.uscc),
    "identity": _code(codes.identity, example=False),
    "patent": _code(codes.patent),
    "application": _code(codes.application),
    "pct": _code(codes.pct),
    "trademark": _code(codes.trademark),
    "madrid": _code(codes.madrid),
    "ipc": _code(codes.ipc),
    "software": _code(codes.software),
    "right": _code(codes.right),
    "mobile": _code(codes.mobile),
    "phone": _code(codes.phone),
    "postcode": _code(codes.postcode),
}
