"""The places a question may be answered with: named, tapped, and inside the regions it allows."""

from __future__ import annotations

from handlers.forms.form import Step
from handlers.forms.vocabulary import vocabulary
from knowledge.normal import normal
from knowledge.regions import Region, by_alias, descendants, regions

LONGEST = 200
"""Characters of a place's name; what is longer is refused unread."""


def place_meant(text: str, within: tuple[str, ...]) -> Region | None:
    """The place meant: by id or name; inside the allowed regions also by a part of one name, or by a name at the end (苏州市昆山市)."""
    if len(text) > LONGEST:
        return None
    if text in regions():
        return regions()[text]
    said = normal(text)
    inside = [region for id in within for region in descendants(id)]
    whole = next((region for region in inside if said in region.aliases), None) or by_alias().get(said)
    if whole or len(said) < 2:
        return whole
    part = {region.id: region for region in inside if any(said in alias for alias in region.aliases)}
    ending = {region.id: region for region in inside if any(said.endswith(alias) for alias in region.aliases)}
    return next((next(iter(found.values())) for found in (part, ending) if len(found) == 1), None)


def is_inside(region: Region, within: tuple[str, ...]) -> bool:
    return not within or any(region.id == id or region in descendants(id) for id in within)


def offered_regions(step: Step) -> tuple[str, ...]:
    """Places to tap: what lies directly in the regions of the step."""
    return tuple(region.id for id in step.within for region in regions().values() if region.parent == id and not is_stretch(region))


def is_stretch(region: Region) -> bool:
    """A part of a province without an office of its own: nobody applies from there."""
    return region.name("zh-CN") in vocabulary().stretches
