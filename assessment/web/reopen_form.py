"""The form that asks why a submitted response is opened again."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy

from assessment.actions.clean_text import BadText, clean_text
from assessment.reports.issue_wording.bank import bare_sentence

REASON_LIMIT = 1_000


class ReopenForm(forms.Form):
    use_required_attribute = False

    reason = forms.Field(
        label=gettext_lazy("Why do you open the answers again?"),
        help_text=gettext_lazy(
            "A sentence is enough. It is kept with the answers and never shown in a report."
        ),
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
        error_messages={
            "required": gettext_lazy("Reason: write in a sentence why you open the answers again.")
        },
    )

    def clean_reason(self) -> str:
        try:
            reason = clean_text(str(self.cleaned_data["reason"]), limit=REASON_LIMIT)
        except BadText as error:
            sentence = gettext("Reason: %(problem)s")
            params = {"problem": bare_sentence(error.issue)}
            raise ValidationError(sentence % params) from error
        if not reason:
            raise ValidationError(self.fields["reason"].error_messages["required"])
        return reason

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_show_errors = False
        helper.layout = Layout("reason")
        helper.add_input(Submit("open", gettext("Open the answers again")))
        return helper
