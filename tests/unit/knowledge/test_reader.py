"""What is understood of a question before anything is searched."""

import pytest

from knowledge.grams import grams
from knowledge.normal import normal
from knowledge.question import Question
from knowledge.reader import Reader, vocabulary
from knowledge.reading import load_corpus
from knowledge.sentences import MOST_CHARACTERS
from knowledge.words import Words


@pytest.fixture(scope="module")
def reader() -> Reader:
    documents = load_corpus()
    known = {
        gram for document in documents for clause in document.walk() for passage in clause.passages for gram in grams(normal(passage.text))
    }
    return Reader(documents, frozenset(known), Words(sorted(vocabulary())))


def asks(question: Question) -> set[str]:
    return {ask.id for ask in question.asks}


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("苏州的专利导航", ("suzhou",)),
        ("蘇州的專利導航", ("suzhou",)),
        ("苏洲的专利导航", ("suzhou",)),
        ("suzhou zhuanli daohang", ("suzhou",)),
        ("IP pledge financing in Suzhou", ("suzhou",)),
        ("苏州昆山的运营中心", ("kunshan",)),
        ("苏州和合肥的人才计划", ("suzhou", "hefei")),
        ("专利导航怎么做", ()),
    ],
)
def test_places_are_known_by_name_by_sound_and_in_english(reader: Reader, text: str, regions: tuple[str, ...]) -> None:
    assert reader.read(text).regions == regions


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("哪个部门负责", "department"),
        ("奖励多少钱", "money"),
        ("商标注册要多少钱", "fee"),
        ("文号是什么", "number"),
        ("由谁印发的", "issuer"),
        ("印发给哪些单位", "addressee"),
        ("有效期到什么时候", "validity"),
        ("从哪天起施行", "effective"),
        ("根据什么制定", "basis"),
        ("要建多少家", "count"),
        ("联系电话", "phone"),
        ("申报截止日期", "deadline"),
        ("预审多久", "duration"),
        ("Who issued this plan?", "issuer"),
    ],
)
def test_what_is_asked_for(reader: Reader, text: str, ask: str) -> None:
    assert ask in asks(reader.read(text))


def test_a_figure_of_people_is_no_money(reader: Reader) -> None:
    assert "money" not in asks(reader.read("累计有效发明专利多少万件"))


def test_documents_are_named_by_title_short_name_or_kind(reader: Reader) -> None:
    assert reader.read("《吴江区知识产权中长期发展规划》说了什么").documents == ("wujiang-ip-longterm",)
    assert reader.read("吴江区知识产权中长期发展归划").documents == ("wujiang-ip-longterm",)
    assert reader.read("范文里的目标").documents == ("template-city-145-plan",)
    assert reader.read("《广东省知识产权保护条例》第几条").foreign_titles == ("广东省知识产权保护条例",)


def test_mentions_and_links_are_dropped(reader: Reader) -> None:
    read = reader.read("@知产助手 苏州专利导航 https://example.com/a?b=c")
    assert "助手" not in read.text
    assert "example" not in read.text


def test_what_a_story_tells_counts_less_than_what_it_asks(reader: Reader) -> None:
    read = reader.read("我们做动漫的。合肥支持版权登记吗?")
    worth = {atom.key: atom.worth for atom in read.atoms}
    assert worth["动漫"] < worth["版权"]


@pytest.mark.parametrize("asking", ["政府支持不支持组建专利池", "政府支不支持组建专利池", "专利池给不给建"])
def test_a_verb_beside_its_own_negation_asks(reader: Reader, asking: str) -> None:
    assert reader.read(f"我们做量子测量仪器。去年有十几个专利。{asking}").asked == asking


def test_some_tens_of_something_are_no_count_asked_for(reader: Reader) -> None:
    assert "count" not in asks(reader.read("公司十几个专利想组建专利池"))
    assert "count" in asks(reader.read("合肥要建几个专利池"))


def test_a_character_alone_is_told_from_the_word_before_it(reader: Reader) -> None:
    words = reader.read("外观设计拿国家奖").words
    assert (words[0].text, words[0].core) == ("外观设计拿", "外观设计")


def test_a_figure_in_the_story_is_not_what_is_asked(reader: Reader) -> None:
    assert not reader.read("注册了几个牌子。吴江有马德里奖励吗?").units


def test_chatter_is_never_the_subject(reader: Reader) -> None:
    assert {atom.key for atom in reader.read("请问专利导航怎么做呢").subject} >= {"专利", "导航"}
    assert "请问" not in {atom.key for atom in reader.read("请问专利导航").subject}


def test_a_follow_up_takes_the_subject_and_replaces_the_place(reader: Reader) -> None:
    read = reader.read("那苏州呢?", ["合肥2025年每万人高价值发明专利目标是多少"])
    assert read.regions == ("suzhou",)
    assert "发明" in {atom.key for atom in read.subject}
    assert "target" in asks(read)
    assert "合肥" not in read.text


def test_a_follow_up_with_its_own_subject_takes_only_the_place(reader: Reader) -> None:
    read = reader.read("中国专利奖银奖省里给多少钱", ["江苏专利奖有哪些奖项"])
    assert read.regions == ()
    assert read.leaned == ("jiangsu",)
    assert "奖项" not in read.text


def test_the_chats_place_is_a_preference_that_a_named_one_replaces(reader: Reader) -> None:
    assert reader.read("专利保险", region="wujiang").leaned == ("wujiang",)
    assert reader.read("合肥专利保险", region="wujiang").leaned == ()
    assert reader.read("专利保险", region="nowhere").leaned == ()


def test_english_is_read_through_the_glossary(reader: Reader) -> None:
    read = reader.read("How many trade secret protection demonstration bases will Suzhou build?")
    assert {"商业", "秘密", "示范", "基地"} <= {atom.key for atom in read.atoms}
    assert read.untranslated == 0
    assert reader.read("the boiling point of krypton").untranslated >= 0.5


def test_initials_stand_for_terms(reader: Reader) -> None:
    assert {"导航"} <= {atom.key for atom in reader.read("江苏zldh").atoms}


def test_words_of_the_field_are_told_from_those_of_any_office(reader: Reader) -> None:
    assert reader.read("预审多久").anchored
    assert not reader.read("婚姻登记要预约吗").anchored


def test_the_words_of_the_subject_are_whole_and_without_asking_words(reader: Reader) -> None:
    assert [word.text for word in reader.read("请问合肥科技创新券怎么用").words] == ["科技", "创新券"]
    assert [word.text for word in reader.read("吴江的商标保护由哪个部门负责").words] == ["商标", "保护"]


@pytest.mark.parametrize("text", ["qing wen wujiang zhuanli daohang", "nihao woxiangzhidao wujiang de zhuanli daohang ma", "wo"])
def test_chatter_in_pinyin_is_never_the_subject(reader: Reader, text: str) -> None:
    read = reader.read(text)
    assert {sound for atom in read.subject for sound in atom.sounds} <= {"zuanli", "lidao", "daohan"}
    assert read.regions == (("wujiang",) if "wujiang" in text else ())
    assert read.anchored is ("zhuanli" in text)


def test_endless_questions_are_cut(reader: Reader) -> None:
    assert len(reader.read("专利导航" * 50_000).text) <= MOST_CHARACTERS
    assert len(reader.read("\ufdfa" * 50_000).text) <= MOST_CHARACTERS
