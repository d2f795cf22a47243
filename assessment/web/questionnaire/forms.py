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
from assessment.reports.promise_wording import who_sees_notes
from assessment.web.languages import SENT_WITH
from assessment.web.questionnaire.fields import RevisionField, answer_fields
from assessment.web.questionnaire.layout import QuestionLayout, ShownConflict, field_names
from assessment.web.questionnaire.ways import ways_of
from assessment.web.questionnaire.widgets import values_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import QueryDict

    from assessment.actions.responses.save_answers import SaveOutcome
    from assessment.instrument.answers import Answer
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


def fingerprint(answer: Answer | None, note: str) -> str:
    """Of an answer and its note, the same for what is stored and for what a form sends of it.

    32 bits: it is compared with one other, of the same question on the same page. What was stored
    before texts had one form comes back in that form and is still the same.
    """
    text = normalise_text("\n".join([*sorted(values_of(answer)), "", note]))
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]


def revision_token(row: AnswerRow | None) -> str:
    """What the hidden field of a question holds: the revision it shows and its fingerprint."""
    if row is None:
        return f"0.{fingerprint(None, '')}"
    return f"{row.revision}.{fingerprint(stored_answer(row), row.note)}"


def stored_answer(row: AnswerRow) -> Answer | None:
    return row.to_method_answer() if row.status else None


class PageForm(forms.Form):
    """The questions of a page; bound, it takes those that were posted and leaves the others.

    `alone` is one question by itself: the heading of its page, without the way back to the list.
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
        self.saved: tuple[str, ...] = ()
        self.alone = alone
        for question in self.questions:
            self._add_fields(question)

    def _add_fields(self, question: Question) -> None:
        code = question.code
        wording = question.wording(self.progress.response.routed_as[0])
        self.fields.update(question_fields(question, self.progress.instrument, wording))
        if not self.is_bound:
            self._set_initial(code, self.progress.rows.get(code))

    def _set_initial(self, code: str, row: AnswerRow | None) -> None:
        self.initial[f"{code}-revision"] = revision_token(row)
        if row is not None:
            self.initial[f"{code}-note"] = row.note
            self.initial[code] = stored_answer(row)

    def clean(self) -> dict[str, Any]:
        here = {question.code for question in self.questions}
        for name in self.data:
            asked = REVISION_FIELD.fullmatch(name)
            if asked and asked["code"] not in here:
                sentence = gettext("There is no question %(code)s on this page.")
                self.add_error(None, sentence % {"code": asked["code"]})
        return self.cleaned_data

    def incoming(self) -> list[SubmittedAnswer]:
        """What this page changed: posted, without a fault, with another fingerprint than it showed.

        One wrong answer does not keep the others from being saved.
        """
        sent = [self._incoming(question) for question in self.questions if self._readable(question)]
        return [incoming for incoming in sent if incoming is not None]

    def _readable(self, question: Question) -> bool:
        names = field_names(question.code).values()
        return any(name in self.data for name in names) and self.errors.keys().isdisjoint(names)

    def _incoming(self, question: Question) -> SubmittedAnswer | None:
        code = question.code
        answer = self.cleaned_data[code]
        note = self.cleaned_data.get(f"{code}-note", "")
        revision, mark = self.cleaned_data[f"{code}-revision"]
        if mark == fingerprint(answer, note):
            return None
        return SubmittedAnswer(code, answer, note, revision)

    def apply_saved(self, saved: SaveOutcome) -> None:
        """Puts what is stored now into the form: the page drawn next sends the right revisions."""
        self.conflicts = {conflict.stored.code: conflict.stored for conflict in saved.conflicts}
        self.after = replace(self.progress, rows=saved.rows)
        self.saved = tuple(saved.revisions)
        if self.conflicts or self.errors:
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
    def who_sees(self) -> str:
        """Of what is written on this page, where others answer too."""
        response = self.progress.response
        return "" if response.round.alone else who_sees_notes(response)

    @property
    def sentences(self) -> list[str]:
        return [str(error) for errors in self.errors.values() for error in errors]

    @cached_property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_show_errors = False
        helper.attrs = self.form_attributes()
        helper.form_id = SENT_WITH
        helper.layout = Layout(*(self.layout_of(question) for question in self.drawn_questions()))
        helper.add_input(Submit("continue", gettext("Continue")))
        if not self.alone:
            back = gettext("Save and go back to the list")
            helper.add_input(Submit("list", back, css_class="button-secondary"))
        if self.progress.may_change_way:
            helper.add_input(self.way_button())
        return helper

    def way_button(self) -> Submit:
        """Saves the page as Continue does, and goes on in the other way."""
        if self.progress.short:
            return Submit(
                "whole", gettext("Answer all questions instead"), css_class="button-plain"
            )
        ways = ways_of(self.progress.instrument)
        words = gettext("Change to the short way: {minutes} minutes")
        label = words.format(minutes=ways.short.minutes if ways.short else 0)
        return Submit("short", label, css_class="button-plain")

    def drawn_questions(self) -> list[Question]:
        """What is shown, what an answer on this page may show, and what was sent from the page."""
        return [
            question
            for question in self.questions
            if self.after.shows(question)
            or self._may_be_shown_here(question)
            or any(name in self.data for name in field_names(question.code).values())
        ]

    def _may_be_shown_here(self, question: Question) -> bool:
        here = {other.code for other in self.questions}
        return any(q.code in here for q in self.after.visibility.deciding_questions(question))

    def form_attributes(self) -> dict[str, str]:
        """The address that saves one answer; the script puts the code of its question in it."""
        return {"data-answer-url": reverse("answer", args=[self.progress.response.uuid, "CODE"])}

    def layout_of(self, question: Question) -> QuestionLayout:
        return QuestionLayout(
            question,
            instrument=self.progress.instrument,
            shown=self.after.shows(question),
            conflict=self.stored_conflict(question),
            heading=self.alone,
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
