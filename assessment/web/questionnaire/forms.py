"""The form of one subject: its questions as one edition words them, and what was answered."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.urls import reverse
from django.utils.translation import get_language, gettext

from assessment.actions.responses.save_answers import SubmittedAnswer
from assessment.instrument.plain_text import normalise_text
from assessment.models.process_cache import QUESTION_FIELDS
from assessment.reports.answer_wording import answer_words
from assessment.web.questionnaire.fields import RevisionField, answer_fields
from assessment.web.questionnaire.layout import QuestionLayout, ShownConflict
from assessment.web.questionnaire.widgets import ChoiceRow, RadioAnswer, values_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import QueryDict

    from assessment.actions.responses.save_answers import SaveOutcome
    from assessment.instrument.model import Instrument, Question
    from assessment.models.responses import AnswerRow
    from assessment.web.questionnaire.progress import Progress, Subject

REVISION_FIELD = re.compile(r"(?P<code>[^-]{1,40})-revision")


class RevisionTokenField(RevisionField):
    """Cleans the token `3.9f86d081` to the revision a page showed and the fingerprint of what it
    showed; what both are for stands in `actions/responses/save_answers.py`.
    """

    def clean(self, value: Any) -> Any:
        revision, _, mark = str(value or "").partition(".")
        return super().clean(revision), mark


class CompletedField(forms.Field):
    """Asked of everybody; left open, the subject stays as it was."""

    def __init__(self) -> None:
        rows = (
            ChoiceRow("yes", gettext("Yes, I have completed it")),
            ChoiceRow("no", gettext("No, I will come back to it")),
        )
        super().__init__(
            label=gettext("Have you completed this section?"), widget=RadioAnswer(rows)
        )

    def clean(self, value: list[str]) -> str:
        return value[0] if value and value[0] in {"yes", "no"} else ""


def fingerprint(raw: Any, note: str) -> str:
    """Of a value and its note, the same for a stored answer and for what a form sends of it.

    32 bits: it is compared with one other, of the same question on the same page. What was stored
    before texts had one form comes back in that form and is still the same.
    """
    text = normalise_text("\n".join([*sorted(values_of(raw)), "", note]))
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]


def revision_token(row: AnswerRow | None) -> str:
    """What the hidden field of a question holds: the revision it shows and its fingerprint."""
    if row is None:
        return f"0.{fingerprint(None, '')}"
    return f"{row.revision}.{fingerprint(row.to_method_answer() if row.status else None, row.note)}"


class PageForm(forms.Form):
    """The questions of a page; bound, it takes those that were posted and leaves the others.

    `alone` is one question by itself: whether its subject is complete is not asked beside it.
    """

    use_required_attribute = False

    def __init__(
        self,
        progress: Progress,
        subject: Subject,
        questions: Iterable[Question],
        data: QueryDict | None = None,
        *,
        alone: bool = False,
    ) -> None:
        super().__init__(data)
        self.progress = self.after = progress
        self.subject = subject
        self.questions = tuple(questions)
        self.conflicts: dict[str, AnswerRow] = {}
        for question in self.questions:
            self._add_fields(question)
        if not alone:
            self._add_completed()

    def _add_completed(self) -> None:
        self.fields["completed"] = CompletedField()
        said = None if self.is_bound else self.progress.completed.get(self.subject.slug)
        if said is not None:
            self.initial["completed"] = "yes" if said else "no"

    def _add_fields(self, question: Question) -> None:
        code = question.code
        wording = question.wording(self.progress.response.tier or None)
        self.fields.update(question_fields(question, self.progress.instrument, wording))
        if not self.is_bound:
            self._set_initial(code, self.progress.rows.get(code))

    def _set_initial(self, code: str, row: AnswerRow | None) -> None:
        self.initial[f"{code}-revision"] = revision_token(row)
        if row is not None:
            self.initial[f"{code}-note"] = row.note
            self.initial[code] = row.to_method_answer() if row.status else None

    def clean(self) -> dict[str, Any]:
        here = {question.code for question in self.questions}
        for name in self.data:
            asked = REVISION_FIELD.fullmatch(name)
            if asked and asked["code"] not in here:
                sentence = gettext("There is no question %(code)s on this page.")
                self.add_error(None, sentence % {"code": asked["code"]})
        return self.cleaned_data

    @property
    def completed(self) -> dict[str, bool]:
        """By subject; empty where the person left it open."""
        said = self.cleaned_data.get("completed") if self.is_valid() else None
        return {self.subject.slug: said == "yes"} if said else {}

    def incoming(self) -> list[SubmittedAnswer]:
        """What this page changed: posted, and with another fingerprint than it showed."""
        sent = [self._incoming(question) for question in self.questions if self._posted(question)]
        return [incoming for incoming in sent if incoming is not None]

    def _posted(self, question: Question) -> bool:
        names = (question.code, f"{question.code}-note", f"{question.code}-revision")
        return any(name in self.data for name in names)

    def _incoming(self, question: Question) -> SubmittedAnswer | None:
        code = question.code
        raw = self.cleaned_data[code]
        note = self.cleaned_data.get(f"{code}-note", "")
        revision, mark = self.cleaned_data[f"{code}-revision"]
        if mark == fingerprint(raw, note):
            return None
        return SubmittedAnswer(code=code, raw=raw, note=note, revision=revision)

    def apply_saved(self, saved: SaveOutcome) -> None:
        """Puts what is stored now into the form: the page drawn next sends the right revisions."""
        self.conflicts = {conflict.stored.code: conflict.stored for conflict in saved.conflicts}
        self.after = replace(self.progress, rows=saved.rows)
        if self.conflicts:
            self._send_stored_revisions(saved)

    def _send_stored_revisions(self, saved: SaveOutcome) -> None:
        data = cast("QueryDict", self.data).copy()
        for code in (*saved.revisions, *self.conflicts):
            data[f"{code}-revision"] = revision_token(saved.rows.get(code))
        self.data = data

    def revision_token_of(self, question: Question) -> str:
        return revision_token(self.after.rows.get(question.code))

    def stored_conflict(self, question: Question) -> ShownConflict | None:
        row = self.conflicts.get(question.code)
        if row is None:
            return None
        words = answer_words(question, row) or [gettext("No answer")]
        return ShownConflict(text="\n".join(words), note=row.note)

    @property
    def sentences(self) -> list[str]:
        return [str(error) for errors in self.errors.values() for error in errors]

    @cached_property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_show_errors = False
        helper.attrs = self.form_attributes()
        helper.layout = Layout(*(self.layout_of(question) for question in self.questions))
        helper.add_input(Submit("continue", gettext("Continue")))
        if "completed" in self.fields:
            helper.layout.append("completed")
            back = gettext("Save and go back to the list")
            helper.add_input(Submit("list", back, css_class="button-secondary"))
        return helper

    def form_attributes(self) -> dict[str, str]:
        """The address that saves one answer; the script puts the code of its question in it."""
        return {"data-answer-url": reverse("answer", args=[self.progress.response.uuid, "CODE"])}

    def layout_of(self, question: Question) -> QuestionLayout:
        return QuestionLayout(
            question,
            instrument=self.progress.instrument,
            shown=self.after.shows(question),
            conflict=self.stored_conflict(question),
        )


def question_fields(
    question: Question, instrument: Instrument, wording: str
) -> dict[str, forms.Field]:
    """From the cache; `wording` is in the key, because the national tier may read another one."""
    key = instrument.texts_hash, question.code, wording, str(get_language())
    return QUESTION_FIELDS.get(key, lambda: build_fields(question, instrument, wording))


def build_fields(
    question: Question, instrument: Instrument, wording: str
) -> dict[str, forms.Field]:
    fields = answer_fields(question, instrument=instrument, wording=wording)
    return fields | {f"{question.code}-revision": RevisionTokenField(required=False)}


def page_form(
    progress: Progress,
    subject: Subject,
    *,
    data: QueryDict | None = None,
    only: Question | None = None,
) -> PageForm:
    """The form of the whole subject, or of one question of it, with a Continue of its own."""
    questions = (only,) if only else subject.questions
    return PageForm(progress, subject, questions, data, alone=only is not None)
