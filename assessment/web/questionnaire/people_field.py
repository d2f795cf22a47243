"""The field that asks how many people give one response together."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy

from assessment.method.parse_input import FEWEST_TOGETHER, MOST_TOGETHER


class PeopleField(forms.IntegerField):
    """How many give one response together; empty, or 1: one person."""

    def __init__(self, *, help_text: Any) -> None:
        super().__init__(
            label=gettext_lazy("How many people give this answer together"),
            help_text=help_text,
            required=False,
            widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
            error_messages={"invalid": gettext_lazy("How many people: write a number.")},
        )

    def clean(self, value: Any) -> int | None:
        people = super().clean(value)
        if people is None or people == 1:
            return None
        if not FEWEST_TOGETHER <= people <= MOST_TOGETHER:
            sentence = gettext("How many people: a number up to %(most)d, or nothing for one.")
            raise ValidationError(sentence % {"most": MOST_TOGETHER})
        return int(people)
