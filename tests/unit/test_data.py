"""Data that staff and we edit by hand: a key that stands twice silently drops what stood under it first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
FILES = sorted(file for folder in ("bot", "handlers", "knowledge", "reminders", "benchmarks") for file in (ROOT / folder).rglob("*.yaml"))


class Strict(yaml.SafeLoader):
    """Reads as ever, but no key twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _value in node.value]
        assert len(set(keys)) == len(keys), f"twice{node.start_mark}: {sorted({str(key) for key in keys if keys.count(key) > 1})}"
        return super().construct_mapping(node, deep)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_key_stands_twice(file: Path) -> None:
    yaml.load(file.read_text(encoding="utf-8"), Strict)


def test_a_key_that_stands_twice_is_found() -> None:
    with pytest.raises(AssertionError, match="twice"):
        yaml.load("a: {b: 1, b: 2}", Strict)
