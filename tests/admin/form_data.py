"""The data a browser would send for a page of the admin, to be changed and posted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.template.response import TemplateResponse
from django.test import Client


@contextmanager
def undrawn() -> Iterator[None]:
    """Pages are worked out and not drawn, which is half of their time: only forms are read here."""
    with patch.object(TemplateResponse, "rendered_content", ""):
        yield


def admin_form_data(client: Client, address: str) -> dict[str, Any]:
    with undrawn():
        context = context_of(client.get(address))
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    seen = {"_seen": context["seen"]} if context.get("seen") else {}
    return seen | {name: value for form in forms for name, value in field_values(form)}


def field_values(form: Any) -> Iterator[tuple[str, Any]]:
    for field in form:
        value = field.value()
        if value is None or value is False:
            continue
        value = value.pk if hasattr(value, "pk") else value
        value = [getattr(one, "pk", one) for one in value] if isinstance(value, list) else value
        yield field.html_name, "on" if value is True else value


def context_of(response: Any) -> dict[str, Any]:
    context: dict[str, Any] = response.context_data
    return context


def errors(response: Any) -> list[str]:
    """Every message on a refused page, in the order of its forms."""
    context = context_of(response)
    forms = [context["adminform"].form]
    general: list[str] = []
    for inline in context["inline_admin_formsets"]:
        forms += inline.formset.forms
        general += inline.formset.non_form_errors()
    return [m for form in forms for found in form.errors.values() for m in found] + general
