"""Words of Chinese text, cut by jieba with a small dictionary of our own: its own takes a second to load and knows no programme of ours.

`words.txt` holds the commonest words of jieba's dictionary (MIT licence) with their frequencies, and beginnings of them that are no words
with none, as jieba wants them; the glossary comes on top.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import Any

_FILE = Path(__file__).parent / "words.txt"
_KEPT = 64
"""Texts whose words are kept: one question is cut more than once while it is read."""
_OURS = 2000
"""A frequency high enough that a term of the glossary is never cut in two common words."""


class Words:
    """Loads jieba at the first cut, or when `load` is called: an import that answers do not wait for unless they need it."""

    def __init__(self, terms: Iterable[str] = ()) -> None:
        self._terms = tuple(dict.fromkeys(terms))
        self._added = frozenset(self._terms)
        self._tokenizer: Any = None
        self._lock = Lock()
        self._cut = lru_cache(maxsize=_KEPT)(self._cut_once)

    def load(self) -> None:
        with self._lock:
            if self._tokenizer is None:
                self._tokenizer = self._built()

    def commonness(self, word: str) -> int:
        """How often the word stands in general Chinese text; 0 for a word we added or do not know."""
        self.load()
        return 0 if word in self._added else int(self._tokenizer.FREQ.get(word) or 0)

    def cut(self, text: str) -> list[str]:
        return list(self._cut(text))

    def _cut_once(self, text: str) -> tuple[str, ...]:
        if self._tokenizer is None:
            self.load()
        return tuple(self._tokenizer.cut(text, HMM=False))

    def _built(self) -> Any:
        jieba = _jieba()
        jieba.setLogLevel(logging.ERROR)
        tokenizer = jieba.Tokenizer()
        # What `initialize` does, without its cache in a folder that everybody may write to.
        tokenizer.FREQ = _frequencies()
        tokenizer.total = sum(tokenizer.FREQ.values())
        tokenizer.initialized = True
        for term in self._terms:
            tokenizer.add_word(term, freq=_OURS)
        return tokenizer


def _frequencies() -> dict[str, int]:
    content = _FILE.read_text(encoding="utf-8").split()
    # One number for all words that are as frequent: half a megabyte.
    numbers = {written: int(written) for written in content[1::2]}
    return dict(zip(content[::2], map(numbers.__getitem__, content[1::2]), strict=True))


def _jieba() -> Any:
    """Without what it loads and we never ask for: `pkg_resources`, for a path only, and the tables by which it guesses at words, 3 MB."""
    if "jieba" in sys.modules:
        return sys.modules["jieba"]
    unasked = {"pkg_resources": None, "jieba.finalseg": ModuleType("jieba.finalseg")}
    hidden = {name: stand_in for name, stand_in in unasked.items() if name not in sys.modules}
    sys.modules.update(hidden)  # type: ignore[arg-type]
    try:
        import jieba
    finally:
        for name in hidden:
            del sys.modules[name]
    return jieba
