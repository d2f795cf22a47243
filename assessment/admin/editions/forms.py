"""Forms and fields of the pages of an edition."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assessment.actions.clean_json import CleanDecoder
from assessment.actions.clean_text import BadText, clean_text
from assessment.admin.core.edit_conflicts import ConflictForm
from assessment.instrument.seeds import read_scale
from assessment.instrument.thresholds import scale_issues
from assessment.reports.issue_wording.bank import bare_sentence, problem_words

REASON_LIMIT = 1000


class ScaleField(forms.JSONField):
    """Indented, so that a value is found and changed in it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(decoder=CleanDecoder, **kwargs)
        self.widget = forms.Textarea(attrs={"class": "vLargeTextField code", "rows": 24})

    def prepare_value(self, value: Any) -> Any:
        return json.dumps(value, indent=2, ensure_ascii=False) if isinstance(value, dict) else value


class EditionForm(ConflictForm):
    scale = ScaleField(
        label=_("Scale and thresholds"),
        help_text=_(
            "Names and meanings of the five levels and every threshold of the scoring. "
            "Change the values only; the names before the colons stay."
        ),
    )

    def clean_scale(self) -> Any:
        scale = self.cleaned_data["scale"]
        try:
            whole = read_scale(scale)
        except (TypeError, ValueError, ZeroDivisionError) as error:
            raise ValidationError(
                _("This is not a whole scale: %(fault)s."), params={"fault": problem_words(error)}
            ) from error
        if faults := [bare_sentence(issue) for issue in scale_issues(whole)]:
            raise ValidationError(faults)
        return scale


class ReasonField(forms.CharField):
    """Why something lasting is done: asked for, cleaned, stored."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Reason"),
            widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "class": "vLargeTextField"}),
        )

    def clean(self, value: object) -> str:
        try:
            return clean_text(super().clean(value), limit=REASON_LIMIT)
        except BadText as error:
            raise ValidationError(bare_sentence(error.issue)) from error
