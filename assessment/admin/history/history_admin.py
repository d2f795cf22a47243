"""Who changed which field when, from what to what; and the way back, as a new change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from auditlog.admin import LogEntry
from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.contrib.admin.views.main import PAGE_VAR
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.forms.models import _get_foreign_key
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from assessment.admin.core.bad_requests import is_id, refuse_bad_requests
from assessment.admin.core.base_admin import BaseAdmin
from assessment.admin.core.drafts import drafts_locked
from assessment.admin.history.restore import can_be_restored, restore_change, restored_labels
from assessment.admin.history.words import changes_of
from assessment.models.history import log_sentence

ENTRIES_PER_PAGE = 100
NOT_RESTORABLE = frozenset({"code", "position"})
RowsBelow = tuple[type[Any], dict[str, Any]]
"""A model and the fields by which its rows belong to the row of a page."""

admin.site.unregister(LogEntry)


class HistoryAdmin(BaseAdmin):
    """The history of a row and of the rows below it on its page."""

    object_history_template = "admin/assessment/history.html"
    restorable = False
    """Whether who may change a row may put back what stood in it before a save; the code stays."""

    def get_urls(self) -> list[URLPattern]:
        urls: list[URLPattern] = super().get_urls()
        if not self.restorable:
            return urls
        view = self.admin_site.admin_view(self.restore_view)
        return [path("<int:pk>/history/<int:entry>/", view, name=self._page("restore")), *urls]

    def _page(self, name: str) -> str:
        return f"assessment_{self.opts.model_name}_{name}"

    def rows_below(self, row: Any) -> list[RowsBelow]:
        models = [inline.model for inline in self.inlines]
        keys: list[Any] = [_get_foreign_key(self.model, model) for model in models]
        return [(model, {key.name: row.pk}) for model, key in zip(models, keys, strict=True)]

    def entries_filter(self, row: Any) -> Q:
        found = Q(content_type=content_type(self.model), object_id=row.pk)
        for model, same in self.rows_below(row):
            here = model._default_manager.filter(**same).values("pk")
            away = LogEntry.objects.filter(deleted_rows([model], **same)).values("object_id")
            ours = Q(object_id__in=here) | Q(object_id__in=away)
            found |= Q(content_type=content_type(model)) & ours
        return found

    def entries(self, row: Any) -> QuerySet[Any]:
        entries = LogEntry.objects.filter(self.entries_filter(row)).select_related("actor")
        found: QuerySet[Any] = entries.order_by("-timestamp", "-pk")
        return found

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        with refuse_bad_requests():
            row = self.get_object(request, unquote(object_id))
        if row is None:
            return super().history_view(request, object_id, extra_context)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        paginator = self.get_paginator(request, self.entries(row), ENTRIES_PER_PAGE)
        page = paginator.get_page(request.GET.get(PAGE_VAR, 1))
        changes = self.changes(request, row, list(page))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Change history: %(object)s") % {"object": row},
            "subtitle": None,
            "changes": changes,
            "may_restore": any(change.restore for change in changes),
            "page": page,
            "page_range": paginator.get_elided_page_range(page.number),
            "page_var": PAGE_VAR,
            "module_name": str(capfirst(self.opts.verbose_name_plural)),
            "object": row,
            "opts": self.opts,
            "media": self.media,
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.object_history_template, context)

    def changes(self, request: HttpRequest, row: Any, entries: Sequence[Any]) -> Any:
        may = self.restorable and self.has_change_permission(request, row)
        fields = self._restorable_fields(request, row) if may else []

        def address(saved: Sequence[Any]) -> str:
            if not (may and can_be_restored(row, saved, fields)):
                return ""
            return reverse(f"admin:{self._page('restore')}", args=[row.pk, saved[0].pk])

        return changes_of(row, entries, address)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self._keep_sentence(obj, message)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self._keep_sentence(obj, message)
        return super().log_change(request, obj, message)

    def _keep_sentence(self, row: Any, message: Any) -> None:
        """A sentence of ours says what no column shows; Django's lists of fields add nothing."""
        if isinstance(message, str):
            log_sentence(row, message)

    def _restorable_fields(self, request: HttpRequest, row: Any) -> list[str]:
        """The columns that can be changed on the row's page, in the order of the model."""
        shown = set(flatten_fieldsets(self.get_fieldsets(request, row)))
        free = shown.difference(self.readonly_fields, NOT_RESTORABLE)
        return [f.name for f in self.opts.concrete_fields if f.name in free]

    def restore_view(self, request: HttpRequest, pk: int, entry: int) -> HttpResponseBase:
        """Puts back what stood there before one save."""
        with drafts_locked(request):
            return self._restored(request, pk, entry)

    def _restored(self, request: HttpRequest, pk: int, entry: int) -> HttpResponseBase:
        with refuse_bad_requests():
            row = self.get_object(request, str(pk)) if request.method == "POST" else None
        if row is None or not self.has_change_permission(request, row) or not is_id(str(entry)):
            raise PermissionDenied
        saved = self._saved_with(row, entry)
        if not (saved and can_be_restored(row, saved, self._restorable_fields(request, row))):
            raise PermissionDenied
        self._put_back(request, row, saved)
        return HttpResponseRedirect(reverse(f"admin:{self._page('history')}", args=[row.pk]))

    def _saved_with(self, row: Any, entry: int) -> list[Any]:
        """All entries of the save that one of them belongs to, the latest first."""
        ours = self.entries(row)
        one = ours.filter(pk=entry).first()
        if one is None:
            return []
        return list(ours.filter(cid=one.cid)) if one.cid else [one]

    def _put_back(self, request: HttpRequest, row: Any, saved: Sequence[Any]) -> None:
        try:
            with transaction.atomic():
                values = restore_change(row, saved, self._restorable_fields(request, row))
                row.full_clean()
                self.check_restored(request, row, values)
                row.save()
        except ValidationError as refused:
            told_why = _("It cannot be put back: %(why)s") % {"why": " ".join(refused.messages)}
            self.message_user(request, told_why, messages.ERROR)
            return
        self.log_change(request, row, [{"changed": {"fields": restored_labels(row, values)}}])
        self.message_user(request, _("The older state is back."), messages.SUCCESS)

    def check_restored(self, request: HttpRequest, row: Any, values: dict[str, Any]) -> None:
        """Beside what the model itself refuses; raises ValidationError."""


class RestoringAdmin(HistoryAdmin):
    restorable = True


def content_type(model: type[Any]) -> ContentType:
    return ContentType.objects.get_for_model(model)


def deleted_rows(models: Iterable[type[Any]], **same: Any) -> Q:
    """Entries of the rows of these models that are deleted and held these values."""
    held = {f"changes__{name}__0": value for name, value in same.items()}
    kinds = [content_type(model) for model in models]
    return Q(content_type__in=kinds, action=LogEntry.Action.DELETE, **held)
