"""A form whose lines are stored in the one form of all texts."""

from __future__ import annotations

from typing import Any

from assessment.actions.clean_text import BadText, clean_line
from assessment.admin.core.generics import ModelForm
from assessment.reports.issue_wording.bank import bare_sentence


class LinesForm(ModelForm):
    """Lines in the one form of all texts, or refused with what cannot be kept."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, value in list(cleaned.items()):
            if isinstance(value, str):
                try:
                    cleaned[name] = clean_line(value)
                except BadText as error:
                    self.add_error(name, bare_sentence(error.issue))
        return cleaned
