"""Form fields of parts and of the rows below them, made from the columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.http import HttpRequest

from assessment.admin.bank.part.form_fields import EditionSelect, EditionSelectMultiple, part_label
from assessment.admin.core.edition_choice import edition_choice
from assessment.models import Edition

SpecialFields = Mapping[str, Callable[..., forms.Field]]
"""By column what makes its field."""
SMALL_TEXTAREA: Mapping[type[models.Field[Any, Any]], Mapping[str, Any]] = {
    models.TextField: {"widget": forms.Textarea(attrs={"rows": 2, "cols": 60, "dir": "auto"})}
}


class PartField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return part_label(obj)


class PartsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return part_label(obj)


def special_field(special: SpecialFields, column: Any) -> forms.Field | None:
    """What stands for a column whose own field would be of no use to people."""
    make = special.get(column.name)
    if make is None:
        return None
    return make(label=column.verbose_name.capitalize(), required=not column.blank)


def finish_field(field: Any, help_text: Any) -> Any:
    if help_text is not None:
        field.help_text = help_text
    if isinstance(field.widget, RelatedFieldWidgetWrapper):
        field.widget.can_delete_related = False
    return field


def foreign_key_options(admin: Any, column: Any, request: HttpRequest) -> dict[str, Any]:
    if column.name == "edition":
        drafts = edition_choice(request).drafts
        return {
            "queryset": Edition.objects.filter(pk__in=[draft.pk for draft in drafts]),
            "initial": drafts[0] if drafts else None,
            "empty_label": None,
        }
    if column.name in admin.get_autocomplete_fields(request):
        return {"widget": EditionSelect(column, admin.admin_site), "form_class": PartField}
    return {"form_class": PartField}


def many_to_many_options(admin: Any, column: Any) -> dict[str, Any]:
    return {"widget": EditionSelectMultiple(column, admin.admin_site), "form_class": PartsField}
