"""The forms by which a side names who signs, and she decides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext, gettext_lazy, ngettext

from assessment.instrument.model import COORDINATING_SECTORS
from assessment.models import SignOff
from assessment.reports.seat_wording import SECTORS
from assessment.web.questionnaire.profile_form import LineField
from assessment.web.reason_field import ReasonField
from assessment.web.rounds.people_form import AddressField


class SignatoryForm(forms.Form):
    use_required_attribute = False

    sector = forms.ChoiceField(
        choices=[(sector, SECTORS[sector]) for sector in COORDINATING_SECTORS],
        widget=forms.HiddenInput,
    )
    name = LineField(
        label=gettext_lazy("Name"), required=gettext_lazy("Name of the person who signs.")
    )
    function = LineField(
        label=gettext_lazy("Function"),
        required=gettext_lazy("Function: it is printed beside the name."),
    )
    email = AddressField(
        label=gettext_lazy("E-mail address; without one she signs on paper"), required=False
    )


class PaperForm(forms.Form):
    """The decision and its reason, bound to the result that was read."""

    use_required_attribute = False

    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[
            (SignOff.Decision.APPROVED, gettext_lazy("I approve this result")),
            (SignOff.Decision.REFUSED, gettext_lazy("I refuse it, for the reason below")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether the result is approved.")},
    )
    reason = ReasonField(label=gettext_lazy("Reason; printed in the report"), rows=3)
    content_hash = forms.CharField(widget=forms.HiddenInput, max_length=64)

    @property
    def approved(self) -> bool:
        return bool(self.cleaned_data["decision"] == SignOff.Decision.APPROVED)

    def clean(self) -> dict[str, Any]:
        refused = self.cleaned_data.get("decision") == SignOff.Decision.REFUSED
        if refused and "reason" not in self.errors and not self.cleaned_data.get("reason"):
            self.add_error("reason", gettext("Say why the result is refused."))
        return self.cleaned_data


class DecisionForm(PaperForm):
    code = forms.CharField(
        label=gettext_lazy("Code of six digits from the message"),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "size": 8}
        ),
        error_messages={"required": gettext_lazy("Type the code from the message.")},
        validators=[RegexValidator(r"\A[0-9]{6}\Z", gettext_lazy("The code has six digits."))],
    )

    def refuse_code(self, left: int) -> None:
        if not left:
            sentence = gettext("This code is over. Have another one sent to you.")
        else:
            sentence = ngettext(
                "This is not the code of the latest message. %(number)d try is left.",
                "This is not the code of the latest message. %(number)d tries are left.",
                left,
            ) % {"number": left}
        self.add_error("code", sentence)
