"""Test files that share a name cannot be collected together where their folders are no packages."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

TESTS = Path(__file__).parent.parent


def test_no_two_test_files_share_a_name() -> None:
    loose = (path for path in TESTS.rglob("test_*.py") if not (path.parent / "__init__.py").exists())
    names = Counter(path.name for path in loose)
    assert [name for name, count in names.items() if count > 1] == []
