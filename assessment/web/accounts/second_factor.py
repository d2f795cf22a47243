"""Whether a session may do what needs a second factor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from assessment.models.queries.second_factor import must_have_second_factor

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

AFTERWARDS = "account_afterwards"
"""In a session: the address that waits until a second factor is set up."""


def lacks_second_factor(request: HttpRequest) -> bool:
    """Asked of every page of the administration: what the session says comes first, it costs
    nothing."""
    if not settings.SECOND_FACTOR_REQUIRED or used_second_factor(request):
        return False
    return must_have_second_factor(request.user)


def ask_second_factor(request: HttpRequest, wanted: str) -> HttpResponse:
    """The one there is, else to set one up; then the way goes on to what was wanted."""
    request.session[AFTERWARDS] = wanted
    if is_mfa_enabled(request.user):
        return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': wanted})}")
    return redirect("mfa_index")


def used_second_factor(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    return any(one.get("method") == "mfa" for one in records)
