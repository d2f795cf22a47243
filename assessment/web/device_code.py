"""The short code: shown on a device that has a response open, typed on a second one."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.actions.responses.device_code import (
    CODE_LIFETIME,
    NoSuchCode,
    clean_code,
    is_code_of,
    make_device_code,
    use_device_code,
)
from assessment.models import DeviceCode
from assessment.web import cookies
from assessment.web.access import grant, remember_link, remembered_link, response_for
from assessment.web.limits import (
    HOUR,
    WHOLE_SITE,
    Limit,
    Try,
    mark_refused,
    source,
    time_in_words,
)
from assessment.web.sessions import CODE_OF_DEVICE

if TYPE_CHECKING:
    from datetime import date, datetime

    from assessment.models import Response

OF_MINUTE = Limit("device codes of source in a minute", 5)
OF_HOUR = Limit("device codes of site in an hour", 100, HOUR)
LOOKS_AGAIN = 10
"""Seconds until the page with the code looks whether it was used."""


def device(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The code, for as long as it opens; then whether it did."""
    response = response_for(request, uuid)
    # What the link of an older revision opened, no new link would ever close.
    newest = response.latest_revision()
    now = timezone.now()
    if request.method == "POST":
        return _made(request, uuid, newest, now)
    found = DeviceCode.objects.filter(response=newest).first()
    context: dict[str, Any] = {
        "response": response,
        "opened_at": opened_elsewhere(request, newest),
    }
    code = request.COOKIES.get(cookies.DEVICE_CODE, "")
    if found is None or not (found.is_open(now) and is_code_of(found, code)):
        return render(request, "questionnaire/device.html", context)
    minutes = math.ceil((found.ends_at - now).total_seconds() / 60)
    address = request.build_absolute_uri(reverse("code"))
    context |= {"code": f"{code[:4]} {code[4:]}", "minutes": minutes, "address": address}
    context["ends_at"] = found.ends_at
    page = render(request, "questionnaire/device.html", context)
    page["Refresh"] = str(LOOKS_AGAIN)
    return page


def _made(request: HttpRequest, uuid: UUID, newest: Response, now: datetime) -> HttpResponse:
    link = remembered_link(request, newest) or ""
    made, code = make_device_code(response=newest, link=link, now=now)
    request.session[CODE_OF_DEVICE] = made.pk
    http_response = redirect("device", uuid)
    seconds = int(CODE_LIFETIME.total_seconds())
    cookies.set_cookie(http_response, cookies.DEVICE_CODE, code, seconds=seconds)
    return http_response


def opened_elsewhere(request: HttpRequest, response: Response) -> datetime | date | None:
    """When a code that this device showed opened the response on a second one.

    Of one among several the day, at the place of her round.
    """
    number = request.session.get(CODE_OF_DEVICE)
    if number is None:
        return None
    used = DeviceCode.objects.filter(pk=number, response=response)
    at = used.values_list("used_at", flat=True).first()
    if at is None or response.round.alone:
        return at
    return at.astimezone(ZoneInfo(response.round.time_zone)).date()


def code_form(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "questionnaire/code.html", {})
    typed = request.POST.get("code", "")
    code = clean_code(typed)
    if code is None:
        sentence = _("A code has 8 letters and digits. Compare it with the other device.")
        return _asked_again(request, sentence, 422)
    this_try = Try(((OF_MINUTE, source(request)), (OF_HOUR, WHOLE_SITE)))
    if wait := this_try.seconds_to_wait():
        return _refused(request, wait)
    try:
        response, secret = use_device_code(code=code, now=timezone.now())
    except NoSuchCode:
        sentence = _(
            "This code opens nothing: it may be mistyped, used already, or older than 15 minutes. "
            "Make another one on the other device."
        )
        return _asked_again(request, sentence, 404)
    this_try.give_back()
    return _opened(request, response, secret)


def _opened(request: HttpRequest, response: Response, secret: str) -> HttpResponse:
    grant(request, response)
    http_response = redirect("tasks", response.uuid)
    if secret:
        remember_link(http_response, secret)
    return http_response


def _refused(request: HttpRequest, wait: int) -> HttpResponse:
    """Alike for a right code and a wrong one: who may go on guessing would find one."""
    sentence = _("There were too many wrong codes: wait %(time)s, or open your private link.")
    http_response = _asked_again(request, sentence % {"time": time_in_words(wait)}, 429)
    mark_refused(http_response, wait)
    return http_response


def _asked_again(request: HttpRequest, problem: str, status: int) -> HttpResponse:
    context = {"problem": problem, "typed": request.POST.get("code", "")}
    return render(request, "questionnaire/code.html", context, status=status)
