"""One spelling that two claim is found, and both places are named."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.collisions import collisions
from knowledge.reading import CORPUS

Edit = Callable[[str, str, str], list[str]]

GLOSSARY = """\
terms:
- term: 国家知识产权局
  same: [国知局, CNIPA]
  en: [cnipa]
- term: 专利导航
  near: [专利分析]
  en: [patent navigation]
- term: 分析评议
  same: [知识产权评议]
  en: [ip review]
rings:
- [小厂, 中小企业]
english:
  patent navigation: [专利导航]
  island: [岛]
"""
REGIONS = """\
places:
  suzhou:
    names: {zh-CN: 苏州市, zh-TW: 蘇州市, en: Suzhou}
    aliases: [苏州]
  kunshan: {parent: suzhou, names: {zh-CN: 昆山市, zh-TW: 崑山市, en: Kunshan}, aliases: [昆山]}
  changshu: {parent: suzhou, names: {zh-CN: 常熟市, zh-TW: 常熟市, en: Changshu}, aliases: [常熟]}
elsewhere:
  北京 Beijing: [海淀 Haidian, 朝阳 Chaoyang]
  辽宁 Liaoning:
    [沈阳 Shenyang,
     朝阳 Chaoyang]
shared: [朝阳, chaoyang]
"""
THEMES = """\
copyright:
  names: {zh-CN: 版权, zh-TW: 著作權, en: Copyright}
  aliases: [著作权, 软著]
secrets:
  names: {zh-CN: 商业秘密, zh-TW: 營業秘密, en: Trade secrets}
  aliases: [技术秘密]
"""


@pytest.fixture
def edited(tmp_path: Path) -> Edit:
    """Changes one file of a small vocabulary, or of two of our documents, and gives what is then found."""
    for file, text in (("glossary.yaml", GLOSSARY), ("regions.yaml", REGIONS), ("themes.yaml", THEMES)):
        (tmp_path / file).write_text(text, encoding="utf-8")
    for file in ("wujiang-ip-longterm.md", "jiangsu-ip-measures.md"):
        shutil.copy(CORPUS / file, tmp_path)

    def change(file: str, old: str, new: str) -> list[str]:
        path = tmp_path / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return [str(problem) for problem in collisions(tmp_path, tmp_path)]

    return change


def test_ours_are_free_of_them() -> None:
    assert collisions() == []


def test_a_wording_of_two_terms_is_found(edited: Edit) -> None:
    found = edited("glossary.yaml", "知识产权评议", "国知局")
    assert found == ["glossary.yaml:9: 国知局 is of 分析评议, and of 国家知识产权局 in glossary.yaml:3"]


@pytest.mark.parametrize("spelling", ["國知局", "国 知局", "cnipa"])
def test_another_script_or_case_is_the_same_wording(edited: Edit, spelling: str) -> None:
    (problem,) = edited("glossary.yaml", "知识产权评议", spelling)
    assert problem.startswith("glossary.yaml:9: ") and problem.endswith("in glossary.yaml:3")


def test_what_stands_near_several_terms_is_none(edited: Edit) -> None:
    assert edited("glossary.yaml", "  en: [ip review]", "  near: [专利分析]") == []


def test_an_english_phrase_of_two_terms_is_found(edited: Edit) -> None:
    (problem,) = edited("glossary.yaml", "en: [ip review]", "en: [CNIPA]")
    assert problem.startswith("glossary.yaml:10: CNIPA means 分析评议/知识产权评议, and ")
    assert "in glossary.yaml:4; say ambiguous" in problem


def test_a_term_may_say_that_it_is_ambiguous(edited: Edit) -> None:
    assert edited("glossary.yaml", "en: [ip review]", "en: [cnipa]\n  ambiguous: 也指国家知识产权局") == []


def test_an_english_phrase_of_a_term_and_of_the_list_is_found(edited: Edit) -> None:
    (problem,) = edited("glossary.yaml", "island: [岛]", "cnipa: [岛]")
    assert problem.startswith("glossary.yaml:15: cnipa means 岛, and ") and "in glossary.yaml:4" in problem


def test_a_phrase_said_twice_with_one_meaning_is_none(edited: Edit) -> None:
    assert edited("glossary.yaml", "island: [岛]", "ip review: [知识产权评议]") == []


def test_a_phrase_that_stands_twice_in_the_list_is_found(edited: Edit) -> None:
    found = edited("glossary.yaml", "island: [岛]", "patent navigation: [专利导航, 专利]")
    assert found == ["glossary.yaml:15: patent navigation stands in glossary.yaml:14 already; only one of the two would count"]


def test_a_spelling_of_two_places_is_found(edited: Edit) -> None:
    found = edited("regions.yaml", "aliases: [常熟]", "aliases: [常熟, 昆山]")
    assert found == ["regions.yaml:6: 昆山 is of changshu, and of kunshan in regions.yaml:5"]


def test_a_place_elsewhere_collides_with_one_we_know(edited: Edit) -> None:
    assert edited("regions.yaml", "沈阳 Shenyang", "沈阳 Suzhou") == [
        "regions.yaml:10: Suzhou is of 辽宁/沈阳, and of suzhou in regions.yaml:3"
    ]


def test_a_spelling_that_two_places_really_have_must_be_listed(edited: Edit) -> None:
    found = edited("regions.yaml", "shared: [朝阳, chaoyang]", "shared: [朝阳]")
    assert found == ["regions.yaml:11: Chaoyang is of 辽宁/朝阳, and of 北京/朝阳 in regions.yaml:8"]


def test_a_listed_spelling_of_one_place_is_found(edited: Edit) -> None:
    found = edited("regions.yaml", "shared: [", "shared: [昆山, ")
    assert found == ["regions.yaml:12: 昆山 is listed as shared, and no two places have it"]


def test_a_word_of_two_themes_is_found(edited: Edit) -> None:
    found = edited("themes.yaml", "技术秘密", "软著")
    assert found == ["themes.yaml:6: 软著 is of secrets, and of copyright in themes.yaml:3"]


def test_a_short_name_of_two_documents_is_found(edited: Edit) -> None:
    found = edited("wujiang-ip-longterm.md", "吴江规划]", "吴江规划, 江苏21条]")
    assert found == [
        "wujiang-ip-longterm.md:4: 江苏21条 is of wujiang-ip-longterm.md, and of jiangsu-ip-measures.md in jiangsu-ip-measures.md:4"
    ]


def test_a_short_name_may_not_be_the_title_of_another(edited: Edit) -> None:
    (problem,) = edited("jiangsu-ip-measures.md", "江苏21条", "吴江区知识产权中长期发展规划")
    assert problem.startswith("wujiang-ip-longterm.md:3: ") and problem.endswith("in jiangsu-ip-measures.md:4")


def test_a_vocabulary_that_is_not_yaml_is_found(edited: Edit) -> None:
    (problem,) = edited("themes.yaml", "copyright:\n", "copyright: [\n")
    assert problem.startswith("themes.yaml:") and "not YAML" in problem
