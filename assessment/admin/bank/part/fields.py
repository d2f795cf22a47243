"""Form fields of parts and of the rows below them, made from the columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.http import HttpRequest

from assessment.admin.bank.part.form_fields import EditionSelect, EditionSelectMultiple
from assessment.admin.core import filters
from assessment.admin.core.generics import BaseModelAdmin
from assessment.models import Edition

SMALL_TEXTAREA: Mapping[type[models.Field[Any, Any]], Mapping[str, Any]] = {
    models.TextField: {"widget": forms.Textarea(attrs={"rows": 2, "cols": 60})}
}


class PartFields(BaseModelAdmin):
    special: Mapping[str, Callable[..., forms.Field]] = {}
    help_texts: Mapping[str, Any] = {}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        make = self.special.get(db_field.name)
        field: Any
        if make is None:
            field = super().formfield_for_dbfield(db_field, request, **kwargs)
        else:
            field = make(label=db_field.verbose_name.capitalize(), required=not db_field.blank)
        field.help_text = self.help_texts.get(db_field.name, field.help_text)
        if isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = False
        return field

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "edition":
            drafts = filters.drafts(request)
            kwargs["queryset"] = Edition.objects.filter(pk__in=[draft.pk for draft in drafts])
            kwargs["initial"] = drafts[0] if drafts else None
            kwargs["empty_label"] = None
        elif db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = EditionSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["widget"] = EditionSelectMultiple(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)
