"""Who changed which field when, from what to what; and the way back, as a new change."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from auditlog.admin import LogEntry
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import PAGE_VAR
from django.forms.models import _get_foreign_key
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from assessment.actions.editions.restore import restore_change
from assessment.admin.core.base_admin import BaseAdmin
from assessment.admin.history.changes import HistoryChange, changes_of
from assessment.admin.history.restore import restorable_fields, restore_address, restore_path
from assessment.models.history import log_sentence
from assessment.models.queries.history import (
    RowsBelow,
    can_be_restored,
    newest_first,
    with_rows_below,
)

if TYPE_CHECKING:
    from django.db.models import Q, QuerySet
    from django.urls import URLPattern

ENTRIES_PER_PAGE = 100

admin.site.unregister(LogEntry)


class HistoryAdmin(BaseAdmin):
    """The history of a row and of the rows below it on its page."""

    object_history_template = "admin/assessment/history/history.html"
    restorable = False
    """Whether who may change a row may put back what stood in it before a save; the code stays."""

    def get_urls(self) -> list[URLPattern]:
        urls: list[URLPattern] = super().get_urls()
        return [restore_path(self), *urls] if self.restorable else urls

    def rows_below(self, row: Any) -> list[RowsBelow]:
        models = [inline.model for inline in self.inlines]
        keys: list[Any] = [_get_foreign_key(self.model, model) for model in models]
        return [(model, {key.name: row.pk}) for model, key in zip(models, keys, strict=True)]

    def entries_filter(self, row: Any) -> Q:
        return with_rows_below(row, self.rows_below(row))

    def entries(self, row: Any) -> QuerySet[Any]:
        return newest_first(self.entries_filter(row))

    def history_page(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None
    ) -> HttpResponse:
        row = self.get_object(request, unquote(object_id))
        if row is None:
            return super().history_page(request, object_id, extra_context)
        context = {**self._history_context(request, row), **(extra_context or {})}
        return TemplateResponse(request, self.object_history_template, context)

    def _history_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        paginator = self.get_paginator(request, self.entries(row), ENTRIES_PER_PAGE)
        page = paginator.get_page(request.GET.get(PAGE_VAR, 1))
        changes = self.changes(request, row, list(page))
        return {
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
        }

    def changes(
        self, request: HttpRequest, row: Any, entries: Sequence[Any]
    ) -> list[HistoryChange]:
        may = self.restorable and self.has_change_permission(request, row)
        fields = restorable_fields(self, request, row) if may else []

        def address(saved: Sequence[Any]) -> str:
            offered = may and can_be_restored(row, saved, fields)
            return restore_address(self, row, saved) if offered else ""

        return changes_of(row, entries, address)

    def restore_change(
        self, request: HttpRequest, row: Any, entries: Sequence[LogEntry]
    ) -> list[str]:
        """The names of the columns that were put back; raises ValidationError."""
        return restore_change(
            row=row,
            entries=entries,
            fields=restorable_fields(self, request, row),
            check=partial(self.check_restored, request),
        )

    def check_restored(self, request: HttpRequest, row: Any, values: dict[str, Any]) -> None:
        """Beside what the model itself refuses; raises ValidationError."""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self._log_sentence(obj, message)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self._log_sentence(obj, message)
        return super().log_change(request, obj, message)

    def _log_sentence(self, row: Any, message: Any) -> None:
        """A sentence of ours says what no column shows; Django's lists of fields add nothing."""
        if isinstance(message, str):
            log_sentence(row, message)
