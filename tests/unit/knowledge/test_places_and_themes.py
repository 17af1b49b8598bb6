"""Places and themes are known by whatever people write."""

from __future__ import annotations

import pytest

from knowledge.regions import region_named
from knowledge.themes import theme_named, themes


@pytest.mark.parametrize("said", ["苏州", "蘇州", "蘇州市", "Suzhou", " “苏州” ", "ＳＵＺＨＯＵ"])
def test_a_place_is_known_in_any_spelling(said: str) -> None:
    found = region_named(said)
    assert found
    assert found.id == "suzhou"


def test_a_place_nobody_knows_is_none() -> None:
    assert (region_named("火星"), region_named("")) == (None, None)


def test_a_theme_is_known_by_its_id_its_names_in_each_language_and_its_other_names() -> None:
    for theme in themes().values():
        for name in (theme.id, *theme.names.values(), *theme.aliases):
            found = theme_named(name)
            assert found, name
