"""The page behind the link in a reminder: looking changes nothing, a POST unsubscribes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from assessment.actions.mail.unsubscribe import (
    NoSuchLink,
    is_unsubscribed_by,
    read_unsubscribe_link,
    subscribe_again,
    unsubscribe,
)
from assessment.web import errors


@csrf_exempt
def unsubscribe_page(request: HttpRequest, token: str) -> HttpResponse:
    """Mail programs send the POST by themselves (RFC 8058), without a token of a page."""
    try:
        if request.method == "POST" and request.POST.get("again") == "1":
            subscribe_again(token=token)
        elif request.method == "POST":
            unsubscribe(token=token, now=timezone.now())
        organisation, _mailbox = read_unsubscribe_link(token)
    except NoSuchLink:
        return errors.not_found(request)
    context = {"organisation": organisation.name, "ended": is_unsubscribed_by(token=token)}
    return render(request, "pages/unsubscribe.html", context)
