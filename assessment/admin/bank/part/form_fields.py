"""Form fields for what the bank keeps as lists: slugs, lines, country codes, a pair of numbers."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from assessment.admin.core.bad_requests import is_id

PAIR_PATTERN = re.compile(r"\s*(-?\d{1,9})\s*[,;]\s*(-?\d{1,9})\s*")
SEPARATORS = re.compile(r"[\s,;]+")


def slug_choices(slugs: Any) -> list[tuple[str, str]]:
    return [(slug, slug.replace("_", " ")) for slug in slugs]


def part_label(part: Any) -> str:
    """The code with the first words of what it stands for."""
    texts = (getattr(part, field, "") for field in ("name", "title", "term", "text"))
    return Truncator(f"{part.code} {next(filter(None, texts), '')}").chars(70)


class EditionAutocomplete:
    """An autocomplete that offers only what belongs to `edition_id`."""

    edition_id: int | None = None

    def get_url(self) -> str:
        model: Any = self.field.remote_field.model  # type: ignore[attr-defined]
        address = reverse(f"admin:assessment_{model._meta.model_name}_complete")
        return f"{address}?edition={self.edition_id or 0}"

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        """Draws what was sent again, but for values that no row can have."""
        ids = [one for one in value if is_id(str(one)) or not one]
        return super().optgroups(name, ids, attrs)  # type: ignore[misc]


class EditionSelect(EditionAutocomplete, AutocompleteSelect):
    pass


class EditionSelectMultiple(EditionAutocomplete, AutocompleteSelectMultiple):
    pass


class SlugsField(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def has_changed(self, initial: Any, data: Any) -> bool:
        return set(initial or []) != set(data or [])


class LinesField(forms.CharField):
    """A list of texts, one on each line; `exactly` that many where it is given.

    White space around each is left to the form, which takes it away from every text of the bank.
    """

    def __init__(self, *, exactly: int | None = None, **kwargs: Any) -> None:
        self.exactly = exactly
        super().__init__(**kwargs)
        self.widget = forms.Textarea(attrs={"class": "vLargeTextField", "rows": 6})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        lines = [line for line in super().clean(value).splitlines() if line.strip()]
        if self.exactly is not None and len(lines) != self.exactly:
            raise ValidationError(
                _("Write exactly %(wanted)d lines; there are %(found)d."),
                params={"wanted": self.exactly, "found": len(lines)},
            )
        return lines

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(super().has_changed(self.prepare_value(initial), data))


class CountriesField(forms.CharField):
    """ISO 3166 codes of two letters, separated by spaces or commas."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget = forms.Textarea(attrs={"class": "vLargeTextField", "rows": 6})

    def prepare_value(self, value: Any) -> Any:
        return " ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        codes = [code.upper() for code in SEPARATORS.split(super().clean(value)) if code]
        strange = [code for code in codes if not re.fullmatch(r"[A-Z]{2}", code)]
        if strange:
            raise ValidationError(
                _("%(code)s is not a country code of two letters."), params={"code": strange[0]}
            )
        return sorted(set(codes))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(super().has_changed(self.prepare_value(initial), data))


class PairField(forms.CharField):
    """Two whole numbers, the lower first: 0, 100."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(str(number) for number in value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = PAIR_PATTERN.fullmatch(text)
        if found is None or int(found[1]) >= int(found[2]):
            raise ValidationError(_("Write two whole numbers, the lower first, such as 0, 100."))
        return [int(found[1]), int(found[2])]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(super().has_changed(self.prepare_value(initial), data))
