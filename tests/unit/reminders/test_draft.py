"""Windows as staff write them."""

from __future__ import annotations

from datetime import date, time

import pytest

from reminders.draft import Wrong, cut_off
from reminders.window import CutOff, Level

LAST = date(2027, 3, 20)


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("2027-03-20", None),
        ("2027-03-20 17:00", time(17)),
        ("2027年3月20日（周六）17:00", time(17)),
        ("2027年3月20日（星期六）", None),
        ("2027年3月20日前", None),
        ("2027.3.20 9：30止", time(9, 30)),
    ],
)
def test_a_cut_off_is_a_day_or_a_minute_of_it(written: str, at: time | None) -> None:
    assert cut_off("", written) == CutOff(Level.CITY, LAST, at)


@pytest.mark.parametrize("written", ["2027-03-20 17时", "2027-03-20 下午5:00", "2027-03-20 24:00", "2027-03-200", "2027-03-20 17"])
def test_an_hour_that_is_not_understood_is_never_left_out(written: str) -> None:
    """Else people would be told the whole day, or five in the morning."""
    with pytest.raises(Wrong) as refused:
        cut_off("市", written)
    assert refused.value.text.id == "draft-time-impossible"
