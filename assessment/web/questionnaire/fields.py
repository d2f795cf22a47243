"""The form field of each kind of question: what was posted, and a sentence where it is wrong."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from babel import Locale
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy, to_locale
from django.utils.translation import gettext as _

from assessment.actions.clean_text import NOTE_LIMIT, BadText, clean_text
from assessment.instrument.answers import DONT_KNOW, NOT_APPLICABLE, BadAnswer
from assessment.instrument.kinds.number import number_range
from assessment.instrument.kinds.registry import kind_of, read_answer
from assessment.instrument.kinds.text import LONGEST_TEXT
from assessment.reports.issue_wording.bank import bare_sentence
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
    from assessment.instrument.model import Instrument, Question

STATUSES = (DONT_KNOW, NOT_APPLICABLE)


def clean_field_text(value: str, *, limit: int, sentence: str) -> str:
    """The text as it is stored; what is wrong with it stands in `sentence` as {problem}."""
    try:
        return clean_text(value, limit=limit)
    except BadText as error:
        problem = bare_sentence(error.issue)
        raise ValidationError(sentence.replace("{problem}", problem), code="text") from error


class AnswerField(forms.Field):
    """Cleans to what `read_answer` takes, or to None where the question was left open."""

    widget: AnswerWidget
    several = False

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

    def clean(self, value: list[str]) -> Any:
        chosen = list(dict.fromkeys(value))
        if not chosen:
            return self.nothing()
        self.refuse_conflict(chosen)
        raw = self.raw(chosen)
        try:
            read_answer(self.question, raw)
        except BadAnswer as error:
            raise self.refusal(error.code) from error
        return raw

    def nothing(self) -> None:
        if self.required:
            raise ValidationError(
                _("Answer the question “{question}”").format(question=self.wording),
                code="required",
            )

    def raw(self, chosen: list[str]) -> Any:
        alone = chosen[0] in STATUSES
        return chosen if self.several and not alone else chosen[0]

    def refuse_conflict(self, chosen: list[str]) -> None:
        """A line that excludes all others was ticked beside others."""
        alone = [row for row in self.widget.rows if row.exclusive and row.value in chosen]
        if alone and len(chosen) > 1:
            sentence = _("“{question}”: choose either “{alone}” or the other answer, not both")
            raise ValidationError(
                sentence.format(question=self.wording, alone=alone[0].text), code="not_alone"
            )

    def refusal(self, code: str) -> ValidationError:
        sentence = _("Choose one of the answers listed under “{question}”")
        return ValidationError(sentence.format(question=self.wording), code=code)


class MultiField(AnswerField):
    several = True


class NumberField(AnswerField):
    def raw(self, chosen: list[str]) -> Any:
        return chosen[0].strip()

    def refusal(self, code: str) -> ValidationError:
        low, high = number_range(self.question)
        sentence = _("“{question}”: enter a whole number from {low} to {high}, in digits")
        return ValidationError(
            sentence.format(question=self.wording, low=low, high=high), code=code
        )


class TextField(AnswerField):
    def raw(self, chosen: list[str]) -> Any:
        sentence = _("“{question}”: {problem}").replace("{question}", self.wording)
        return clean_field_text(chosen[0], limit=LONGEST_TEXT, sentence=sentence)


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
        sentence = _("Note to “{question}”: {problem}").replace("{question}", self.question)
        return clean_field_text(str(value or ""), limit=NOTE_LIMIT, sentence=sentence)


class RevisionField(forms.IntegerField):
    """Which revision of the answer the page showed; anything unreadable is the oldest."""

    widget = Revision

    def clean(self, value: Any) -> int:
        text = str(value or "")
        return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 0


def status_rows(question: Question) -> tuple[ChoiceRow, ...]:
    """Not knowing and not applying stand last and apart; facts of the profile have neither."""
    rows = []
    if question.dimension:
        rows.append(ChoiceRow(DONT_KNOW, _("I do not know"), exclusive=True, after_divider=True))
    if question.not_applicable:
        rows.append(
            ChoiceRow(NOT_APPLICABLE, _("Does not apply"), exclusive=True, after_divider=True)
        )
    return tuple(rows)


def option_rows(question: Question) -> tuple[ChoiceRow, ...]:
    options = tuple(
        ChoiceRow(o.value, o.text, o.help, o.exclusive, after_divider=o.value in STATUSES)
        for o in question.options
    )
    return options + status_rows(question)


def country_rows(codes: tuple[str, ...], language: str) -> tuple[ChoiceRow, ...]:
    """Countries by their name in the reader's language, in its alphabet as far as folding goes.

    Kept by the codes and the language, from which they follow: sorting them takes 0.4 ms.
    """
    names = Locale.parse(to_locale(language)).territories
    rows = [ChoiceRow(code, names.get(code, code)) for code in codes]
    return tuple(sorted(rows, key=lambda row: folded(row.text)))


def folded(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


def one_option_field(question: Question, **options: Any) -> AnswerField:
    options.pop("instrument", None)
    return AnswerField(question, RadioAnswer(option_rows(question)), **options)


def several_options_field(question: Question, **options: Any) -> AnswerField:
    options.pop("instrument", None)
    return MultiField(question, CheckboxAnswer(option_rows(question)), **options)


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
