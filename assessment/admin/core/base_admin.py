"""What every screen has: a tampered request is a refusal, and no list counts all its rows."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessment.admin.core.bad_requests import is_id, refuse_bad_requests
from assessment.admin.core.generics import ModelAdmin

TITLES = (gettext_noop("Add %s"), gettext_noop("Change %s"), gettext_noop("View %s"))
"""Django's own, in our words: its French says “de édition”, its Portuguese one in English."""


class BaseAdmin(ModelAdmin):
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
    list_per_page = 100
    empty_list: Any = ""
    """What a list will show, and the one act that fills it: read where it has no row."""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        with refuse_bad_requests():
            return super().changelist_view(request, extra_context)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        with refuse_bad_requests():
            return super().changeform_view(request, object_id, form_url, extra_context)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        with refuse_bad_requests():
            return super().delete_view(request, object_id, extra_context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The right is asked first: Django's own would tell anybody that a row does not exist."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        with refuse_bad_requests():
            return self.history_page(request, object_id, extra_context)

    def history_page(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None
    ) -> HttpResponse:
        return super().history_view(request, object_id, extra_context)

    def response_action(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        if not all(is_id(chosen) for chosen in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            message = _("The selection was not understood. Nothing has been changed.")
            self.message_user(request, message, messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())
        return super().response_action(request, queryset)


class ReadOnlyAdmin(BaseAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
