"""Answers on paper: the sheet of a group, and entering what stands on one."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from assessment.actions.responses.lock import RoundNotOpen
from assessment.actions.rounds.enter import enter_on_behalf
from assessment.instrument.model import SECTORS, TIERS
from assessment.models.promises import read_promise
from assessment.reports.promise_wording import promise_sentences
from assessment.reports.seat_wording import seat_words
from assessment.web.access import NotGranted, grant_also, remember_link
from assessment.web.languages import content_language
from assessment.web.member_access import facilitated_round
from assessment.web.pages import NOTICE_VERSION, subjects_to_print
from assessment.web.questionnaire.progress import subjects_of_seat
from assessment.web.rounds.begin_form import SheetForm


def round_sheets(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Where sheets are printed, and entered one after the other by who runs the round."""
    found = facilitated_round(request, uuid)
    if found.is_closed:
        raise NotGranted
    sent = request.method == "POST"
    form = SheetForm(found, request.POST if sent else None)
    entered = found.responses.filter(entry="on_behalf").count()
    seats = [(s, t, seat_words(s, t, found.tier_words)) for s in SECTORS for t in TIERS]
    context = {"round": found, "form": form, "entered": entered, "seats": seats}
    if not sent or not form.is_valid():
        return render(request, "rounds/sheets.html", context, status=422 if sent else 200)
    try:
        started = enter_on_behalf(
            round=found,
            tier=form.cleaned_data["tier"],
            sector=form.cleaned_data["sector"],
            language=content_language(),
            notice=NOTICE_VERSION,
            now=timezone.now(),
            giver=form.giver,
        )
    except RoundNotOpen:
        return render(request, "rounds/sheets.html", context | {"not_open": True}, status=409)
    grant_also(request, started.response)
    http_response = redirect("tasks", started.response.uuid)
    remember_link(http_response, started.secret)
    return http_response


def round_sheet(request: HttpRequest, uuid: UUID, sector: str, tier: str) -> HttpResponse:
    """The questions of one group in the order in which they are entered, with the promise."""
    found = facilitated_round(request, uuid)
    if found.is_closed or sector not in SECTORS or tier not in TIERS:
        raise Http404
    instrument = found.instrument(content_language())
    subjects = subjects_of_seat(found, instrument, sector, tier)
    context = {
        "round": found,
        "seat": seat_words(sector, tier, found.tier_words),
        "promise": promise_sentences(found, on_paper=True),
        "attributed": read_promise(found.promise).attributed,
        "instrument": instrument,
        "sections": subjects_to_print(instrument, subjects),
    }
    return render(request, "rounds/sheet.html", context)
