"""Which programmes a text names: by their names, what people call them, and the place."""

from __future__ import annotations

from handlers.forms.form import Form, forms
from knowledge.normal import normal
from knowledge.regions import by_alias


def named(text: str) -> list[Form]:
    """Those of the place the text names and of the whole country, where it names a place some are offered in."""
    said = normal(text)
    found = [form for form in forms().values() if _calls(said, form)]
    there = {region.id for alias, region in by_alias().items() if len(alias) > 1 and alias in said}
    if not any(there.intersection(form.regions) for form in found):
        return found
    return [form for form in found if not form.regions or there.intersection(form.regions)]


def _calls(said: str, form: Form) -> bool:
    return any(name in said or (len(said) > 1 and name.endswith(said)) for name in map(normal, form.called))
