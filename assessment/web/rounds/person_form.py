"""Somebody else at the same place of a round."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from assessment.web.questionnaire.profile_form import LineField
from assessment.web.rounds.people_form import AddressField


class ReplaceForm(forms.Form):
    use_required_attribute = False

    name = LineField(label=gettext_lazy("Name of the person who comes instead"))
    email = AddressField(label=gettext_lazy("E-mail address"), required=False)
