"""Drafts stay drafts while they are written: a change and a publication follow one another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from assessment.admin.core.base_admin import BaseAdmin
from assessment.admin.core.edition_choice import edition_choice
from assessment.models import Edition


@contextmanager
def drafts_locked(request: HttpRequest) -> Iterator[None]:
    """Locks every draft for a request that writes, before anything of it is read.

    Whether an edition is a draft is then asked once more by the permissions of what is written.
    """
    if request.method != "POST":
        yield
        return
    with transaction.atomic():
        drafts = Edition.objects.filter(state=Edition.State.DRAFT)
        list(drafts.select_for_update().order_by("pk").values_list("pk"))
        yield


def edition_of(row: Any) -> Edition:
    """The edition that a row belongs to, or is."""
    edition: Edition = row if isinstance(row, Edition) else row.edition
    return edition


class DraftAdmin(BaseAdmin):
    """Rows that are changed in a draft only; all that judges a change is read under the lock."""

    def change_context(self, request: HttpRequest, object_id: str | None) -> dict[str, Any]:
        """What a page holds beside its form; asked before anything is saved."""
        return {}

    def list_page(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        return super().changelist_view(request, context)

    # Permissions

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(super().has_add_permission(request) and edition_choice(request).drafts)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return bool(allowed and (obj is None or edition_of(obj).is_draft))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return bool(allowed and (obj is None or edition_of(obj).is_draft))

    # Every way in which a page writes

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        with drafts_locked(request):
            context = {**self.change_context(request, object_id), **(extra_context or {})}
            return super().changeform_view(request, object_id, form_url, context)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        with drafts_locked(request):
            return self.list_page(request, extra_context or {})

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        with drafts_locked(request):
            return super().delete_view(request, object_id, extra_context)
