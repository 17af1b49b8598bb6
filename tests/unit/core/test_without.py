"""What a library need not take along stays away, and only while it is imported."""

from __future__ import annotations

import sys

import pytest

from bot.core.without import without


def test_within_it_is_as_if_not_installed_and_afterwards_it_is_there() -> None:
    loaded = sys.modules.pop("colorsys", None)
    try:
        with without("colorsys"), pytest.raises(ImportError):
            import colorsys
        import colorsys

        assert colorsys.rgb_to_hsv(0, 0, 0) == (0, 0, 0)
    finally:
        if loaded:
            sys.modules["colorsys"] = loaded


def test_whoever_has_it_already_keeps_it() -> None:
    import json

    with without("json"):
        import json as again

        assert again is json


def test_what_is_unused_is_there_in_name_only_and_afterwards_for_whoever_uses_it() -> None:
    loaded = sys.modules.pop("colorsys", None)
    try:
        with without(unused="colorsys"):
            import colorsys

            assert colorsys.rgb_to_hsv is object
        assert "colorsys" not in sys.modules
    finally:
        if loaded:
            sys.modules["colorsys"] = loaded
