"""Hints about earlier years: each with a source, none with an address that is not to be shown, none a prediction."""

from __future__ import annotations

from pathlib import Path

from reminders.programmes import by_name, faults, programmes

ROW = """
- id: a
  names: {zh-CN: 奖}
  region: ""
  themes: []
  organiser: 局
  past:
  - year: 2025
    grade: B
    source: []
  - year: 2024
    grade: C
    source:
    - {publisher: 局}
"""


def test_a_row_without_source_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "programmes.yaml"
    path.write_text(ROW, encoding="utf-8")
    assert [str(fault) for fault in faults(path)] == [
        "programmes.yaml:8: a window of an earlier year needs a source: its publisher and date",
        "programmes.yaml:14: a source needs date",
        "programmes.yaml:11: the grade is A or B: what nobody has seen is no hint",
    ]


def test_ours_are_sound() -> None:
    assert faults() == []
    assert len(programmes()) >= 10


def test_a_programme_is_known_by_every_name_it_has() -> None:
    for programme in programmes().values():
        assert all(by_name(name) is programme for name in (programme.id, *programme.names.values()))
    assert by_name("诺贝尔奖") is None


def test_hints_are_about_years_that_are_over() -> None:
    assert all(past.year < 2026 for programme in programmes().values() for past in programme.past)
