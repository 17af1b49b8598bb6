"""Tables as CSV and XLSX. No cell is ever a formula, a link or a number, whatever people wrote."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence

Table = Sequence[Sequence[str]]

# Control characters raise in XLSX; those that turn the direction of writing hide what stands there.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_FORMULA = re.compile("^[\\s\u3000]*[=+\\-@＝＋－＠﹦﹢﹣﹫]|^[\t\r\n]")
_NO_NAME = re.compile(r"[\[\]:*?/\\']")
_NAME = 31
_CELL = 32_767
"""Characters a cell holds."""


def neutral(text: str) -> str:
    """A cell that no program takes for a formula."""
    clean = _UNSEEN.sub("", text)
    return f"'{clean}" if _FORMULA.match(clean) else clean


def as_csv(table: Table) -> bytes:
    """With the mark by which spreadsheets know UTF-8."""
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL).writerows(table)
    return written.getvalue().encode("utf-8-sig")


def as_xlsx(table: Table) -> bytes:
    return as_workbook({"": table})


def as_workbook(tables: Mapping[str, Table]) -> bytes:
    """A sheet for each, by that name."""
    from xlsxwriter import Workbook

    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(written, options) as book:
        for count, (name, table) in enumerate(tables.items(), start=1):
            # A name may stand once, whatever is cut off.
            sheet = book.add_worksheet(f"{count} {_NO_NAME.sub(' ', name)}"[:_NAME].strip() if name else None)
            for number, row in enumerate(table):
                for column, cell in enumerate(row):
                    sheet.write_string(number, column, cell[:_CELL])
    return written.getvalue()


FORMS: dict[str, Callable[[Table], bytes]] = {"csv": as_csv, "xlsx": as_xlsx}
