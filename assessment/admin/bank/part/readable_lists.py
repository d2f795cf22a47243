"""The page of a part that is published: nothing to change, and its lists in words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin import display
from django.db.models import JSONField
from django.http import HttpRequest
from django.urls import reverse

from assessment.models import Edition


def readable_fieldsets(admin: Any, fieldsets: Any) -> list[Any]:
    """Where nothing can be changed, a list stands as its field would show it, and not as JSON."""
    lists = {column.name: column for column in admin.opts.fields if isinstance(column, JSONField)}

    def readable(name: Any) -> Any:
        return readable_list(admin, lists[name]) if name in lists else name

    return [
        (title, {**options, "fields": [readable(name) for name in options["fields"]]})
        for title, options in fieldsets
    ]


def readable_list(admin: Any, column: Any) -> Any:
    """A read-only field that says in words what a column of lists holds."""

    def in_words(part: Any) -> str:
        text = field_text(admin.special[column.name](), getattr(part, column.name))
        return text or str(admin.get_empty_value_display())

    in_words.__name__ = f"{column.name}_in_words"
    return display(description=column.verbose_name)(in_words)


def field_text(field: forms.Field, value: Any) -> str:
    prepared = field.prepare_value(value)
    if isinstance(prepared, list):
        names = dict(getattr(field, "choices", ()))
        return ", ".join(str(names.get(one, one)) for one in prepared)
    return str(prepared or "")


def new_draft_address(request: HttpRequest, edition: Edition) -> str:
    """Empty for a draft, and for people who may not start one."""
    if edition.is_draft or not request.user.has_perm("assessment.add_edition"):
        return ""
    return reverse("admin:assessment_edition_draft", args=[edition.pk])


def correction_address(part: Any) -> str:
    """Where a typing error is put right; empty for a draft, whose parts are changed as they are."""
    if part.edition.is_draft:
        return ""
    name = f"{part._meta.model_name}s"
    return reverse("admin:assessment_edition_correct", args=[part.edition_id, name, part.code])
