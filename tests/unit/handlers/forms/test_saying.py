"""What a screen says depends on what the platform can do."""

from __future__ import annotations

from handlers.forms import screens
from handlers.forms.form import forms
from handlers.forms.path import walk
from handlers.forms.saying import Saying


def said(*, files: bool) -> set[str]:
    """The ids of what is said at a question for files."""
    form = forms()["hefei-claim"]
    slot = next(slot for slot in walk(form, {}) if slot.step.kind == "files")
    return {text.id for text in Saying(form, "zh-CN", files=files).blocks(screens.Ask(slot, 1, 1))}


def test_where_files_cannot_be_sent_the_question_says_so() -> None:
    assert "form-files" in said(files=True)
    assert {"form-files", "form-files-not-here"} & said(files=False) == {"form-files-not-here"}
