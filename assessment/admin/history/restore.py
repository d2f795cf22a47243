"""The way back behind one save: what stood there is saved as a new change."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from assessment.admin.core.bad_requests import is_id, refuse_bad_requests
from assessment.admin.core.drafts import drafts_locked
from assessment.admin.history.words import field_label
from assessment.models.queries.history import can_be_restored, saved_with

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from auditlog.models import LogEntry
    from django.http import HttpRequest, HttpResponseBase
    from django.urls import URLPattern

    from assessment.admin.history.history_admin import HistoryAdmin

NOT_RESTORABLE = frozenset({"code", "position"})


def restore_path(model_admin: HistoryAdmin) -> URLPattern:
    view = model_admin.admin_site.admin_view(partial(restore_page, model_admin))
    return path("<int:pk>/history/<int:entry>/", view, name=_name(model_admin, "restore"))


def restore_address(model_admin: HistoryAdmin, row: Any, entries: Sequence[LogEntry]) -> str:
    return reverse(f"admin:{_name(model_admin, 'restore')}", args=[row.pk, entries[0].pk])


def restorable_fields(model_admin: HistoryAdmin, request: HttpRequest, row: Any) -> list[str]:
    """The columns that can be changed on the row's page, in the order of the model."""
    on_page = set(flatten_fieldsets(model_admin.get_fieldsets(request, row)))
    free = on_page.difference(model_admin.readonly_fields, NOT_RESTORABLE)
    return [field.name for field in model_admin.opts.concrete_fields if field.name in free]


def restore_page(
    model_admin: HistoryAdmin, request: HttpRequest, pk: int, entry: int
) -> HttpResponseBase:
    """The row is read under the lock of the drafts, so this is no page by page_path."""
    with drafts_locked(request):
        with refuse_bad_requests():
            row = model_admin.get_object(request, str(pk)) if request.method == "POST" else None
        may = row is not None and model_admin.has_change_permission(request, row)
        if not may or not is_id(str(entry)):
            raise PermissionDenied
        entries = saved_with(model_admin.entries(row), entry)
        fields = restorable_fields(model_admin, request, row)
        if not (entries and can_be_restored(row, entries, fields)):
            raise PermissionDenied
        _restore(model_admin, request, row, entries)
    return HttpResponseRedirect(reverse(f"admin:{_name(model_admin, 'history')}", args=[pk]))


def _restore(
    model_admin: HistoryAdmin, request: HttpRequest, row: Any, entries: Sequence[LogEntry]
) -> None:
    try:
        columns = model_admin.restore_change(request, row, entries)
    except ValidationError as refused:
        message = _("It cannot be put back: %(why)s") % {"why": " ".join(refused.messages)}
        model_admin.message_user(request, message, messages.ERROR)
    else:
        labels = _restored_labels(row, columns)
        model_admin.log_change(request, row, [{"changed": {"fields": labels}}])
        model_admin.message_user(request, _("The older state is back."), messages.SUCCESS)


def _restored_labels(row: Any, columns: Iterable[str]) -> list[str]:
    labels = [field_label(row._meta.get_field(name), name) for name in columns]
    return labels or [capfirst(str(row._meta.verbose_name))]


def _name(model_admin: HistoryAdmin, page: str) -> str:
    return f"assessment_{model_admin.opts.model_name}_{page}"
