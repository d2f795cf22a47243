"""The form of one line of a plan."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Hidden, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext, gettext_lazy

from assessment.actions.clean_text import BadText, clean_line, clean_text
from assessment.actions.plans.change import TEXT_LIMITS, LineValues
from assessment.models import PlanLine
from assessment.reports.country_words import budget_words
from assessment.reports.formats import day_words
from assessment.reports.issue_wording.bank import bare_sentence
from assessment.reports.plan_wording import AdviceWords

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import QueryDict

    from assessment.instrument.model import Instrument

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2199, 12, 31)
SEVERAL_LINES = frozenset({"what", "first_step", "sign"})
"""The others are put on one line, however they were typed."""
LABELS: dict[str, Any] = {
    "what": gettext_lazy("What is to be done"),
    "who": gettext_lazy("Who does it"),
    "partners": gettext_lazy("With whom"),
    "first_step": gettext_lazy("First step"),
    "due_date": gettext_lazy("Date"),
    "budget": gettext_lazy("budget line"),
    "no_budget": gettext_lazy("why there is no budget line"),
    "sign": gettext_lazy("Sign of success"),
    "state": gettext_lazy("State"),
    "subject": gettext_lazy("Subject"),
    "revision": "",
}
HINTS = {
    "who": gettext_lazy("An office or a function; a person only where she agrees."),
    "due_date": gettext_lazy("By when it is done, for example 2027-02-15."),
    "sign": gettext_lazy("What can be seen or counted once it is done."),
}
NOTHING_TO_DO = gettext_lazy("What is to be done: write it in a few words.")
BACK_TO_ADVICE = gettext_lazy("Emptied, it says again what the advice says.")


class TextField(forms.CharField):
    """A text of a line, cleaned as every text is; `what` may be left empty only where advice fills
    it in again.
    """

    def __init__(self, name: str, *, is_own: bool) -> None:
        several = name in SEVERAL_LINES
        super().__init__(
            required=name == "what",
            label=LABELS[name],
            help_text=HINTS.get(name, ""),
            widget=forms.Textarea({"rows": 2, "dir": "auto", "autocomplete": "off"}),
            error_messages={"required": NOTHING_TO_DO},
        )
        self.validators = []
        self.must_be_typed = is_own and self.required
        self.clean_typed = clean_text if several else clean_line
        self.limit = TEXT_LIMITS[name]

    def validate(self, value: str) -> None:
        if self.must_be_typed:
            super().validate(value)

    def to_python(self, value: Any) -> str:
        try:
            return self.clean_typed(str(value or ""), limit=self.limit)
        except BadText as error:
            sentence = gettext("%(field)s: %(problem)s")
            params = {"field": self.label, "problem": bare_sentence(error.issue)}
            raise ValidationError(sentence % params, code="text") from error


class LineForm(forms.Form):
    """Cleans to `values`. `words` are those of the advice the line was taken from, if any."""

    use_required_attribute = False

    def __init__(
        self,
        bank: Instrument,
        data: QueryDict | None = None,
        *,
        line: PlanLine | None = None,
        words: AdviceWords | None = None,
        key: str = "",
        country: object = None,
    ) -> None:
        self.words = words or AdviceWords()
        super().__init__(data, initial=line_initial(line, self.words))
        self.key = key
        self.is_own = line is None or line.is_own
        for name in TEXT_LIMITS:
            self.fields[name] = TextField(name, is_own=self.is_own)
        budget = budget_words(country)
        self.fields["budget"].label = budget.pays
        self.fields["no_budget"].label = budget.why_none
        if not self.is_own:
            self.fields["what"].help_text = BACK_TO_ADVICE
        self.fields["due_date"] = _date_field()
        self.fields["state"] = _choice("state", PlanLine.State.choices, required=True)
        if self.is_own:
            self.fields["subject"] = _choice("subject", _subjects(bank), required=False)
        self.fields["revision"] = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("budget") and self.cleaned_data.get("no_budget"):
            sentence = gettext("Budget: give the line, or say why there is none, not both.")
            self.add_error("no_budget", sentence)
        return self.cleaned_data

    @property
    def values(self) -> LineValues:
        cleaned = self.cleaned_data
        return LineValues(
            **{name: self._changed(name) for name in PlanLine.WORDS},
            due_date=cleaned["due_date"],
            budget=cleaned["budget"],
            no_budget=cleaned["no_budget"],
            sign=cleaned["sign"],
            subject=cleaned.get("subject", ""),
            state=cleaned["state"],
        )

    @property
    def revision(self) -> int:
        return int(self.cleaned_data["revision"] or 0)

    def _changed(self, name: str) -> str | None:
        """None where the words of the advice stand."""
        typed: str = self.cleaned_data[name]
        if self.is_own:
            return typed
        as_advised = typed == self.fields[name].clean(getattr(self.words, name))
        return None if as_advised or (name == "what" and not typed) else typed

    def differing(self, stored: PlanLine) -> Iterator[tuple[str, str]]:
        """Label and stored words of each field that stands otherwise in `stored`."""
        theirs = line_initial(stored, self.words)
        for name, field in self.fields.items():
            if name != "revision" and theirs[name] != self.cleaned_data[name]:
                yield str(field.label), self._words_of(name, theirs[name])

    def _words_of(self, name: str, value: Any) -> str:
        if isinstance(value, date):
            return day_words(value)
        choices = dict(getattr(self.fields[name], "choices", ()))
        return str(choices.get(value, value)) if value else gettext("nothing")

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_show_errors = False
        order = [name for name in LABELS if name in self.fields]
        helper.layout = Layout(*order)
        if self.key:
            helper.add_input(Hidden("key", self.key))
        helper.add_input(Submit("save", gettext("Save this line")))
        return helper


def line_initial(line: PlanLine | None, words: AdviceWords) -> dict[str, Any]:
    """What the fields show of a stored line; nothing of one that is only being written."""
    if line is None:
        return {"state": PlanLine.State.PLANNED}
    names = [name for name in LABELS if name not in PlanLine.WORDS]
    stored = {name: getattr(line, name) for name in PlanLine.WORDS}
    shown = {n: getattr(words, n) if text is None else text for n, text in stored.items()}
    return {name: getattr(line, name) for name in names} | shown


def _date_field() -> forms.DateField:
    problem = gettext_lazy("Date: write year, month and day as in 2027-02-15.")
    return forms.DateField(
        required=False,
        label=LABELS["due_date"],
        help_text=HINTS["due_date"],
        widget=forms.DateInput({"type": "date", "autocomplete": "off"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"],
        error_messages={"invalid": problem},
        validators=[MinValueValidator(FIRST_DAY, problem), MaxValueValidator(LAST_DAY, problem)],
    )


def _choice(name: str, choices: list[tuple[str, Any]], *, required: bool) -> forms.ChoiceField:
    sentence = gettext("%(field)s: choose one of the list.") % {"field": LABELS[name]}
    return forms.ChoiceField(
        required=required,
        label=LABELS[name],
        choices=choices,
        error_messages={"required": sentence, "invalid_choice": sentence},
    )


def _subjects(bank: Instrument) -> list[tuple[str, Any]]:
    none = ("", gettext_lazy("The whole scheme"))
    return [none, *((dimension.code, dimension.name) for dimension in bank.dimensions)]
