"""The start page, and the scheme's profile with which a response begins."""

from __future__ import annotations

import re
import secrets
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.actions.responses.change_profile import change_profile
from assessment.actions.responses.start import Started, start_response
from assessment.models import Edition, Round
from assessment.reports.logos import site_logos
from assessment.web import cookies
from assessment.web.access import (
    grant,
    just_left,
    latest_granted,
    open_response_for,
    published_edition,
    remember_link,
    round_for,
)
from assessment.web.languages import LANGUAGE_FIELD, content_language
from assessment.web.limits import STARTS, mark_refused, source, time_in_words
from assessment.web.pages import NOTICE_VERSION
from assessment.web.profile_draft import (
    Draft,
    as_initial,
    completed,
    forget_draft,
    keep_draft,
    read_draft,
    with_page,
)
from assessment.web.questionnaire.profile_form import LAST_PAGE, ProfileForm
from assessment.web.questionnaire.profile_part import sound_part
from assessment.web.questionnaire.ways import has_short_way, ways_of
from assessment.web.sample import picture_of_brief

KEY = re.compile(r"[A-Za-z0-9_-]{32}")


def start(request: HttpRequest) -> HttpResponse:
    edition = published_edition()
    latest = latest_granted(request)
    instrument = edition.instrument(content_language())
    context = {
        "instrument": instrument,
        "ways": ways_of(instrument),
        "picture": picture_of_brief(edition),
        "logos": site_logos(),
        "held": latest.uuid if latest else None,
        "left": request.GET.get("left") == "1",
        "erased": request.GET.get("erased") == "1",
        "just_left": just_left(request),
    }
    http_response = render(request, "landing/landing.html", context)
    if context["just_left"]:
        cookies.delete_cookie(http_response, cookies.LEFT)
    return http_response


def begin(request: HttpRequest) -> HttpResponse:
    edition = published_edition()
    before = latest_granted(request)
    instrument = edition.instrument(content_language())
    sent = request.POST if request.method == "POST" else request.GET
    draft = read_draft(request) if has_short_way(instrument) and "short" in sent else None
    data = sent if request.method == "POST" else None
    page = _page(request, sent, draft)
    whole = completed(data, draft) if data and draft and page == LAST_PAGE else data
    seat = before.seat if before and before.round.alone else None
    form = ProfileForm(instrument, whole, key=_key(request, draft), page=page, seat=seat)
    form.carry_over(before.round if before else None)
    form.initial.update(as_initial(draft or {}))
    if data is None:
        return _form(request, form)
    if LANGUAGE_FIELD in request.GET:
        return _in_other_language(request, form, data, draft)
    if draft is not None and (turned := _turned_back(form, data, draft)):
        return turned
    if not form.is_valid():
        return _form(request, form, status=422)
    if draft is not None and form.page != LAST_PAGE:
        return _turn(form, data, draft, page=LAST_PAGE)
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
    forget_draft(request, http_response)
    return http_response


def _key(request: HttpRequest, draft: Draft | None) -> str:
    """The same on both pages of the short way, there and back."""
    (kept,) = (draft or {}).get("key", [""])
    known = (key for key in (request.POST.get("key", ""), kept) if KEY.fullmatch(key))
    return next(known, "") or secrets.token_urlsafe(24)


def _page(request: HttpRequest, sent: QueryDict, draft: Draft | None) -> int:
    """Of the short way; who has no draft (any more) is shown the first."""
    if draft is None:
        return 0
    can_be_last = draft or request.method == "POST"
    return LAST_PAGE if can_be_last and sent.get("page") == str(LAST_PAGE) else 1


def _in_other_language(
    request: HttpRequest, form: ProfileForm, data: QueryDict, draft: Draft | None
) -> HttpResponse:
    """The same page with what was typed, which nothing holds yet; mistakes wait for Continue."""
    again = ProfileForm(form.instrument, key=form.key, page=form.page, seat=form.stored_seat)
    names = form.names_here if form.short else form.fields
    again.initial.update(as_initial(with_page(draft or {}, names, data)))
    return _form(request, again)


def _turned_back(form: ProfileForm, data: QueryDict, draft: Draft) -> HttpResponse | None:
    """From the last page to the first: asked for, or what was typed there is there no more."""
    wanted = form.page == LAST_PAGE and ("back" in data or not draft)
    return _turn(form, data, draft, page=1) if wanted else None


def _turn(form: ProfileForm, data: QueryDict, draft: Draft, *, page: int) -> HttpResponse:
    """To the other page of the short way: what was typed goes along on the person's device."""
    http_response = redirect(f"{reverse('begin')}?short=1&page={page}")
    kept = with_page(draft, form.names_here, data)
    keep_draft(http_response, kept | {"key": [form.key]})
    return http_response


def profile(request: HttpRequest, uuid: UUID) -> HttpResponse:
    response = open_response_for(request, uuid)
    own_round = round_for(request, response)
    instrument = own_round.instrument(content_language())
    data = request.POST if request.method == "POST" else None
    form = ProfileForm(
        instrument, data, round=own_round, seat=response.seat, people=response.people
    )
    context: dict[str, Any] = {"response": response, "checking": request.GET.get("check") == "1"}
    if data is None:
        return _form(request, form, **context)
    is_valid, part = form.is_valid(), sound_part(form, own_round)
    change_profile(
        response=response,
        profile=part.profile,
        programmes=part.programmes,
        name=part.name,
        seat=part.seat,
        people=form.people,
    )
    if not is_valid:
        return _form(request, form, status=422, left_out=part.left_out, **context)
    return redirect("check" if context["checking"] else "tasks", uuid)


def _started(request: HttpRequest, edition: Edition, form: ProfileForm) -> Started:
    """Pressing twice makes one response; pressing again after going back changes its profile.

    Of two starts at once neither has a session yet: what names the browser is another cookie.
    """
    started = _start(edition, form, key=f"{form.key}\n{cookies.browser(request)}")
    response = started.response
    known = response.round.facts(), response.seat, response.people
    if not response.is_submitted and known != (form.profile, form.seat, form.people):
        change_profile(
            response=response,
            profile=form.profile,
            programmes=form.programmes,
            name=form.name,
            seat=form.seat,
            people=form.people,
        )
    return started


def _start(edition: Edition, form: ProfileForm, *, key: str) -> Started:
    kinds = Round.Questionnaire
    return start_response(
        edition=edition,
        profile=form.profile,
        programmes=form.programmes,
        name=form.name,
        language=content_language(),
        key=key,
        notice=NOTICE_VERSION,
        now=timezone.now(),
        questionnaire=kinds.SHORT if form.short else kinds.WHOLE,
        seat=form.seat,
        people=form.people,
    )


def _form(
    request: HttpRequest, form: ProfileForm, status: int = 200, **context: object
) -> HttpResponse:
    name = "profile" if "response" in context else "begin"
    context |= {"form": form, "notice": NOTICE_VERSION}
    return render(request, f"questionnaire/{name}.html", context, status=status)
