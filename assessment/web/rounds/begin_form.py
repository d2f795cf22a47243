"""The form with which a response of a round begins: who gives it, and what she agrees to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext, gettext_lazy

from assessment.actions.responses.start import Giver
from assessment.models.promises import read_promise
from assessment.reports.seat_wording import SECTORS, tiers_of_round
from assessment.web.questionnaire.people_field import PeopleField
from assessment.web.questionnaire.profile_form import LineField

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assessment.models import Round


class BeginForm(forms.Form):
    """Cleans to `giver`. Names are asked for where the round promises that they are read."""

    use_required_attribute = False

    name = LineField(
        label=gettext_lazy("Your name"), required=gettext_lazy("Your name: write it to begin.")
    )
    institution = LineField(label=gettext_lazy("Your institution"))
    agreed = forms.BooleanField(
        label=gettext_lazy("I agree that my answers are read with my name"),
        error_messages={
            "required": gettext_lazy(
                "I agree: tick it to begin. Whoever does not agree does not take part."
            )
        },
    )
    people = PeopleField(
        help_text=gettext_lazy(
            "Only if several of you agree on one answer. It is then shown as yours, however few "
            "you are."
        )
    )

    def __init__(
        self,
        round: Round,
        data: Mapping[str, Any] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        if not read_promise(round.promise).attributed:
            for name in ("name", "institution", "agreed"):
                del self.fields[name]

    @property
    def giver(self) -> Giver:
        values = self.cleaned_data
        return Giver(values["people"], values.get("name", ""), values.get("institution", ""))

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_show_errors = False
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout = Layout(*self.fields)
        return helper


class SheetForm(BeginForm):
    """The same for a sheet of paper that somebody else filled in, of any group."""

    def __init__(self, round: Round, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(round, data)
        tiers = tiers_of_round(round.tier_words)
        given = self.fields
        self.fields = {
            "sector": forms.ChoiceField(
                label=gettext_lazy("Sector"), choices=list(SECTORS.items())
            ),
            "tier": forms.ChoiceField(label=gettext_lazy("Tier"), choices=list(tiers.items())),
            **given,
        }
        if "name" in given:
            given["name"].label = gettext("Name on the sheet")
            given["name"].error_messages["required"] = gettext(
                "Name on the sheet: without it the sheet cannot be entered."
            )
            given["institution"].label = gettext("Institution on the sheet")
            given["agreed"].label = gettext("The sheet says that its writer agrees to be named")
            given["agreed"].error_messages["required"] = gettext(
                "The writer agrees: without it the sheet cannot be entered."
            )
        given["people"].help_text = gettext(
            "Only if the sheet says that several people gave one answer."
        )
