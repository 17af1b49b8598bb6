"""A place that our texts hold nothing for, and clauses that speak of another place than the one asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.gates.evidence import ALIKE_ENOUGH, HALF, ITS_OWN, NEAR_IT, NEAREST, asked_before, pattern, thresholds, to_the_point
from knowledge.gates.refusal import UNSURE, Refusal
from knowledge.passages import Match
from knowledge.question import Question
from knowledge.regions import covering, regions

_MUCH_ALIKE = 0.45
_INSTITUTION = "[\u4e00-\u9fff]{1,8}?(?:交易所|公司|大学|学院|银行|研究院|研究所|医院|集团|协会)"


def not_held(question: Question, matches: Sequence[Match]) -> Refusal | None:
    """A place we hold nothing for, unless a clause that is found speaks of it."""
    places = [regions()[id] for id in question.regions]
    if not places or any(_served(place.id) for place in places):
        return None
    for match in matches[:3]:
        named = any(alias in match.sentence.normal for place in places for alias in place.aliases)
        if named and _told_of_a_stranger(question, match):
            return None
    if all(_told_by_what_covers(question, place.id, matches) for place in places):
        return None
    return Refusal("region-not-held", places[-1].id)


def _told_of_a_stranger(question: Question, match: Match) -> bool:
    """Either evidence is enough by itself; half of each is where a city is not asked for what only its own text could tell.

    That is not told by an institution that bears its name, either: 上海技术交易所 says nothing of what 上海 has.
    """
    if match.likeness >= ALIKE_ENOUGH:
        return True
    own = pattern("of_a_city").search(question.asked)
    if own and not any(_speaks_of(match, alias) for id in question.regions for alias in regions()[id].aliases):
        return False
    return match.cover >= thresholds().stranger or (not own and match.cover >= HALF and match.likeness >= HALF * ALIKE_ENOUGH)


def _speaks_of(match: Match, place: str) -> bool:
    return bool(re.search(f"{re.escape(place)}(?!{_INSTITUTION})", match.sentence.normal))


def _told_by_what_covers(question: Question, id: str, matches: Sequence[Match]) -> bool:
    """What a province lays down holds in its cities, too: where its text is asked about, or a curated question on it is much like this one.

    Its figures, awards and offices are not the city's: they need a curated question that asks for the same.
    """
    if not matches or matches[0].entry.document.region not in {region.id for region in covering(id)}:
        return False
    first = matches[0]
    if question.levels:
        return first.entry.document.level in question.levels
    if question.asks:
        return asked_before(question, matches)
    if pattern("of_a_city").search(question.asked):
        return False
    return first.cover >= (thresholds().stranger if first.likeness >= _MUCH_ALIKE else thresholds().covering)


def _served(id: str) -> bool:
    """A place has its own document, or is a district of a city that has one: what a province rules for all is no city's own plan."""
    place = regions()[id]
    if place.held:
        return True
    return place.parent is not None and regions()[place.parent].held and any(region.parent for region in covering(id))


def strange(question: Question, matches: Sequence[Match]) -> Refusal | None:
    """What another place does is no answer for the one named, however well it is said."""
    if not matches or all(match.place >= ITS_OWN for match in matches[:NEAREST]):
        return None  # what is nearest is looked for only where another place may come into it
    near = to_the_point(matches)
    if question.regions and all(match.place < NEAR_IT for match in [matches[0], *near]):
        return Refusal("subject-unknown")
    enough = ITS_OWN if len(question.regions) == 1 and regions()[question.regions[0]].held else NEAR_IT
    if near and question.anchored and all(match.place < enough for match in [matches[0], *near]):
        return Refusal("subject-unknown")
    if near and question.regions and matches[0].cover < HALF and all(match.place < NEAR_IT for match in near):
        # Half of what is asked about stands only in what another place does.
        return Refusal(UNSURE)
    return None
