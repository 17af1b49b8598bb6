"""Word lists: YAML files of ours as plain data, with a text wherever one should be, and parsed once for many starts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Set
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from knowledge.kept import kept
from knowledge.markup import CorpusError, Problem, YamlLoader

_TAG = "tag:yaml.org,2002:"
_TEXT = f"{_TAG}str"
_FIGURES = {f"{_TAG}{kind}" for kind in ("bool", "int", "float")}
_LISTS = "lists.json"

_parsed: dict[str, Any] = {}
"""What an earlier start made of a text, by its digest, until the text is asked for."""


def word_list(file: Path, figures: Set[str] = frozenset()) -> Any:
    """What a file lists; CorpusError with the line of whatever is no text. Below the keys `figures`, numbers and true or false are meant.

    YAML reads an unquoted no as false and 8760 as a number: such a word would never be found, and nobody would be told.
    """
    text = file.read_text(encoding="utf-8")
    content = _parsed.pop(_digest(text), None) or _loaded(file, text)
    if not _is_text(content, figures):
        raise CorpusError(_amiss(file.name, yaml.compose(text, Loader=YamlLoader), figures))
    return content


def _loaded(file: Path, text: str) -> Any:
    try:
        return yaml.load(text, Loader=YamlLoader) or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise CorpusError([Problem(file.name, mark.line + 1 if mark else 1, f"not YAML: {getattr(error, 'problem', error)}")]) from error


def _is_text(content: object, figures: Set[str], meant: bool = False) -> bool:
    match content:
        case str():
            return True
        case list():
            return all([_is_text(each, figures, meant) for each in content])
        case dict():
            keys = all([isinstance(key, str) for key in content])
            return keys and all([_is_text(each, figures, meant or key in figures) for key, each in content.items()])
        case _:
            return meant and isinstance(content, int | float)


def _amiss(file: str, node: Any, figures: Set[str], meant: bool = False) -> Iterator[Problem]:
    match node:
        case yaml.MappingNode():
            for key, value in node.value:
                yield from _amiss(file, key, figures)
                yield from _amiss(file, value, figures, meant or key.value in figures)
        case yaml.SequenceNode():
            for each in node.value:
                yield from _amiss(file, each, figures, meant)
        case _ if node.tag != _TEXT and not (meant and node.tag in _FIGURES):
            found = node.value or "nothing"
            yield Problem(file, node.start_mark.line + 1, f"{found} stands where a text is wanted: put it in quotes")


@contextmanager
def remembered(cache: Path | None, files: Iterable[Path]) -> Iterator[None]:
    """Meanwhile the lists that an earlier start has parsed are read from a folder of ours: that takes a twentieth of the time."""
    known = remember(cache, "lists", files)
    try:
        yield
    finally:
        for digest in known:
            _parsed.pop(digest, None)


def remember(cache: Path | None, kind: str, files: Iterable[Path]) -> Iterable[str]:
    """The same until each of them is asked for: of lists that somebody is sure to ask for. Gives the digests of those not yet waiting."""
    if not cache:
        return ()
    texts = [file.read_text(encoding="utf-8") for file in sorted(files)]
    found = kept(cache, f"{kind}-{_digest(*texts)}", partial(_keep, texts), _read) or {}
    new = found.keys() - _parsed.keys()
    _parsed.update(found)
    return new


def _keep(texts: Iterable[str], folder: Path) -> None:
    parsed = {_digest(text): content for text in texts if _comes_back(content := yaml.load(text, Loader=YamlLoader))}
    (folder / _LISTS).write_text(json.dumps(parsed, ensure_ascii=False), encoding="utf-8")


def _comes_back(content: object) -> bool:
    """What is no text as a key would come back as one, and no longer be refused."""
    try:
        return bool(json.loads(json.dumps(content)) == content)
    except TypeError:
        return False


def _read(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / _LISTS).read_bytes())
    return found


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()
