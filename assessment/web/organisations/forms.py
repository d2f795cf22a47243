"""Forms of an organisation: what it says of itself, its logos, whom it invites."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.conf import settings
from django.utils.translation import gettext, gettext_lazy

from assessment.actions.logos import LARGEST_FILE, BadLogo, DrawnLogo, draw_logo
from assessment.actions.organisations.details import OrganisationDetails
from assessment.models.organisations import MOST_MONTHS, Duty
from assessment.reports.issue_wording.logos import OF_LOGOS
from assessment.web.mail_address import OrdinaryAddressField
from assessment.web.questionnaire.profile_form import LineField
from assessment.web.time_zones import time_zone_choices

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import QueryDict
    from django.utils.datastructures import MultiValueDict

    from assessment.models import Organisation

NOT_AN_ADDRESS = gettext_lazy("E-mail address: write it like name@example.org.")
DUTIES = (
    (Duty.VIEWER, gettext_lazy("Viewer: looks at everything of the organisation")),
    (Duty.FACILITATOR, gettext_lazy("Facilitator: also prepares and leads rounds")),
    (Duty.OWNER, gettext_lazy("Owner: also changes the organisation and its members")),
)


class PlainForm(forms.Form):
    """Drawn whole, with one button; what is wrong stands in the summary and at its field."""

    use_required_attribute = False
    button: Any = ""

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_show_errors = False
        helper.layout = Layout(*self.fields)
        helper.add_input(Submit("save", str(self.button)))
        return helper


class DetailsForm(PlainForm):
    button = gettext_lazy("Save")

    name = LineField(label=gettext_lazy("Name"))
    contact = LineField(
        label=gettext_lazy("Whom to ask"),
        help_text=gettext_lazy("A name with a telephone or an address, for those you invite."),
    )
    reply_to = OrdinaryAddressField(
        required=False,
        label=gettext_lazy("E-mail address for replies"),
        help_text=gettext_lazy("Where answers go to messages that this site sends for you."),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"invalid": NOT_AN_ADDRESS},
    )
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"))
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        help_text=gettext_lazy("In which people may answer."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Languages: choose at least one.")},
    )
    months_kept = forms.IntegerField(
        label=gettext_lazy("Months that answers are kept"),
        help_text=gettext_lazy("Of a round after it was closed, as long as it says nothing else."),
        min_value=1,
        max_value=MOST_MONTHS,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Months: write a number from 1 to 120."),
            "invalid": gettext_lazy("Months: write a number from 1 to 120."),
            "min_value": gettext_lazy("Months: write a number from 1 to 120."),
            "max_value": gettext_lazy("Months: write a number from 1 to 120."),
        },
    )

    def __init__(self, organisation: Organisation, data: QueryDict | None = None) -> None:
        names = tuple(self.base_fields)
        super().__init__(data, initial={name: getattr(organisation, name) for name in names})
        self._choices("time_zone").choices = time_zone_choices(organisation.time_zone)
        self._choices("languages").choices = list(settings.LANGUAGES)
        self.fields["name"].required = True
        self.fields["name"].error_messages["required"] = gettext("Name: write one.")

    def _choices(self, name: str) -> forms.ChoiceField:
        return cast("forms.ChoiceField", self.fields[name])

    @property
    def details(self) -> OrganisationDetails:
        return OrganisationDetails(**self.cleaned_data)


class OrganisationLogoForm(PlainForm):
    button = gettext_lazy("Add the logo")

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "PNG or JPEG, at most 500 kB. It is drawn anew on white; the file itself is not kept."
        ),
        widget=forms.FileInput({"accept": "image/png,image/jpeg"}),
        error_messages={"required": gettext_lazy("File: choose one.")},
    )
    alternative = LineField(
        label=gettext_lazy("Alternative text"),
        help_text=gettext_lazy("What the logo says, for those who do not see it."),
    )

    def __init__(
        self, data: QueryDict | None = None, files: MultiValueDict[str, Any] | None = None
    ) -> None:
        super().__init__(data, files)
        self.fields["alternative"].required = True
        self.fields["alternative"].error_messages["required"] = gettext(
            "Alternative text: write the name of the institution."
        )

    def clean_file(self) -> DrawnLogo:
        file: UploadedFile = self.cleaned_data["file"]
        try:
            return draw_logo(file.read(LARGEST_FILE + 1))
        except BadLogo as refusal:
            raise forms.ValidationError(OF_LOGOS[refusal.code]) from refusal


class InviteForm(PlainForm):
    button = gettext_lazy("Send the invitation")

    address = OrdinaryAddressField(
        label=gettext_lazy("E-mail address of the person"),
        help_text=gettext_lazy("One person's own address: the invitation is for her alone."),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": NOT_AN_ADDRESS, "invalid": NOT_AN_ADDRESS},
    )
    duty = forms.ChoiceField(
        label=gettext_lazy("What the person may do"),
        choices=DUTIES,
        initial=Duty.FACILITATOR,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what the person may do.")},
    )


class DutyForm(PlainForm):
    button = gettext_lazy("Save")

    duty = forms.ChoiceField(
        label=gettext_lazy("What the member may do"),
        choices=DUTIES,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what the member may do.")},
    )
