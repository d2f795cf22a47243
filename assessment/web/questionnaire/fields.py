"""The form field of each kind of question: what was posted, and a sentence where it is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from babel import Locale
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy, to_locale
from django.utils.translation import gettext as _

from assessment.actions.clean_text import BadText, clean_note
from assessment.instrument.answers import NOTE_LIMIT, BadAnswer
from assessment.instrument.issues import Issue
from assessment.instrument.kinds.number import number_range
from assessment.instrument.kinds.registry import BESIDE_OPTIONS, kind_of, read_sent
from assessment.instrument.kinds.text import LONGEST_TEXT
from assessment.instrument.plain_text import normalise_text
from assessment.reports.formats import sort_key
from assessment.reports.issue_wording.bank import bare_sentence
from assessment.reports.wording import STATUSES
from assessment.web.questionnaire.widgets import (
    AnswerWidget,
    CheckboxAnswer,
    ChoiceRow,
    Note,
    NumberAnswer,
    RadioAnswer,
    Revision,
    SelectAnswer,
    TextAnswer,
    values_of,
)

if TYPE_CHECKING:
    from assessment.instrument.answers import Answer
    from assessment.instrument.model import Instrument, Question


class AnswerField(forms.Field):
    """Cleans to the answer, read once and for all, or to None where the question was left open."""

    widget: AnswerWidget

    def __init__(
        self, question: Question, widget: AnswerWidget, *, required: bool = False, wording: str = ""
    ) -> None:
        self.question = question
        self.wording = wording or question.text
        super().__init__(
            required=required, widget=widget, label=self.wording, help_text=question.help
        )

    def prepare_value(self, value: Any) -> list[str]:
        return values_of(value)

    def clean(self, value: list[str]) -> Answer | None:
        self.refuse_conflict(value)
        try:
            answer = read_sent(self.question, value)
        except BadAnswer as error:
            raise self.refusal(error) from error
        if answer is None and self.required:
            sentence = _("Answer the question “{question}”")
            raise ValidationError(sentence.format(question=self.wording), code="required")
        return answer

    def refuse_conflict(self, chosen: list[str]) -> None:
        """A line that excludes all others was ticked beside others."""
        alone = [row for row in self.widget.rows if row.exclusive and row.value in chosen]
        if alone and len(set(chosen)) > 1:
            sentence = _("“{question}”: choose either “{alone}” or the other answer, not both")
            raise ValidationError(
                sentence.format(question=self.wording, alone=alone[0].text), code="not_alone"
            )

    def refusal(self, error: BadAnswer) -> ValidationError:
        sentence = _("Choose one of the answers listed under “{question}”")
        return ValidationError(sentence.format(question=self.wording), code=error.code)


class NumberField(AnswerField):
    def refusal(self, error: BadAnswer) -> ValidationError:
        low, high = number_range(self.question)
        sentence = _("“{question}”: enter a whole number from {low} to {high}, in digits")
        if error.code == "between_whole":
            sentence = _(
                "“{question}”: {written} is not a whole number. Give {below} or {above}, whichever "
                "is nearer"
            )
        if error.code == "unclear_number":
            sentence = _(
                "“{question}”: {written} can be read as two different numbers. Write it without a "
                "comma or a point, from {low} to {high}"
            )
        words = error.params | {"question": self.wording, "low": low, "high": high}
        return ValidationError(sentence.format(**words), error.code)


class TextField(AnswerField):
    def clean(self, value: list[str]) -> Answer | None:
        """Signs that nobody sees leave the question open, as blanks do."""
        return super().clean([text for text in value if normalise_text(text).strip()])

    def refusal(self, error: BadAnswer) -> ValidationError:
        if error.code == "not_alone":
            sentence = _("“{question}”: two different texts were sent. Send one of them")
            return ValidationError(sentence.format(question=self.wording), code=error.code)
        problem = bare_sentence(TEXT_ISSUES[error.code](error.params))
        sentence = _("“{question}”: {problem}")
        return ValidationError(
            sentence.format(question=self.wording, problem=problem), code=error.code
        )


TEXT_ISSUES: Mapping[str, Callable[[Mapping[str, Any]], Issue]] = {
    "odd_character": lambda params: Issue(
        "odd_character", params={name: params[name] for name in ("character", "near")}
    ),
    "too_long": lambda params: Issue(
        "text_too_long", params={"over": params["over"], "limit": params["longest"]}
    ),
}
"""What can be wrong with own words, as it is said of every other text."""


class NoteField(forms.CharField):
    """The note to an answer; what is wrong with it names the question."""

    def __init__(self, question: str) -> None:
        super().__init__(
            required=False,
            strip=False,
            label=gettext_lazy("Your note (optional)"),
            widget=Note(NOTE_LIMIT),
        )
        self.question = question

    def clean(self, value: Any) -> str:
        try:
            return clean_note(str(value or ""))
        except BadText as error:
            sentence = _("Note to “{question}”: {problem}")
            problem = bare_sentence(error.issue)
            raise ValidationError(
                sentence.format(question=self.question, problem=problem), code="text"
            ) from error


class RevisionField(forms.IntegerField):
    """Which revision of the answer the page showed; anything unreadable is the oldest."""

    widget = Revision

    def clean(self, value: Any) -> int:
        text = str(value or "")
        return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 0


def status_rows(question: Question) -> tuple[ChoiceRow, ...]:
    """Not knowing and not applying stand last and apart."""
    return tuple(
        ChoiceRow(status, str(STATUSES[status]), exclusive=True, after_divider=True)
        for status in question.statuses_beside
    )


def option_rows(question: Question) -> tuple[ChoiceRow, ...]:
    options = tuple(
        ChoiceRow(o.value, o.text, o.help, o.exclusive, after_divider=o.value in BESIDE_OPTIONS)
        for o in question.options
    )
    return options + status_rows(question)


def country_rows(codes: tuple[str, ...], language: str) -> tuple[ChoiceRow, ...]:
    """Countries by their name in the reader's language, in its alphabet.

    Kept by the codes and the language, from which they follow: sorting them takes 0.4 ms.
    """
    names = Locale.parse(to_locale(language)).territories
    rows = [ChoiceRow(code, names.get(code, code)) for code in codes]
    return tuple(sorted(rows, key=lambda row: sort_key(row.text)))


def one_option_field(question: Question, **options: Any) -> AnswerField:
    options.pop("instrument", None)
    return AnswerField(question, RadioAnswer(option_rows(question)), **options)


def several_options_field(question: Question, **options: Any) -> AnswerField:
    options.pop("instrument", None)
    return AnswerField(question, CheckboxAnswer(option_rows(question)), **options)


def number_field(question: Question, **options: Any) -> AnswerField:
    options.pop("instrument", None)
    digits = max(len(str(bound)) for bound in number_range(question))
    widget = NumberAnswer(status_rows(question), unit=question.unit, digits=digits)
    return NumberField(question, widget, **options)


def country_field(question: Question, *, instrument: Instrument, **options: Any) -> AnswerField:
    codes = tuple(code for region in instrument.regions for code in region.countries)
    rows = country_rows(codes, get_language() or instrument.language)
    return AnswerField(question, SelectAnswer(rows), **options)


def text_field(question: Question, **options: Any) -> AnswerField:
    options.pop("instrument", None)
    return TextField(question, TextAnswer(limit=LONGEST_TEXT), **options)


FIELDS: Mapping[str, Callable[..., AnswerField]] = {
    "one_option": one_option_field,
    "several_options": several_options_field,
    "number": number_field,
    "country": country_field,
    "text": text_field,
}
"""By the field that a kind wants (`Kind.field`)."""


def answer_fields(
    question: Question, *, instrument: Instrument, wording: str = ""
) -> dict[str, forms.Field]:
    """A question's answer, note and revision by field name; own words need no note beside them."""
    kind = kind_of(question)
    field = FIELDS[kind.field](question, instrument=instrument, wording=wording)
    fields: dict[str, forms.Field] = {
        question.code: field,
        f"{question.code}-revision": RevisionField(required=False),
    }
    if not kind.free_text:
        fields[f"{question.code}-note"] = NoteField(field.wording)
    return fields
