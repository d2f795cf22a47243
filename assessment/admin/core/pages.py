"""What the pages beside an edition's form share: one door, one frame, one way out of a fault."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext

from assessment.admin.core.bad_requests import is_id, refuse_bad_requests
from assessment.admin.history.history_admin import RestoringAdmin
from assessment.instrument.model import Instrument
from assessment.models import Edition

METHODS = frozenset({"GET", "HEAD", "POST"})
Page = Callable[..., HttpResponseBase]


class Unreadable(Exception):
    """The draft holds a condition or a scale that nobody can read."""


def page_of(name: str, edition: Edition) -> str:
    return reverse(f"admin:assessment_edition_{name}", args=[edition.pk])


def compiled(edition: Edition) -> Instrument:
    """The edition for a page that needs the whole of it; raises Unreadable."""
    try:
        return edition.instrument()
    except (ValueError, ZeroDivisionError, TypeError) as error:
        raise Unreadable from error


class EditionPages(RestoringAdmin):
    def may_start_draft(self, request: HttpRequest) -> bool:
        return request.user.has_perm("assessment.add_edition")

    def may_publish(self, request: HttpRequest) -> bool:
        return request.user.has_perm("assessment.publish_edition")

    def edition_path(self, route: str, view: Page, name: str) -> URLPattern:
        """An address below an edition, for those who may read editions."""

        def opened(request: HttpRequest, pk: int, **more: Any) -> HttpResponseBase:
            edition = self.edition_for(request, pk)
            if edition is None or not self.has_view_permission(request, edition):
                raise PermissionDenied
            try:
                with refuse_bad_requests():
                    return view(request, edition, **more)
            except Unreadable:
                return self._to_its_faults(request, edition)

        guarded = self.admin_site.admin_view(opened)
        return path(f"<int:pk>/{route}", guarded, name=f"assessment_edition_{name}")

    def edition_for(self, request: HttpRequest, pk: int) -> Edition | None:
        if request.method not in METHODS or not is_id(str(pk)):
            return None
        return Edition.objects.filter(pk=pk).first()

    def page(
        self, request: HttpRequest, name: str, edition: Edition, title: Any, **more: Any
    ) -> TemplateResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "edition": edition,
            "opts": self.opts,
            "media": self.media,
            **more,
        }
        return TemplateResponse(request, f"admin/assessment/edition_{name}.html", context)

    def sent_back(
        self, request: HttpRequest, edition: Edition, message: str, level: int = messages.ERROR
    ) -> HttpResponseBase:
        self.message_user(request, message, level)
        return HttpResponseRedirect(page_of("change", edition))

    def _to_its_faults(self, request: HttpRequest, edition: Edition) -> HttpResponseBase:
        message = gettext("This draft has faults that must be put right first.")
        self.message_user(request, message, messages.ERROR)
        return HttpResponseRedirect(page_of("checks", edition))
