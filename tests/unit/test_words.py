"""Every word the program asks for is there in every language, with the same values, and says them as the reader writes them."""

from __future__ import annotations

import ast as python
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from bot.core.errors import ConfigurationError
from bot.core.message import ChatKind, Quote, Span, Text
from bot.core.permissions import Role
from bot.notices.audience import BAD_ROW
from bot.notices.export import COLUMNS
from bot.notices.notice import REASONS, Fate, State, Unclear
from bot.notices.report import PLATFORMS
from bot.notices.sending import ACTIONS
from bot.outbox.report import POLL
from bot.pages import _CLIENT
from bot.storage.reviewing import View
from bot.storage.transfers import Refusal
from bot.words import FOLDER, LANGUAGES, SOURCE, Words, message_ids
from handlers import notices
from handlers.forms.check import problems
from handlers.forms.draft import Stage
from handlers.forms.drawn import VERBS
from handlers.forms.kinds import KINDS
from handlers.routes import MENU
from handlers.staff import desk, export, notice_card, notice_parts, review
from knowledge.document import DateState, NoticeCode
from knowledge.language import language as asking
from knowledge.regions import regions
from reminders.places import About
from reminders.schedule import Kind, Snooze
from reminders.window import Level, Status
from reminders.workdays import published

ROOT = FOLDER.parent
OTHERS = [language for language in LANGUAGES if language != SOURCE]
ONLY_IN_SCRIPTS = ("web-",)
"""Ids the page's script asks for by names of its own."""


class _Needed(set[str]):
    """Takes down which words the check of the programmes looks for."""

    def __contains__(self, id: object) -> bool:
        self.add(str(id))
        return True


def of_programmes() -> list[str]:
    needed = _Needed()
    assert problems(regions(), {SOURCE: needed}) == []
    return sorted(needed)


FESTIVALS = {each.festival for each in published().breaks if each.last.year == 2026}
STATES = [state.value for state in DateState if state is not DateState.KNOWN]
DATES = ("issued", "effective", "expires")
# What the ids that code puts together become. An f-string as an id that is not told here fails the test below.
EXPANSIONS = {
    "alert-poll-{}": [f"alert-poll-{state}" for state in POLL],
    "alert-over-{}": [f"alert-over-{kind}" for kind in ("paused", "slow", "batch")],
    "notice-{}": [f"notice-{code}" for code in NoticeCode],
    "language-{}": [f"language-{tag}" for tag in LANGUAGES],
    "menu-{}": [f"menu-{command}" for commands in MENU.values() for command in commands],
    "attribute-{}": [f"attribute-{ask.about}" for ask in asking().asks if ask.needed]
    + [f"attribute-{fact}" for fact in ("procedure", "count", "target", "department", "meaning")],
    "talk-{}": [f"talk-{kind or 'begun'}" for kind in asking().smalltalk],
    "document-number-{}": [f"document-number-{state}" for state in STATES],
    "document-{}": [f"document-{what}" for what in DATES],
    "document-{}-damaged": [f"document-{what}-damaged" for what in DATES],
    "document-{}-none": [f"document-{what}-none" for what in DATES],
    "windows-{}-{}": [f"windows-{timing}-{length}" for timing in ("ahead", "now") for length in ("day", "days")],
    "level-{}": [f"level-{level}" for level in Level],
    "status-{}": [*(f"status-{status}" for status in Status), *of_programmes()],
    "weekday-short-{}": [f"weekday-short-{number}" for number in range(1, 8)],
    "change-{}": [f"change-{what}" for what in ("status", "opens", "closes", "who", "prepare", "title")],
    "left-days{}": ["left-days", "left-days-estimated"],
    "reminder-{}": ["reminder-deadline", "reminder-internal"],
    "later-{}": [f"later-{choice}" for choice in Snooze],
    "about-{}": [f"about-{about}" for about in About],
    "choice-about-{}": [f"choice-about-{about}" for about in About if about is not About.WINDOW],
    "subscribe-ask-{}": [f"subscribe-ask-{about}" for about in (About.REGION, About.PROGRAMME, About.THEME)],
    "preview-{}": [f"preview-{kind}" for kind in Kind if kind not in (Kind.DIGEST, Kind.OWN)],
    "adjust-{}": [f"adjust-{setting}" for setting in ("ladder", "at", "internal")],
    "choice-confirm-{}": [f"choice-confirm-{what}" for what in ("publish", "extend", "correct", "cancel")],
    "confirmed-{}": [f"confirmed-{what}" for what in ("publish", "extend", "correct", "cancel")],
    "field-{}": [f"field-{name}" for name in ("title", "organiser", "source")],
    "festival-{}": [f"festival-{each}" for each in sorted(FESTIVALS)],
    "{}-period": ["document-period", "validity-period"],
    "{}-targets": ["document-targets", "validity-targets"],
    "{}-title": ["related-title", "others-title"],
    "{}-none": ["related-none", "others-none"],
    **dict.fromkeys(("{}-name", "{}-about", "{}-draft", "{}-example", "consent-{}", "why-{}", "unit-{}"), of_programmes()),
    "example-{}": [f"example-{name}" for name, kind in KINDS.items() if kind.example],
    "weekday-{}": [f"weekday-{number}" for number in range(1, 8)],
    "when-{}": [f"when-{unit}" for unit in ("months", "workdays", "days", "hours", "minutes", "seconds")],
    "when-every-{}": [f"when-every-{frequency}" for frequency in ("hourly", "daily", "weekly", "monthly", "yearly")],
    "form-purpose-{}": [f"form-purpose-{stage}" for stage in Stage if stage not in (Stage.STEPS, Stage.SUBMITTED, Stage.DISCARDED)],
    "form-short-{}": [f"form-short-{limit}" for limit in ("least", "most", "below")],
    "review-event-{}": [f"review-event-{event}" for event in review.OTHER_EVENTS],
    "review-view-{}": [f"review-view-{view.value}" for view in View],
    "deadline-{}": ["deadline-most", "deadline-least"],
    "deadline-{}-over": ["deadline-most-over", "deadline-least-over"],
    "choice-export-{}": ["choice-export-masked", "choice-export-full"],
    "export-{}": [f"export-{column}" for column in export.COLUMNS],
    "code-{}": [f"code-{refusal.value}" for refusal in Refusal],
    "staff-code-{}": [f"staff-code-{refusal.value}" for refusal in Refusal],
    "staff-role-{}": [f"staff-role-{role.value}" for role in Role],
    "words for what storage refuses": [*desk.WORDS.values()],
    "choices of a form": [f"choice-{verb}" for verb in (*VERBS, "fits", "fails", "unsure", "yes", "no")],
    "platform-{}": [f"platform-{name}" for name in PLATFORMS],
    "notice-state-{}": [f"notice-state-{state}" for state in State],
    "notice-reason-{}": [f"notice-reason-{reason}" for reason in REASONS],
    "notice-now-{}": [f"notice-now-{state}" for state in (State.SENDING, State.PAUSED, State.DONE, State.CANCELLED)],
    "fate-{}": [f"fate-{fate}" for fate in Fate],
    "ledger-{}": [f"ledger-{column}" for column in COLUMNS],
    "notice-unclear-{}": [f"notice-unclear-{way}" for way in Unclear],
    "notice-to-{}": [f"notice-to-{name}" for name in ("platforms", "kinds", "languages", "roles", "windows", "themes")],
    "notice-ask-{}": [f"notice-ask-{field}" for field in notice_parts.FIELDS if not field.startswith("text-")],
    "notice-row-{}": [f"notice-row-{why}" for why in BAD_ROW],
    "choice-notice-{}": [f"choice-notice-{name}" for name in (*notice_parts.FIELDS, *notice_card.SWITCHES, *notice_card.STEPS)],
    "choice-{}": [f"choice-{action}" for actions in ACTIONS.values() for action in actions],
    "notices-wish-{}": [f"notices-wish-{wish}" for wish in notices.WISHES],
    "notices-wished-{}": [f"notices-wished-{wish}" for wish in notices.WISHES],
    "choice-wish-{}": [f"choice-wish-{wish}" for wish in notices.WISHES],
    "web-{}": [f"web-{name}" for name in _CLIENT],
}


# ---- what the files hold ----


@cache
def entries(language: str) -> tuple[ast.EntryType, ...]:
    """Parsed once: the tests below ask for them again and again."""
    parser = FluentParser(with_spans=False)
    return tuple(
        entry for path in sorted((FOLDER / language).glob("*.ftl")) for entry in parser.parse(path.read_text(encoding="utf-8")).body
    )


def messages(language: str) -> dict[str, ast.Message]:
    return {entry.id.name: entry for entry in entries(language) if isinstance(entry, ast.Message)}


class _Names(Visitor):
    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.references: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:
        self.variables.add(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:
        self.references.add(node.id.name)

    def visit_TermReference(self, node: ast.TermReference) -> None:
        self.references.add(f"-{node.id.name}")


def names(message: ast.Message) -> _Names:
    found = _Names()
    found.visit(message)
    return found


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_the_messages_of_the_source_and_no_others(language: str) -> None:
    ours, source = set(messages(language)), set(messages(SOURCE))
    assert {"missing": sorted(source - ours), "too many": sorted(ours - source)} == {"missing": [], "too many": []}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_stands_twice(language: str) -> None:
    ids = list(message_ids(language=language))
    assert sorted({id for id in ids if ids.count(id) > 1}) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_can_be_read(language: str) -> None:
    assert [entry.content for entry in entries(language) if isinstance(entry, ast.Junk)] == []
    assert [id for id, message in messages(language).items() if message.value is None] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_refers_to_nothing_that_is_not_there(language: str) -> None:
    terms = {f"-{entry.id.name}" for entry in entries(language) if isinstance(entry, ast.Term)}
    there = messages(language).keys() | terms
    assert {id for id, message in messages(language).items() if not names(message).references <= there} == set()


@pytest.mark.parametrize("language", OTHERS)
def test_a_message_takes_the_same_values_in_every_language(language: str) -> None:
    source, ours = messages(SOURCE), messages(language)
    differing = {
        id: (sorted(names(source[id]).variables), sorted(names(ours[id]).variables))
        for id in source.keys() & ours.keys()
        if names(source[id]).variables != names(ours[id]).variables
    }
    assert differing == {}


@pytest.mark.parametrize("language", OTHERS)
def test_messages_and_sections_stand_in_the_order_of_the_source(language: str) -> None:
    def order(language: str) -> list[str]:
        return [
            entry.id.name if isinstance(entry, ast.Message) else "##"
            for entry in entries(language)
            if isinstance(entry, ast.Message | ast.GroupComment)
        ]

    assert order(language) == order(SOURCE)


def text_of(language: str, id: str) -> str:
    """All that a message can say, without its values."""

    class Said(Visitor):
        def __init__(self) -> None:
            self.parts: list[str] = []

        def visit_TextElement(self, node: ast.TextElement) -> None:
            self.parts.append(node.value)

    said = Said()
    said.visit(messages(language)[id])
    return "".join(said.parts)


IN_THEIR_OWN_WORDS = re.compile(r"(web-)?language-(short-)?(zh-CN|zh-TW|en)")
"""A language is offered by the name its readers give it."""


def test_english_says_nothing_in_chinese() -> None:
    chinese = [id for id in messages("en") if re.search("[\u3400-\u9fff]", text_of("en", id)) and not IN_THEIR_OWN_WORDS.fullmatch(id)]
    assert chinese == []


def test_taiwan_reads_no_simplified_characters() -> None:
    simplified = set("时间问题话说请选择条标规发现关闭网页开记录无产权护数单语简体节从务员处过还这进连让给对决长书见显应报没会号")
    traditional = {id: sorted(simplified & set(text_of("zh-TW", id))) for id in messages("zh-TW") if not IN_THEIR_OWN_WORDS.fullmatch(id)}
    assert {id: found for id, found in traditional.items() if found} == {}


@pytest.mark.parametrize("language", ["zh-CN", "zh-TW"])
def test_chinese_is_written_with_full_width_marks(language: str) -> None:
    half_width = re.compile("[\u3400-\u9fff”」][,;:?!()]|[,;:?!()][\u3400-\u9fff“「]")
    assert [id for id in messages(language) if half_width.search(text_of(language, id))] == []


def test_taiwan_quotes_with_corners() -> None:
    assert [id for id in messages("zh-TW") if re.search("[“”‘’]", text_of("zh-TW", id))] == []


# ---- what the code asks for ----


def sources() -> Iterator[Path]:
    for package in ("bot", "handlers", "reminders"):
        yield from sorted((ROOT / package).rglob("*.py"))


@cache
def trees() -> tuple[tuple[str, python.Module], ...]:
    return tuple((str(path.relative_to(ROOT)), python.parse(path.read_text(encoding="utf-8"))) for path in sources())


def shape(node: python.JoinedStr) -> str:
    """An f-string with {} for what is filled in."""
    return "".join(str(part.value) if isinstance(part, python.Constant) else "{}" for part in node.values)


def ids_of(node: python.expr) -> Iterator[python.expr]:
    """The branches of `Text(a if … else b)` each name a message."""
    if isinstance(node, python.IfExp):
        yield from ids_of(node.body)
        yield from ids_of(node.orelse)
    else:
        yield node


def asked() -> Iterator[tuple[str, python.expr]]:
    """The id of every `Text(…)`, with the place it stands at."""
    for file, tree in trees():
        for node in python.walk(tree):
            if isinstance(node, python.Call) and isinstance(node.func, python.Name) and node.func.id == "Text" and node.args:
                for id in ids_of(node.args[0]):
                    yield f"{file}:{node.lineno}", id


def constants() -> set[str]:
    """Every string in the code: an id may travel through a variable."""
    nodes = (node for _, tree in trees() for node in python.walk(tree))
    return {node.value for node in nodes if isinstance(node, python.Constant) and isinstance(node.value, str)}


def in_templates() -> set[str]:
    found: set[str] = set()
    for path in (ROOT / "bot").rglob("*.html"):
        found |= set(re.findall(r"""say\(\s*["']([\w-]+)["']\s*[,)]""", path.read_text(encoding="utf-8")))
    return found


def test_the_scan_sees_the_code() -> None:
    literal = {node.value for _, node in asked() if isinstance(node, python.Constant)}
    assert {"welcome-title", "incident", "ask-empty", "ask-more", "card-place"} <= literal
    assert {shape(node) for _, node in asked() if isinstance(node, python.JoinedStr)} >= {"notice-{}", "document-{}-damaged"}


def test_every_id_in_the_code_has_words() -> None:
    there = messages(SOURCE).keys()
    wordless = {(place, node.value) for place, node in asked() if isinstance(node, python.Constant) and node.value not in there}
    assert wordless == set()


def test_every_id_in_a_page_has_words() -> None:
    assert in_templates() - messages(SOURCE).keys() == set()


def test_every_id_that_code_puts_together_is_told_here() -> None:
    untold = {(place, shape(node)) for place, node in asked() if isinstance(node, python.JoinedStr) and shape(node) not in EXPANSIONS}
    assert untold == set()


@pytest.mark.parametrize("pattern", EXPANSIONS)
def test_what_such_an_id_becomes_has_words(pattern: str) -> None:
    assert EXPANSIONS[pattern]
    assert sorted(set(EXPANSIONS[pattern]) - messages(SOURCE).keys()) == []


def test_no_words_are_left_over() -> None:
    used = constants() | in_templates() | {id for ids in EXPANSIONS.values() for id in ids}
    assert [id for id in messages(SOURCE) if id not in used and not id.startswith(ONLY_IN_SCRIPTS)] == []


def test_every_kind_of_chat_with_a_menu_describes_its_commands_shortly() -> None:
    """Telegram takes 256 characters; a phone shows about 30."""
    words = Words.open()
    for kind in (ChatKind.PRIVATE, ChatKind.GROUP):
        for command in MENU[kind]:
            for language in LANGUAGES:
                assert 0 < len(words.say(Text(f"menu-{command}"), language)) <= 60


def test_the_languages_offered_are_those_there_are() -> None:
    assert Words.languages == LANGUAGES
    assert sorted(path.name for path in FOLDER.iterdir() if path.is_dir()) == sorted(LANGUAGES)


# ---- how it is said ----


@pytest.fixture(scope="module")
def words() -> Words:
    return Words.open(zone=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(("language", "written"), [("zh-CN", "2027年4月6日"), ("zh-TW", "2027年4月6日"), ("en", "April 6, 2027")])
def test_a_date_is_written_as_the_reader_writes_it(words: Words, language: str, written: str) -> None:
    assert written in words.say(Text("document-issued", {"on": date(2027, 4, 6)}), language)


@pytest.mark.parametrize(("language", "written"), [("zh-CN", "2027年1月1日 01:30"), ("en", "Jan 1, 2027, 1:30")])
def test_an_instant_is_written_in_the_office_s_time(words: Words, language: str, written: str) -> None:
    said = words.say(Text("document-issued", {"on": datetime(2026, 12, 31, 17, 30, tzinfo=UTC)}), language)
    assert written in said.replace("\u202f", " ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_year_has_no_thousands_mark(words: Words, language: str) -> None:
    assert "2025" in words.say(Text("notice-period-over", {"year": 2025}), language)
    assert "10000" in words.say(Text("ask-too-long", {"most": 10000}), language)


def test_english_counts_one_day_and_two_days(words: Words) -> None:
    def said(days: int) -> str:
        return words.say(Text("windows-ahead-day", {"name": "Day", "opens": date(2027, 4, 26), "days": days}), "en")

    assert (said(1), said(2)) == ("· Day: April 26, 2027, in 1 day", "· Day: April 26, 2027, in 2 days")
    assert words.say(Text("browse-theme", {"title": "T", "theme": "Talent", "count": 1}), "en").endswith("(1 clause)")
    assert words.say(Text("browse-theme", {"title": "T", "theme": "Talent", "count": 0}), "en").endswith("(0 clauses)")


def test_words_within_words_are_said_in_the_same_language(words: Words) -> None:
    assert words.say(Text("ask-back-fact", {"name": Text("region-none"), "fact": "…"}), "en") == "No particular place: …"


def test_values_are_said_as_they_are(words: Words) -> None:
    """A value with braces is no message, and nothing invisible is put around it."""
    assert words.say(Text("card-title", {"title": "{ $title } 50%"}), "zh-CN") == "《{ $title } 50%》"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_must_be_said_of_a_damaged_text_is_said(words: Words, language: str) -> None:
    said = words.say(Text("notice-damaged"), language)
    assert re.search("⚠.*□.*(不作推测|不作推測|nothing is filled in)", said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_must_be_said_of_an_unofficial_text_is_said(words: Words, language: str) -> None:
    said = words.say(Text("notice-unofficial", {"detail": ""}), language)
    chinese = "非官方.*匿名.*不是任何.*不能作[为為]依[据據]"
    assert re.search(f"⚠.*({chinese}|Not official.*anonymous.*not issued by any authority)", said)


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("zh-CN", "zh-CN"),
        ("zh-hans", "zh-CN"),
        ("zh", "zh-CN"),
        ("zh_HK", "zh-TW"),
        ("zh-Hant-TW", "zh-TW"),
        ("en-GB", "en"),
        ("de", "zh-CN"),
        ("", "zh-CN"),
    ],
)
def test_a_client_s_language_finds_the_nearest_of_ours(tag: str, language: str) -> None:
    assert Words.nearest(tag) == language


def test_an_unknown_language_is_answered_in_the_source_language(words: Words) -> None:
    assert words.say(Text("choice-help"), "tlh") == words.say(Text("choice-help"), SOURCE)


def test_an_unknown_message_is_a_mistake_of_ours(words: Words) -> None:
    with pytest.raises(KeyError):
        words.say(Text("no-such-message"), "en")


def test_a_quotation_is_never_worded(words: Words) -> None:
    block = words.block(Quote((Span("分别给□0万元"), Span("奖励", bold=True))), "en")
    assert (block.quote, block.text) == (True, "分别给□0万元奖励")


def small(folder: Path, **files: str) -> Path:
    for language in LANGUAGES:
        (folder / language).mkdir()
        (folder / language / "chat.ftl").write_text(files.get(language.replace("-", "_"), "hello = 您好\n"), encoding="utf-8")
    return folder


def test_a_message_missing_in_a_language_is_said_in_the_source_language(tmp_path: Path) -> None:
    words = Words.open(small(tmp_path, en="other = Other\n"))
    assert (words.say(Text("hello"), "en"), words.say(Text("hello"), "zh-TW")) == ("您好", "您好")


def test_files_that_cannot_be_read_are_all_named_at_once(tmp_path: Path) -> None:
    folder = small(tmp_path, en="hello = Hello\nbroken line\n", zh_TW="hello = { $name\n")
    with pytest.raises(ConfigurationError) as failure:
        Words.open(folder)
    assert [problem.partition(":")[0] for problem in failure.value.problems] == ["locales/zh-TW/chat.ftl", "locales/en/chat.ftl"]


def test_a_language_without_files_is_named(tmp_path: Path) -> None:
    folder = small(tmp_path)
    (folder / "en" / "chat.ftl").unlink()
    with pytest.raises(ConfigurationError, match="locales/en"):
        Words.open(folder)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_read_by_itself_is_what_it_is_in_its_file(language: str) -> None:
    """Each is parsed when it is first said: with all of its lines, and none of the next one's."""
    words = Words.open(whole=False)
    for id, whole in messages(language).items():
        alone = words._in(language).holding(id)._messages[id]
        assert alone.equals(whole, ignored_fields=["span", "comment"]), id


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_and_values_alone_are_what_the_library_makes_of_them(language: str) -> None:
    words = Words.open(whole=False)
    read = words._in(language)
    plain = {id: parts[1::2] for id in messages(language) if (parts := read.parts(id)) is not None}
    for value in ("苏州", "", ' { $a } {"b"}\n -c.d = \\u0041 <b> '):
        given = {id: dict.fromkeys(names, value) for id, names in plain.items()}
        assert {id: words.say(Text(id, given[id]), language) for id in plain} == {
            id: _by_the_library(read.holding(id), id, given[id]) for id in plain
        }
    assert len(plain) > 0.8 * len(messages(language))
    assert len([id for id, names in plain.items() if names]) > 0.15 * len(messages(language))


def _by_the_library(bundle: FluentBundle, id: str, values: dict[str, str]) -> str:
    pattern = bundle.get_message(id).value
    assert pattern is not None
    return str(bundle.format_pattern(pattern, values)[0])


def test_a_message_whose_value_is_missing_is_still_said(words: Words) -> None:
    assert words.say(Text("card-title", {"name": "x"}), SOURCE) == "《title》"


def test_a_message_is_read_with_those_it_speaks_of(tmp_path: Path) -> None:
    said = "-office = 局\na = { $who ->\n    [you] 您问 { b }\n   *[other] { -office }\n}\n# c = 1\nc = 三 = 3\n"
    words = Words.open(small(tmp_path, zh_CN=said + "b = { c }\n"))
    assert [words.say(Text("a", {"who": who}), "zh-CN") for who in ("you", "they")] == ["您问 三 = 3", "局"]


def test_a_message_that_cannot_be_read_is_named_when_it_is_needed(tmp_path: Path) -> None:
    words = Words.open(small(tmp_path, zh_CN="good = 好\nhello = { $name\n"), whole=False)
    assert words.say(Text("good"), "zh-CN") == "好"
    with pytest.raises(ConfigurationError, match=r"locales/zh-CN/chat\.ftl"):
        words.say(Text("hello"), "zh-CN")


def test_a_language_without_files_is_named_when_it_is_needed(tmp_path: Path) -> None:
    folder = small(tmp_path)
    (folder / "en" / "chat.ftl").unlink()
    with pytest.raises(ConfigurationError, match="locales/en"):
        Words.open(folder, whole=False).say(Text("hello"), "en")


@pytest.mark.parametrize(("language", "other"), [("zh-TW", "智慧財產"), ("en", "center")])
def test_one_thing_has_one_name_in_a_language(language: str, other: str) -> None:
    """知識產權局 is an office's name, and one spelling of English is enough."""
    assert not [path.name for path in (FOLDER / language).glob("*.ftl") if other in path.read_text(encoding="utf-8")]


def test_a_single_answer_set_aside_is_one() -> None:
    said = Words.open().say(Text("form-aside", {"count": 1}), "en")
    assert said == "1 earlier answer does not concern your present choices. It is set aside and not handed in."
