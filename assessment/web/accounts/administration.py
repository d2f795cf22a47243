"""The administration, entered by the site's own sign-in and with a second factor."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from assessment.web.accounts.second_factor import ask_second_factor, lacks_second_factor


class Administration(AdminSite):
    def has_permission(self, request: Any) -> bool:
        return super().has_permission(request) and not lacks_second_factor(request)

    def login(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Leads to where what is missing can be done: signing in, or the second factor."""
        wanted = _wanted(request)
        if not request.user.is_authenticated:
            return redirect(f"{reverse('account_login')}?{urlencode({'next': wanted})}")
        if self.has_permission(request):
            return redirect(wanted)
        if not super().has_permission(request):
            raise PermissionDenied
        return ask_second_factor(request, wanted)

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        get_adapter(request).logout(request)
        return redirect("start")

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("account_change_password")


def _wanted(request: HttpRequest) -> str:
    """A path of this site: a bare word would be taken for the name of a page."""
    wanted = request.GET.get("next", "")
    if not wanted.startswith("/"):
        return reverse("admin:index")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return wanted
    return reverse("admin:index")
