"""The private return link: shown, renewed, opened, and left behind."""

from __future__ import annotations

import re
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.actions.mail.offered import sends_mail
from assessment.actions.responses.return_link import Overtaken, new_secret, renew_link_once
from assessment.models import Response
from assessment.web import errors
from assessment.web.access import (
    NotGranted,
    forget,
    grant,
    remember_link,
    remembered_link,
    response_by_secret,
    response_for,
)
from assessment.web.cookies import browser
from assessment.web.device_code import opened_elsewhere
from assessment.web.limits import RETURN_LINKS, mark_refused, source, time_in_words
from assessment.web.policy import POLICY
from assessment.web.questionnaire.progress import progress_of

SECRET_AT_END = re.compile(r"([A-Za-z0-9_-]{32})/?\s*\Z")


def link(request: HttpRequest, uuid: UUID) -> HttpResponse:
    if request.method == "POST":
        return _renewed(request, uuid)
    response = response_for(request, uuid)
    secret = remembered_link(request, response)
    address = request.build_absolute_uri(reverse("return", args=[secret])) if secret else ""
    context = {
        "response": response,
        "link": address,
        "questions": progress_of(response).start_url,
        "key": new_secret(),
        "mail": sends_mail(),
        "sent": request.GET.get("sent") == "1",
        "opened_at": opened_elsewhere(request, response),
    }
    return render(request, "questionnaire/link.html", context)


def _renewed(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Pressing twice makes one link, that of the newest revision; raises NotGranted."""
    try:
        granted = response_for(request, uuid).latest_revision()
    except NotGranted:
        granted = None
    key = f"{request.POST.get('key', '')}\n{browser(request)}"
    try:
        response, secret = renew_link_once(
            response=granted, page=str(uuid), key=key, now=timezone.now()
        )
    except Overtaken as overtaken:
        raise NotGranted from overtaken
    http_response = redirect("link", response.uuid)
    remember_link(http_response, secret)
    grant(request, response)
    return http_response


def open_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Opens the response to this device; the secret is gone from the address at once."""
    response = response_by_secret(secret) if SECRET_AT_END.fullmatch(secret) else None
    if response is not None:
        return _opened(request, response, secret)
    wait = RETURN_LINKS.seconds_to_wait(source(request))
    return errors.too_many_links(request, wait) if wait else errors.not_found(request)


def return_form(request: HttpRequest) -> HttpResponseBase:
    if request.method != "POST":
        return render(request, "questionnaire/return.html", {})
    if not request.POST.get("link", "").strip():
        return _asked_again(request, _("Paste your private link, or the code at its end."), 422)
    pasted = SECRET_AT_END.search(request.POST.get("link", ""))
    response = response_by_secret(pasted[1]) if pasted else None
    if response is None or pasted is None:
        return _not_opened(request, RETURN_LINKS.seconds_to_wait(source(request)))
    http_response = _opened(request, response, pasted[1])
    if "sent" not in request.POST:
        return http_response
    return _sent_again(request, response, pasted[1]) or http_response


def leave(request: HttpRequest) -> HttpResponse:
    http_response = redirect(f"{reverse('start')}?left=1")
    forget(request, http_response)
    return http_response


def _opened(request: HttpRequest, response: Response, secret: str) -> HttpResponse:
    grant(request, response)
    http_response = redirect("tasks", response.uuid)
    remember_link(http_response, secret)
    return http_response


def _not_opened(request: HttpRequest, wait: int) -> HttpResponse:
    """Whatever was typed stays, also who has to wait."""
    if not wait:
        sentence = _("No assessment opens with this link. Copy the whole link and paste it again.")
        return _asked_again(request, sentence, 404)
    sentence = _("There were too many wrong links: paste the right one, or wait %(time)s.")
    http_response = _asked_again(request, sentence % {"time": time_in_words(wait)}, 429)
    mark_refused(http_response, wait)
    return http_response


def _asked_again(request: HttpRequest, problem: str, status: int) -> HttpResponse:
    sent = QueryDict(request.POST.get("sent", ""))
    context = {
        "problem": problem,
        "typed": request.POST.get("link", ""),
        "sent": request.POST.get("sent"),
        "next": request.POST.get("next", ""),
        "typed_texts": errors.typed_texts(sent),
    }
    name = "grant_ended" if "sent" in request.POST else "return"
    return render(request, f"questionnaire/{name}.html", context, status=status)


def _sent_again(request: HttpRequest, response: Response, secret: str) -> HttpResponseBase | None:
    """What was typed before the grant ended, sent to the page it was meant for."""
    try:
        match = resolve(request.POST.get("next", ""))
    except Resolver404:
        return None
    permission = POLICY.get(match.url_name or "")
    if permission is None or not permission.sent_again or match.kwargs["uuid"] != response.uuid:
        return None
    request.POST = QueryDict(request.POST["sent"])
    http_response: HttpResponseBase = match.func(request, **match.kwargs)
    remember_link(http_response, secret)
    return http_response
