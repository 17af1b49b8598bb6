"""Curated files read into documents: the tree of clauses, its passages, and the notices each of them carries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from knowledge.document import Clause, ClauseKind, Document, Notice, NoticeCode, Passage, PassageKind, Repair
from knowledge.front import LOST, Conflict, Front, Place, read_front
from knowledge.markup import Block, BlockKind, CorpusError, Problem, Sheet, read_sheet
from knowledge.themes import themes

__all__ = ["CORPUS", "CorpusError", "Problem", "document_of", "load_corpus", "repeated_ids", "sheets", "squeezed"]

CORPUS = Path(__file__).parent / "corpus"

_TOP = 2
_KINDS = {"box": ClauseKind.BOX, "table": ClauseKind.TABLE, "front": ClauseKind.FRONT}
_PASSAGES = {
    BlockKind.PARAGRAPH: PassageKind.PARAGRAPH,
    BlockKind.DEPARTMENTS: PassageKind.DEPARTMENTS,
    BlockKind.ROW: PassageKind.ROW,
}


def load_corpus(folder: Path = CORPUS) -> tuple[Document, ...]:
    """All documents of the folder by file name; CorpusError tells everything that is wrong with any of them."""
    found = sheets(folder)
    documents = tuple(document_of(sheet) for sheet in found)
    problems = [problem for sheet in found for problem in sheet.problems]
    problems += repeated_ids(found)
    if problems:
        raise CorpusError(problems)
    return documents


def sheets(folder: Path) -> list[Sheet]:
    return [read_sheet(path) for path in sorted(folder.glob("*.md"))]


def repeated_ids(found: list[Sheet]) -> Iterator[Problem]:
    seen: dict[object, str] = {}
    for sheet in found:
        id = sheet.front.get("id")
        if id is not None and id in seen:
            yield Problem(sheet.file, sheet.line_of("id"), f"id {id} is already that of {seen[id]}")
        seen.setdefault(id, sheet.file)


def squeezed(text: str) -> str:
    """The text without any white space: what counts when two spellings of a passage are compared."""
    return "".join(text.split())


def document_of(sheet: Sheet) -> Document:
    """The document a sheet describes; what is wrong with it is added to the sheet's problems."""
    front = read_front(sheet)
    document = front.document
    if document.id and sheet.file != f"{document.id}.md":
        sheet.complain(sheet.line_of("id"), f"id {document.id} is not the file's name")
    drafts = _drafts(sheet, document.id)
    _complain_about(sheet, drafts)
    return replace(document, clauses=_tree(drafts, _notices(sheet, front, drafts)))


@dataclass
class _Draft:
    """A clause while its lines are being gathered."""

    id: str
    heading: Block
    path: tuple[str, ...]
    themes: tuple[str, ...]
    passages: list[Passage] = field(default_factory=list)
    header: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    """The row above with its merged cells filled in."""

    @property
    def name(self) -> str:
        return self.heading.text or self.heading.label


def _drafts(sheet: Sheet, document: str) -> list[_Draft]:
    """The clauses in reading order, each with the headings above it."""
    drafts: list[_Draft] = []
    above: list[_Draft] = []
    open_clause: _Draft | None = None
    for block in sheet.blocks:
        if block.kind is BlockKind.TITLE:
            above, open_clause = [], None
        elif block.kind is BlockKind.HEADING:
            if block.level > _TOP + len(above):
                sheet.complain(block.line, "heading skips a level")
            above = [draft for draft in above if draft.heading.level < block.level]
            open_clause = _opened(document, block, above)
            drafts.append(open_clause)
            above.append(open_clause)
        elif open_clause is None:
            sheet.complain(block.line, "text stands under no heading")
        else:
            _add(sheet, open_clause, block)
    return drafts


def _opened(document: str, heading: Block, above: list[_Draft]) -> _Draft:
    inherited = above[-1].themes if above else ()
    path = tuple(draft.name for draft in above)
    return _Draft(f"{document}#{heading.anchor}", heading, path, heading.themes or inherited)


def _add(sheet: Sheet, draft: _Draft, block: Block) -> None:
    if block.kind is BlockKind.HEADER:
        draft.header, draft.above = block.cells, ()
        return
    number = f"{draft.id}.{len(draft.passages) + 1}"
    if block.kind is BlockKind.ROW:
        draft.passages.append(_row(sheet, draft, block, number))
        return
    if block.kind is BlockKind.DEPARTMENTS and not draft.passages:
        sheet.complain(block.line, "departments stand before any passage")
    draft.passages.append(Passage(number, _PASSAGES[block.kind], block.text))


def _row(sheet: Sheet, draft: _Draft, block: Block, id: str) -> Passage:
    if len(block.cells) != len(draft.header):
        sheet.complain(block.line, f"row has {len(block.cells)} cells, its header {len(draft.header)}")
    cells = tuple(cell or _at(draft.above, column) for column, cell in enumerate(block.cells))
    draft.above = cells
    return Passage(id, PassageKind.ROW, _row_text(draft.header, cells), cells, draft.header)


def _at(cells: tuple[str, ...], column: int) -> str:
    return cells[column] if column < len(cells) else ""


def _row_text(header: tuple[str, ...], cells: tuple[str, ...]) -> str:
    """Each cell after its column's name, so that a row can be read alone and no figure touches another."""
    named = zip(header, cells, strict=False)
    return ";".join(f"{name}:{cell}" if name else cell for name, cell in named if cell)


def _complain_about(sheet: Sheet, drafts: list[_Draft]) -> None:
    anchors = Counter(draft.heading.anchor for draft in drafts)
    parents = set(_parents(drafts).values())
    for draft in drafts:
        heading = draft.heading
        if anchors[heading.anchor] > 1:
            sheet.complain(heading.line, f"anchor #{heading.anchor} stands more than once")
        if not draft.passages and draft.id not in parents:
            sheet.complain(heading.line, f"clause #{heading.anchor} is empty")
        if not draft.name:
            sheet.complain(heading.line, f"clause #{heading.anchor} has neither heading nor label")
        if unknown := set(heading.themes) - themes().keys():
            sheet.complain(heading.line, f"theme is not in themes.yaml: {', '.join(sorted(unknown))}")
        if not draft.themes:
            sheet.complain(heading.line, f"clause #{heading.anchor} has no theme")
        if unknown := set(heading.classes) - _KINDS.keys():
            sheet.complain(heading.line, f"class is not known: {', '.join(sorted(unknown))}")


def _tree(drafts: list[_Draft], notices: Mapping[str, list[Notice]]) -> tuple[Clause, ...]:
    """The drafts, which stand in reading order, as a tree by the depth of their headings."""
    children: dict[str, list[Clause]] = {draft.id: [] for draft in drafts}
    top: list[Clause] = []
    parents = _parents(drafts)
    for draft in reversed(drafts):
        clause = _clause(draft, notices, tuple(reversed(children[draft.id])))
        parent = parents[draft.id]
        (children[parent] if parent else top).append(clause)
    return tuple(reversed(top))


def _parents(drafts: list[_Draft]) -> dict[str, str | None]:
    parents: dict[str, str | None] = {}
    above: list[_Draft] = []
    for draft in drafts:
        above = above[: len(draft.path)]
        parents[draft.id] = above[-1].id if above else None
        above.append(draft)
    return parents


def _clause(draft: _Draft, notices: Mapping[str, list[Notice]], children: tuple[Clause, ...]) -> Clause:
    kinds = [_KINDS[name] for name in draft.heading.classes if name in _KINDS]
    return Clause(
        id=draft.id,
        kind=kinds[0] if kinds else ClauseKind.SECTION,
        heading=draft.heading.text,
        themes=draft.themes,
        passages=tuple(_with_notices(passage, notices.get(passage.id, [])) for passage in draft.passages),
        path=draft.path,
        label=draft.heading.label,
        children=children,
        line=draft.heading.line,
    )


def _with_notices(passage: Passage, notices: Iterable[Notice]) -> Passage:
    damaged = [Notice(NoticeCode.DAMAGED)] if LOST in passage.text else []
    return replace(passage, notices=(*damaged, *notices))


def _notices(sheet: Sheet, front: Front, drafts: list[_Draft]) -> dict[str, list[Notice]]:
    """What the front matter says about single passages, by passage id."""
    found: dict[str, list[Notice]] = {}
    spots = _Spots(sheet, front.document.id, drafts)
    for repair in front.document.repairs:
        for passage in spots.repaired(repair):
            found.setdefault(passage, []).append(Notice(NoticeCode.REPAIRED, repair.detail or repair.reads))
    for conflict in front.conflicts:
        for passage, notice in _conflict_notices(spots, front.document.id, conflict):
            found.setdefault(passage, []).append(notice)
    for remark in front.remarks:
        for passage in spots.of(remark.place, "remarks"):
            found.setdefault(passage, []).append(Notice(NoticeCode.REMARK, remark.detail))
    return found


def _conflict_notices(spots: _Spots, document: str, conflict: Conflict) -> Iterator[tuple[str, Notice]]:
    for place in conflict.places:
        other = next(other for other in (*conflict.places, place) if other is not place)
        for passage in spots.of(place, "conflicts"):
            yield passage, Notice(NoticeCode.CONFLICT, conflict.detail, f"{document}#{other.clause}")


class _Spots:
    """Finds the passages the front matter speaks of, and complains when a spot is not there."""

    def __init__(self, sheet: Sheet, document: str, drafts: list[_Draft]) -> None:
        self._sheet = sheet
        self._document = document
        self._drafts = {draft.id: draft for draft in drafts}

    def of(self, place: Place, key: str) -> list[str]:
        return self._passages(f"{self._document}#{place.clause}", place.quote, key)

    def repaired(self, repair: Repair) -> list[str]:
        """The passages to tell readers about; a repair must stand in its clause even when they are not told."""
        draft = self._drafts.get(repair.clause)
        in_heading = draft is not None and squeezed(repair.reads) in squeezed(draft.heading.text)
        if in_heading:
            return []
        found = self._passages(repair.clause, repair.reads, "repairs", repair.id)
        return found if repair.shown else []

    def _passages(self, clause: str, quote: str, key: str, name: str = "") -> list[str]:
        draft = self._drafts.get(clause)
        wanted = squeezed(quote)
        found = [passage.id for passage in draft.passages if wanted in _haystack(passage)] if draft else []
        if not found:
            where = f"{name} {quote}".strip()
            self._sheet.complain(self._sheet.line_of(key), f"{key}: not in #{clause.partition('#')[2]}: {where}")
        return found


def _haystack(passage: Passage) -> str:
    return squeezed("".join(passage.cells) if passage.cells else passage.text)
