"""What a tampered request to an admin page is answered: a refusal, never a failure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import BadRequest, FieldDoesNotExist
from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, RawPostDataException
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _

from assessment.admin.core.generics import ModelAdmin

LARGEST_ID = 2**63 - 1
TAMPERED = (
    DataError,
    FieldDoesNotExist,
    IndexError,
    MultiValueDictKeyError,
    OverflowError,
    RawPostDataException,
    RecursionError,
    ValueError,
)


@contextmanager
def refusing_tampered() -> Iterator[None]:
    """Values that no page of ours sends become a bad request instead of an error of the server."""
    try:
        yield
    except TAMPERED as error:
        raise BadRequest("This request does not come from a page of this site.") from error


def is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= LARGEST_ID


class HardenedAdmin(ModelAdmin):
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
    list_per_page = 100

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        with refusing_tampered():
            return super().changelist_view(request, extra_context)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        with refusing_tampered():
            return super().changeform_view(request, object_id, form_url, extra_context)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        with refusing_tampered():
            return super().delete_view(request, object_id, extra_context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        with refusing_tampered():
            return super().history_view(request, object_id, extra_context)

    def response_action(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        if not all(is_id(chosen) for chosen in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            message = _("The selection was not understood. Nothing has been changed.")
            self.message_user(request, message, messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())
        return super().response_action(request, queryset)


class ReadOnlyAdmin(HardenedAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
