"""The field of a reason in own words, cleaned as every note is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from assessment.actions.clean_text import BadText, clean_note
from assessment.reports.issue_wording.bank import bare_sentence


class ReasonField(forms.CharField):
    """May be left empty: whether it is needed depends on what is decided beside it."""

    def __init__(self, *, label: Any, rows: int) -> None:
        widget = forms.Textarea({"rows": rows, "dir": "auto"})
        super().__init__(required=False, label=label, widget=widget)

    def to_python(self, value: Any) -> str:
        try:
            return clean_note(str(value or ""))
        except BadText as error:
            raise ValidationError(bare_sentence(error.issue), code="text") from error
