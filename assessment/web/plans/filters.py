"""Which lines of a plan are shown: by who acts, by when, and by subject."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row, Submit
from django import forms
from django.utils.translation import gettext, gettext_lazy

from assessment.models import PlanLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import QueryDict

    from assessment.reports.plan_wording import PlanEntry

SOON = timedelta(days=92)
OVER = frozenset({PlanLine.State.DONE, PlanLine.State.DROPPED})
ANY = ("", gettext_lazy("All"))


def is_overdue(entry: PlanEntry, today: date) -> bool:
    return entry.due_date is not None and entry.due_date < today and entry.state not in OVER


def _is_soon(entry: PlanEntry, today: date) -> bool:
    return entry.due_date is not None and today <= entry.due_date <= today + SOON


def _is_later(entry: PlanEntry, today: date) -> bool:
    return entry.due_date is not None and entry.due_date > today + SOON


def _has_no_date(entry: PlanEntry, today: date) -> bool:
    return entry.due_date is None


DATES: dict[str, tuple[Any, Callable[[PlanEntry, date], bool]]] = {
    "overdue": (gettext_lazy("Overdue"), is_overdue),
    "soon": (gettext_lazy("In the next three months"), _is_soon),
    "later": (gettext_lazy("Later"), _is_later),
    "none": (gettext_lazy("No date yet"), _has_no_date),
}


class Offer(forms.ChoiceField):
    """Required only so that its label does not say that it is optional."""

    def clean(self, value: Any) -> str:
        return str(value) if value and self.valid_value(value) else ""


class PlanFilter(forms.Form):
    """Offers what the lines hold; what is not among it filters nothing."""

    use_required_attribute = False

    def __init__(self, data: QueryDict, entries: Sequence[PlanEntry]) -> None:
        super().__init__(data)
        self.entries = entries
        who = dict.fromkeys(entry.who for entry in entries if entry.who)
        subjects = {
            code: words
            for entry in entries
            for code, words in zip(entry.subjects, entry.subject_words, strict=True)
        }
        dates = [(value, label) for value, (label, _holds) in DATES.items()]
        self.fields["who"] = _offer(gettext_lazy("Who acts"), [(name, name) for name in who])
        self.fields["when"] = _offer(gettext_lazy("When"), dates)
        self.fields["subject"] = _offer(gettext_lazy("Subject"), list(subjects.items()))

    def chosen(self, today: date) -> tuple[PlanEntry, ...]:
        self.full_clean()
        wanted = self.cleaned_data
        when = DATES[wanted["when"]][1] if wanted["when"] else None
        return tuple(
            entry
            for entry in self.entries
            if wanted["who"] in ("", entry.who)
            and wanted["subject"] in ("", *entry.subjects)
            and (when is None or when(entry, today))
        )

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_method = "get"
        helper.form_class = "filters"
        helper.form_show_errors = False
        helper.layout = Layout(Row("who", "when", "subject"))
        helper.add_input(Submit("", gettext("Show"), css_class="button-secondary"))
        return helper


def _offer(label: Any, choices: list[tuple[str, Any]]) -> Offer:
    return Offer(label=label, choices=[ANY, *choices])
