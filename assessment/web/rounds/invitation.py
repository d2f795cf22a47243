"""The link of an invitation: looking at it changes nothing, beginning and declining are sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from assessment.actions.responses.lock import RoundNotOpen
from assessment.actions.responses.start import ONE_PERSON
from assessment.actions.rounds.enter import HasBegun, LinkOver, RoundLink, begin_by_link, decline
from assessment.models import Invitation, OpenLink
from assessment.reports.promise_wording import promise_sentences
from assessment.reports.seat_wording import seat_words
from assessment.web import errors
from assessment.web.access import grant, invited_by_secret, remember_link
from assessment.web.languages import Switch, content_language, offers_of_round, query_with
from assessment.web.limits import RETURN_LINKS, source
from assessment.web.pages import NOTICE_VERSION
from assessment.web.questionnaire.ways import ways_of
from assessment.web.rounds.begin_form import BeginForm

if TYPE_CHECKING:
    from assessment.models import Round
    from assessment.web.questionnaire.ways import Way


def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    link = invited_by_secret(secret)
    return page_of_link(request, link, secret) if link else unknown_link(request)


def begin_invited(request: HttpRequest, secret: str) -> HttpResponse:
    """Begins, or goes on; by a link that is over the page says so."""
    link = invited_by_secret(secret)
    if link is None:
        return unknown_link(request)
    form = BeginForm(link.round, request.POST)
    if link.response is None and not form.is_valid():
        return page_of_link(request, link, secret, status=422, form=form)
    try:
        started = begin_by_link(
            secret=secret,
            language=content_language(),
            notice=NOTICE_VERSION,
            now=timezone.now(),
            giver=form.giver if link.response is None else ONE_PERSON,
        )
    except (LinkOver, RoundNotOpen):
        return page_of_link(request, link, secret, status=410)
    grant(request, started.response)
    mine = link.response is not None
    own_link = isinstance(link.place, OpenLink)
    http_response = redirect("link" if own_link and not mine else "tasks", started.response.uuid)
    remember_link(http_response, started.secret)
    return http_response


def decline_invited(request: HttpRequest, secret: str) -> HttpResponse:
    link = invited_by_secret(secret)
    if link is None:
        return unknown_link(request)
    try:
        decline(secret=secret)
    except (LinkOver, HasBegun, RoundNotOpen):
        return page_of_link(request, link, secret, status=410)
    return redirect("invitation", secret)


def page_of_link(
    request: HttpRequest,
    link: RoundLink,
    secret: str = "",
    *,
    status: int = 200,
    form: BeginForm | None = None,
) -> HttpResponse:
    """Without a `secret` it is for who invites: nothing can be begun from there."""
    asked = link.round
    now = timezone.now()
    context = {
        "secret": secret,
        "preview": not secret,
        "round": asked,
        "organisation": asked.scheme.owner,
        "place": link.place,
        "seat": seat_words(link.place.sector, link.place.tier, asked.tier_words),
        "form": form or BeginForm(asked, initial=_known(link)),
        "languages": _languages(request, asked),
        "response": link.response,
        "open_link": isinstance(link.place, OpenLink),
        "over": link.is_over(now),
        "takes_answers": asked.takes_answers(now),
        "closes": asked.closes_in_words,
        "asked": way_of_place(link.place),
        "promise": promise_sentences(asked),
        "notice": NOTICE_VERSION,
    }
    return render(request, "rounds/invitation.html", context, status=status)


def way_of_place(place: Invitation | OpenLink) -> Way:
    """How many questions somebody there is asked at most, and how long it takes her."""
    asked = place.round
    ways = ways_of(asked.edition.instrument(content_language()), place.tier, place.sector)
    short = ways.short if asked.questionnaire == asked.Questionnaire.SHORT else None
    return short or ways.whole


def _known(link: RoundLink) -> dict[str, str]:
    """What whoever invited her wrote, for her to put right; nobody's behind an open link."""
    if not isinstance(link.place, Invitation):
        return {}
    return {"name": link.place.name, "institution": link.place.institution}


def _languages(request: HttpRequest, asked: Round) -> list[Switch]:
    """In which the questions can be answered, where it is another than the page stands in."""
    offers = offers_of_round(asked)
    return [
        Switch(code, name, query_with(request, code))
        for code, name in offers
        if code != content_language()
    ]


def unknown_link(request: HttpRequest) -> HttpResponse:
    wait = RETURN_LINKS.seconds_to_wait(source(request))
    return errors.too_many_links(request, wait) if wait else errors.not_found(request)
