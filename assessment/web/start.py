"""The start page, and the scheme's profile with which a response begins."""

from __future__ import annotations

import re
import secrets
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessment.actions.responses.change_profile import change_profile
from assessment.actions.responses.start import Started, start_response
from assessment.models import Edition, Round
from assessment.web.access import (
    grant,
    latest_granted,
    open_response_for,
    published_edition,
    remember_link,
    round_for,
)
from assessment.web.cookies import browser
from assessment.web.limits import STARTS, mark_refused, source, time_in_words
from assessment.web.pages import NOTICE_VERSION
from assessment.web.questionnaire.profile_form import ProfileForm
from assessment.web.questionnaire.profile_part import sound_part
from assessment.web.questionnaire.ways import has_short_way, ways_of

KEY = re.compile(r"[A-Za-z0-9_-]{32}")


def start(request: HttpRequest) -> HttpResponse:
    edition = published_edition()
    latest = latest_granted(request)
    instrument = edition.instrument(get_language())
    context = {
        "instrument": instrument,
        "ways": ways_of(instrument),
        "held": latest.uuid if latest else None,
        "left": request.GET.get("left") == "1",
    }
    return render(request, "questionnaire/start.html", context)


def begin(request: HttpRequest) -> HttpResponse:
    edition = published_edition()
    key = request.POST.get("key", "")
    if not KEY.fullmatch(key):
        key = secrets.token_urlsafe(24)
    before = latest_granted(request)
    data = request.POST if request.method == "POST" else None
    instrument = edition.instrument(get_language())
    short = has_short_way(instrument) and "short" in (request.GET if data is None else data)
    form = ProfileForm(instrument, data, key=key, short=short)
    form.carry_over(before.round if before else None)
    if data is None:
        return _form(request, form)
    if not form.is_valid():
        return _form(request, form, status=422)
    if wait := STARTS.seconds_to_wait(source(request)):
        sentence = _("Many people begin at this moment: send it again in %(time)s.")
        form.add_error(None, sentence % {"time": time_in_words(wait)})
        http_response = _form(request, form)
        mark_refused(http_response, wait)
        return http_response
    started = _started(request, edition, form)
    grant(request, started.response)
    http_response = redirect("link", started.response.uuid)
    remember_link(http_response, started.secret)
    return http_response


def profile(request: HttpRequest, uuid: UUID) -> HttpResponse:
    response = open_response_for(request, uuid)
    own_round = round_for(request, response)
    instrument = own_round.edition.instrument(get_language())
    data = request.POST if request.method == "POST" else None
    form = ProfileForm(instrument, data, round=own_round)
    context: dict[str, Any] = {"response": response, "checking": request.GET.get("check") == "1"}
    if data is None:
        return _form(request, form, **context)
    is_valid, part = form.is_valid(), sound_part(form, own_round)
    change_profile(
        response=response, profile=part.profile, programmes=part.programmes, name=part.name
    )
    if not is_valid:
        return _form(request, form, status=422, left_out=part.left_out, **context)
    return redirect("check" if context["checking"] else "tasks", uuid)


def _started(request: HttpRequest, edition: Edition, form: ProfileForm) -> Started:
    """Pressing twice makes one response; pressing again after going back changes its profile.

    Of two starts at once neither has a session yet: what names the browser is another cookie.
    """
    started = _start(edition, form, key=f"{form.key}\n{browser(request)}")
    response = started.response
    if not response.is_submitted and response.round.facts() != form.profile:
        change_profile(
            response=response, profile=form.profile, programmes=form.programmes, name=form.name
        )
    return started


def _start(edition: Edition, form: ProfileForm, *, key: str) -> Started:
    kinds = Round.Questionnaire
    return start_response(
        edition=edition,
        profile=form.profile,
        programmes=form.programmes,
        name=form.name,
        language=get_language() or edition.language,
        key=key,
        notice=NOTICE_VERSION,
        now=timezone.now(),
        questionnaire=kinds.SHORT if form.short else kinds.WHOLE,
    )


def _form(
    request: HttpRequest, form: ProfileForm, status: int = 200, **context: object
) -> HttpResponse:
    name = "profile" if "response" in context else "begin"
    context |= {"form": form, "notice": NOTICE_VERSION}
    return render(request, f"questionnaire/{name}.html", context, status=status)
