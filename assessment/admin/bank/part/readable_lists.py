"""The page of a part that is published: nothing to change, and its lists in words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import JSONField
from django.http import HttpRequest
from django.urls import reverse

from assessment.admin.bank.part.fields import PartFields
from assessment.admin.core.generics import InlineModelAdmin, ModelAdmin
from assessment.models import Edition

STOCK_TABULAR = "admin/edit_inline/tabular.html"


class ToldLists(PartFields, ModelAdmin):
    """Where nothing can be changed, a list stands as its field would show it, and not as JSON."""

    def __init__(self, model: Any, admin_site: Any) -> None:
        super().__init__(model, admin_site)
        for column in model._meta.fields:
            if isinstance(column, JSONField):
                setattr(self, _told(column.name), self._telling(column))

    def _telling(self, column: Any) -> Any:
        @admin.display(description=column.verbose_name)
        def telling(part: Any) -> str:
            told = field_text(self.special[column.name](), getattr(part, column.name))
            return told or str(self.get_empty_value_display())

        return telling

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        return [
            (name, {**shown, "fields": [self._told_or_same(field) for field in shown["fields"]]})
            for name, shown in fieldsets
        ]

    def _told_or_same(self, field: Any) -> Any:
        return _told(field) if hasattr(self, _told(field)) else field


class OrderedRows(InlineModelAdmin):
    """Rows that stand in their order need neither its numbers nor arrows where nothing moves."""

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_fields(request, obj)
        if self.has_change_permission(request, obj):
            return fields
        return [field for field in fields if field != "position"]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        self.template = self.template_for(request, obj)
        return super().get_formset(request, obj, **kwargs)

    def template_for(self, request: HttpRequest, obj: Any) -> str:
        """Inlines are made anew for each request, so this is kept nowhere."""
        changeable = self.has_change_permission(request, obj)
        return str(type(self).template) if changeable else STOCK_TABULAR


def field_text(field: forms.Field, value: Any) -> str:
    shown = field.prepare_value(value)
    if isinstance(shown, list):
        names = dict(getattr(field, "choices", ()))
        return ", ".join(str(names.get(one, one)) for one in shown)
    return str(shown or "")


def new_draft_address(request: HttpRequest, edition: Edition) -> str:
    """Empty for a draft, and for people who may not start one."""
    if edition.is_draft or not request.user.has_perm("assessment.add_edition"):
        return ""
    return reverse("admin:assessment_edition_draft", args=[edition.pk])


def _told(name: str) -> str:
    return f"{name}_in_words"
