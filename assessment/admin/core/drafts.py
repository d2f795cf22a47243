"""Drafts stay drafts while they are written: a change and a publication follow one another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from assessment.admin.core.generics import ModelAdmin
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


class DraftAdmin(ModelAdmin):
    """Every way in which a page of the admin writes goes through `writing`."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        with drafts_locked(request):
            return super().changeform_view(request, object_id, form_url, extra_context)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        with drafts_locked(request):
            return super().changelist_view(request, extra_context)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        with drafts_locked(request):
            return super().delete_view(request, object_id, extra_context)
