"""A text of a line of a plan, cleaned as every text is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy

from assessment.actions.clean_text import BadText, clean_line, clean_text
from assessment.reports.issue_wording.bank import bare_sentence

NOTHING_TO_DO = gettext_lazy("What is to be done: write it in a few words.")


class TextField(forms.CharField):
    """Put on one line, however it was typed, where it has not `several_lines`. What is `required`
    may be left empty where advice fills it in again (`must_be_typed`).
    """

    def __init__(
        self,
        *,
        label: Any,
        hint: Any = "",
        limit: int,
        several_lines: bool = False,
        required: bool = False,
        must_be_typed: bool = False,
    ) -> None:
        super().__init__(
            required=required,
            label=label,
            help_text=hint,
            widget=forms.Textarea({"rows": 2, "dir": "auto", "autocomplete": "off"}),
            error_messages={"required": NOTHING_TO_DO},
        )
        self.validators = []
        self.must_be_typed = must_be_typed
        self.clean_typed = clean_text if several_lines else clean_line
        self.limit = limit

    def validate(self, value: str) -> None:
        if self.must_be_typed:
            super().validate(value)

    def to_python(self, value: Any) -> str:
        try:
            return self.clean_typed(str(value or ""), limit=self.limit)
        except BadText as error:
            sentence = gettext("%(field)s: %(problem)s")
            params = {"field": self.label, "problem": bare_sentence(error.issue)}
            raise ValidationError(sentence % params, code="text") from error
