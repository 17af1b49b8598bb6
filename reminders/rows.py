"""Reads the package's own YAML, which holds what is data: days, words, tables."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # The C loader reads the tables in a tenth of the time.


def rows(path: str) -> Any:
    return yaml.load((HERE / path).read_text(encoding="utf-8"), _LOADER)


def month_day(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)


def on(year: int, month: int, day: int) -> date | None:
    """That day, or nothing when the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
