"""A list of parts that are named by their codes, one a line, in an order that people give."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assessment.admin.bank.part.form_fields import SEPARATORS
from assessment.admin.core.generics import ModelForm


class CodesField(forms.CharField):
    """Lines that begin with a code; the words behind it only say what it stands for."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.names: dict[str, str] = {}
        self.widget = forms.Textarea(attrs={"class": "vLargeTextField", "rows": 4, "dir": "auto"})

    def offer(self, choices: Sequence[tuple[str, str]], add_words: Any) -> None:
        """What can be named; where scripts run, `add_words` heads a list to choose from."""
        self.names = dict(choices)
        self.widget.attrs |= {"data-names": json.dumps(choices), "data-add": add_words}

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "\n".join(self.names.get(str(code), str(code)) for code in value)

    def clean(self, value: Any) -> Any:
        codes = list(self._codes_in(super().clean(value)))
        for place, code in enumerate(codes):
            if code not in self.names:
                raise ValidationError(
                    _("%(code)s is no code that can stand here."), params={"code": code}
                )
            if code in codes[:place]:
                raise ValidationError(
                    _("%(code)s stands in two lines: take one out."), params={"code": code}
                )
        return codes

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or []) != list(self._codes_in(data or ""))

    def _codes_in(self, text: str) -> Iterator[str]:
        """Of each line the first word, or all its words where each of them is a code."""
        for line in text.splitlines():
            words = [word for word in SEPARATORS.split(line) if word]
            yield from words if all(word in self.names for word in words) else words[:1]


def offer_codes(
    form: ModelForm, name: str, choices: Sequence[tuple[str, str]], add_words: Any
) -> None:
    field = form.fields.get(name)
    if isinstance(field, CodesField):
        field.offer(choices, add_words)
