"""The link of an invitation: looking at it changes nothing, beginning and declining are sent."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from assessment.actions.responses.lock import RoundNotOpen
from assessment.actions.rounds.enter import HasBegun, LinkOver, RoundLink, begin_by_link, decline
from assessment.models import OpenLink
from assessment.reports.promise_wording import promise_sentences
from assessment.reports.wording import seat_words
from assessment.web import errors
from assessment.web.access import grant, invited_by_secret, remember_link
from assessment.web.languages import content_language
from assessment.web.limits import RETURN_LINKS, source
from assessment.web.pages import NOTICE_VERSION
from assessment.web.questionnaire.ways import ways_of


def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    link = invited_by_secret(secret)
    return page_of_link(request, link, secret) if link else _unknown(request)


def begin_invited(request: HttpRequest, secret: str) -> HttpResponse:
    """Begins, or goes on; by a link that is over the page says so."""
    link = invited_by_secret(secret)
    if link is None:
        return _unknown(request)
    try:
        started = begin_by_link(
            secret=secret,
            language=content_language(),
            notice=NOTICE_VERSION,
            now=timezone.now(),
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
        return _unknown(request)
    try:
        decline(secret=secret)
    except (LinkOver, HasBegun, RoundNotOpen):
        return page_of_link(request, link, secret, status=410)
    return redirect("invitation", secret)


def page_of_link(
    request: HttpRequest, link: RoundLink, secret: str = "", *, status: int = 200
) -> HttpResponse:
    """Without a `secret` it is for who invites: nothing can be begun from there."""
    asked = link.round
    now = timezone.now()
    instrument = asked.edition.instrument(content_language())
    ways = ways_of(instrument, link.place.tier, link.place.sector)
    short = ways.short if asked.questionnaire == asked.Questionnaire.SHORT else None
    context = {
        "secret": secret,
        "preview": not secret,
        "round": asked,
        "organisation": asked.scheme.owner,
        "place": link.place,
        "seat": seat_words(link.place.sector, link.place.tier),
        "response": link.response,
        "open_link": isinstance(link.place, OpenLink),
        "over": link.is_over(now),
        "takes_answers": asked.takes_answers(now),
        "closes": asked.closes_in_words,
        "asked": short or ways.whole,
        "promise": promise_sentences(asked),
        "notice": NOTICE_VERSION,
    }
    return render(request, "rounds/invitation.html", context, status=status)


def _unknown(request: HttpRequest) -> HttpResponse:
    wait = RETURN_LINKS.seconds_to_wait(source(request))
    return errors.too_many_links(request, wait) if wait else errors.not_found(request)
