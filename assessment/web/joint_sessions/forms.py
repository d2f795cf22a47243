"""The forms of a session: its questions, a second answer, and what the room came to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from assessment.actions.rounds.agree import SessionOutcome
from assessment.models import AgreedAnswer
from assessment.reports.session_figures import proposed_questions, session_order
from assessment.web.questionnaire.fields import answer_fields
from assessment.web.reason_field import ReasonField

if TYPE_CHECKING:
    from django.http import QueryDict

    from assessment.instrument.answers import Answer
    from assessment.instrument.model import Instrument, Question
    from assessment.method.result import Result

NO_AGREEMENT = "not_agreed"


class QuestionsForm(forms.Form):
    """Which questions the session talks about, the furthest apart first."""

    use_required_attribute = False

    codes = forms.MultipleChoiceField(
        label=gettext_lazy("Questions to talk about"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one question to talk about.")},
    )
    second_answers = forms.BooleanField(
        label=gettext_lazy("Before each talk, people answer once more on their own devices"),
        required=False,
    )

    def __init__(
        self, result: Result, instrument: Instrument, data: QueryDict | None = None
    ) -> None:
        super().__init__(data)
        order = session_order(result, instrument)
        field = self.fields["codes"]
        field.choices = [(code, instrument.question[code].text) for code in order]  # type: ignore[attr-defined]
        field.initial = proposed_questions(result, instrument)

    def clean_codes(self) -> list[str]:
        """In the order of the page, whatever the order in which they were sent."""
        chosen = set(self.cleaned_data["codes"])
        return [code for code, _text in self.fields["codes"].choices if code in chosen]  # type: ignore[attr-defined]


class SecondAnswerForm(forms.Form):
    """The question as it was put the first time, without a note."""

    use_required_attribute = False

    def __init__(
        self,
        question: Question,
        instrument: Instrument,
        wording: str,
        data: QueryDict | None = None,
    ) -> None:
        super().__init__(data)
        self.question = question
        field = answer_fields(question, instrument=instrument, wording=wording)[question.code]
        field.required = True
        self.fields[question.code] = field

    @property
    def answer(self) -> Answer:
        answer: Answer = self.cleaned_data[self.question.code]
        return answer

    @property
    def bound(self) -> forms.BoundField:
        return self[self.question.code]


class OutcomeForm(SecondAnswerForm):
    """The answer that the room agreed on and why, or both positions where it did not."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What the room came to"),
        choices=[
            ("agreed", gettext_lazy("We agreed on the answer below")),
            (NO_AGREEMENT, gettext_lazy("We did not agree; both positions stand below")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say whether the room agreed.")},
    )
    reason = ReasonField(label=gettext_lazy("Why, or both positions"), rows=4)

    def __init__(
        self,
        question: Question,
        instrument: Instrument,
        data: QueryDict | None = None,
        *,
        stored: AgreedAnswer | None = None,
    ) -> None:
        super().__init__(question, instrument, question.text, data)
        field = self.fields[question.code]
        field.required = False
        # A room agrees on an answer, never on not knowing one.
        field.widget.leave_out(question.statuses_beside)
        if stored is not None:
            self.initial = {"outcome": stored.status, "reason": stored.reason}
            if stored.status == AgreedAnswer.Status.AGREED:
                self.initial[question.code] = stored.to_method_answer()

    def clean(self) -> dict[str, Any]:
        outcome, code = self.cleaned_data.get("outcome"), self.question.code
        answer = self.cleaned_data.get(code)
        if outcome == "agreed" and code not in self.errors and (not answer or answer.value is None):
            self.add_error(code, gettext("Choose the answer that the room agreed on."))
        if outcome == NO_AGREEMENT and not self.cleaned_data.get("reason"):
            self.add_error("reason", gettext("Write down both positions in a sentence each."))
        return self.cleaned_data

    @property
    def result(self) -> SessionOutcome:
        agreed = self.cleaned_data["outcome"] != NO_AGREEMENT
        value = self.answer.value if agreed else None
        raw = list(value) if isinstance(value, tuple) else value
        return SessionOutcome(self.question.code, raw, self.cleaned_data["reason"])
