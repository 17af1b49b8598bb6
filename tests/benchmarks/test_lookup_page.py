"""The page of figures: a run replaces what it wrote, and nothing that was written by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.report import placed

PAGE = Path(__file__).parents[2] / "docs" / "performance.md"
TITLES = ("Lookup", "Speed of the lookup")


@pytest.mark.parametrize("title", TITLES)
def test_a_run_replaces_what_it_wrote_and_leaves_what_stands_around(title: str) -> None:
    page = PAGE.read_text(encoding="utf-8")
    new = placed(page, title, "new figures\n")
    before, after = page.split(f"<!-- {title}: written")[0], page.split(f"<!-- {title}: end -->")[1]
    assert new.startswith(before)
    assert new.endswith(after)
    assert placed(new, title, "new figures\n") == new
    assert len(new) < len(page)


@pytest.mark.parametrize("title", TITLES)
def test_what_is_told_by_hand_stands_outside_of_the_marks(title: str) -> None:
    section = PAGE.read_text(encoding="utf-8").split(f"\n## {title}\n")[1].split("\n## ")[0]
    assert section.split(f"<!-- {title}: end -->")[1].strip()


def test_a_page_without_the_section_gets_it_at_its_end() -> None:
    page = placed("# Performance\n", "Lookup", "figures\n")
    assert page == placed(page, "Lookup", "figures\n")
    assert page.startswith("# Performance\n\n## Lookup\n\n<!-- Lookup: written by")
