"""The form of a link by which everybody of a group comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from assessment.reports.seat_wording import SECTORS, tiers_of_round
from assessment.web.rounds.settings_form import end_of_day

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import QueryDict

    from assessment.models import Round

MOST_BY_LINK = 500


class OpenLinkForm(forms.Form):
    use_required_attribute = False

    sector = forms.ChoiceField(label=gettext_lazy("Sector"), choices=list(SECTORS.items()))
    tier = forms.ChoiceField(label=gettext_lazy("Tier"))
    limit = forms.IntegerField(
        label=gettext_lazy("At most so many people"),
        min_value=1,
        max_value=MOST_BY_LINK,
        initial=20,
    )
    closes_on = forms.DateField(
        label=gettext_lazy("Last day of this link"),
        help_text=gettext_lazy(
            "Until the end of that day in the time zone of the round. Left empty it ends with the "
            "round."
        ),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )

    def __init__(self, round: Round, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.round = round
        tiers = tiers_of_round(round.tier_words)
        self.fields["tier"].choices = list(tiers.items())  # type: ignore[attr-defined]

    def clean_closes_on(self) -> Any:
        day = self.cleaned_data["closes_on"]
        if day and (end_of_day(day, self.round.time_zone) or timezone.now()) <= timezone.now():
            raise ValidationError(
                gettext("Last day of this link: choose a day that is still to come.")
            )
        return day

    @property
    def closes_at(self) -> datetime | None:
        return end_of_day(self.cleaned_data["closes_on"], self.round.time_zone)

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_show_errors = False
        helper.add_input(Submit("continue", gettext("Make the link")))
        return helper
