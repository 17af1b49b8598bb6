"""`make bench` goes on when something is missing, and says when something failed."""

from __future__ import annotations

import pytest

from benchmarks import __main__ as short


def test_what_is_missing_is_told_and_is_no_failure(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(short, "SHORT", (("not_there",), ("questions",)))
    assert short.main([]) == 0
    said = capsys.readouterr().out
    assert "missing: benchmarks.not_there" in said
    assert "== python -m benchmarks.questions" in said, "the next one ran"


def test_what_fails_is_named_and_the_others_go_on(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(short, "SHORT", (("reminders", "--no-such-option"), ("questions",)))
    assert short.main([]) == 1
    said = capsys.readouterr().out
    assert "== python -m benchmarks.questions" in said
    assert said.endswith("failed: reminders\n")
