"""The form of one line of a plan."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Hidden, Layout, Submit
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy

from assessment.actions.plans.values import TEXT_LIMITS, LineValues
from assessment.models import PlanLine
from assessment.reports.budget_words import budget_words
from assessment.reports.formats import day_words
from assessment.reports.plan_wording import AdviceWords
from assessment.web.plans.share_fields import (
    label_with_side,
    share_fields,
    share_initial,
    share_layout,
    share_problems,
    shares_of,
)
from assessment.web.plans.text_field import TextField

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.http import QueryDict

    from assessment.instrument.model import Instrument
    from assessment.reports.budget_words import BudgetWords

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2199, 12, 31)
SEVERAL_LINES = frozenset({"what", "first_step", "sign", "evidence"})
"""The others are put on one line, however they were typed."""
MONEY = frozenset({"budget", "no_budget"})
"""Of which each side says its own where there are two."""
LABELS: dict[str, Any] = {
    "what": gettext_lazy("What is to be done"),
    "who": gettext_lazy("Who does it"),
    "partners": gettext_lazy("With whom"),
    "first_step": gettext_lazy("First step"),
    "due_date": gettext_lazy("Date"),
    "budget": gettext_lazy("budget line"),
    "no_budget": gettext_lazy("why there is no budget line"),
    "sign": gettext_lazy("Sign of success"),
    "evidence": gettext_lazy("Evidence that it was done"),
    "state": gettext_lazy("State"),
    "subject": gettext_lazy("Subject"),
    "revision": "",
}
HINTS = {
    "who": gettext_lazy("An office or a function; a person only where she agrees."),
    "due_date": gettext_lazy("By when it is done, for example 2027-02-15."),
    "sign": gettext_lazy("What can be seen or counted once it is done."),
    "evidence": gettext_lazy("A decree, a budget, a list, a date: what somebody can look up."),
}
BACK_TO_ADVICE = gettext_lazy("Emptied, it says again what the advice says.")


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
        sides: Sequence[str] = (),
        key: str = "",
    ) -> None:
        self.words = words or AdviceWords()
        self.sides = sides
        super().__init__(data, initial=self._initial(line))
        self.key = key
        self.is_own = line is None or line.is_own
        budget = budget_words(bank)
        for name in TEXT_LIMITS:
            if sides and name in MONEY:
                continue
            self.fields[name] = _text(name, budget, is_own=self.is_own)
        if not self.is_own:
            self.fields["what"].help_text = BACK_TO_ADVICE
        self.fields["due_date"] = _date_field()
        self.fields["state"] = _choice("state", _states(), required=True)
        if self.is_own:
            self.fields["subject"] = _choice("subject", _subjects(bank), required=False)
        self.fields.update(share_fields(sides, budget))
        self.fields["revision"] = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("budget") and self.cleaned_data.get("no_budget"):
            sentence = gettext("Money: say what pays for it, or why nothing does, not both.")
            self.add_error("no_budget", sentence)
        for name, problem in share_problems(self.cleaned_data, self.sides):
            self.add_error(name, problem)
        return self.cleaned_data

    @property
    def values(self) -> LineValues:
        cleaned = self.cleaned_data
        return LineValues(
            **{name: self._changed(name) for name in PlanLine.WORDS},
            due_date=cleaned["due_date"],
            budget=cleaned.get("budget", ""),
            no_budget=cleaned.get("no_budget", ""),
            sign=cleaned["sign"],
            evidence=cleaned["evidence"],
            subject=cleaned.get("subject", ""),
            state=cleaned["state"],
            shares=shares_of(cleaned, self.sides),
        )

    def _initial(self, line: PlanLine | None) -> dict[str, Any]:
        """What the fields show of a stored line; nothing of one that is only being written."""
        if line is None:
            return {"state": PlanLine.State.PLANNED}
        names = [name for name in LABELS if name not in PlanLine.WORDS]
        stored = {name: getattr(line, name) for name in PlanLine.WORDS}
        shown = {n: getattr(self.words, n) if t is None else t for n, t in stored.items()}
        return {name: getattr(line, name) for name in names} | shown | self._shares(line)

    def _shares(self, line: PlanLine) -> dict[str, str]:
        return share_initial(line, self.sides) if self.sides else {}

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
        theirs = self._initial(stored)
        for name, field in self.fields.items():
            if name != "revision" and theirs[name] != self.cleaned_data[name]:
                yield label_with_side(name, field.label), self._words_of(name, theirs[name])

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
        sides = [share_layout(sector) for sector in self.sides]
        at = order.index("sign")
        helper.layout = Layout(*order[:at], *sides, *order[at:])
        if self.key:
            helper.add_input(Hidden("key", self.key))
        helper.add_input(Submit("save", gettext("Save this line")))
        return helper


def _text(name: str, budget: BudgetWords, *, is_own: bool) -> TextField:
    return TextField(
        label={"budget": budget.pays, "no_budget": budget.why_none}.get(name, LABELS[name]),
        hint=HINTS.get(name, ""),
        limit=TEXT_LIMITS[name],
        several_lines=name in SEVERAL_LINES,
        required=name == "what",
        must_be_typed=is_own and name == "what",
    )


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


def _states() -> list[tuple[str, Any]]:
    return [(state, capfirst(name)) for state, name in PlanLine.State.choices]


def _subjects(bank: Instrument) -> list[tuple[str, Any]]:
    none = ("", gettext_lazy("The whole scheme"))
    return [none, *((dimension.code, dimension.name) for dimension in bank.dimensions)]
