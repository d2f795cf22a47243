"""The form of a link by which everybody of a group comes in."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext, gettext_lazy

from assessment.reports.wording import SECTORS, TIERS

MOST_BY_LINK = 500


class OpenLinkForm(forms.Form):
    use_required_attribute = False

    sector = forms.ChoiceField(label=gettext_lazy("Sector"), choices=list(SECTORS.items()))
    tier = forms.ChoiceField(label=gettext_lazy("Tier"), choices=list(TIERS.items()))
    limit = forms.IntegerField(
        label=gettext_lazy("At most so many people"),
        min_value=1,
        max_value=MOST_BY_LINK,
        initial=20,
    )

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_show_errors = False
        helper.add_input(Submit("continue", gettext("Make the link")))
        return helper
