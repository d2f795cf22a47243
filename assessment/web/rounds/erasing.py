"""Who runs a round erases a person who asks for it, and sees nothing of what she answered."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from assessment.actions.rounds.erase import erase_for_person
from assessment.reports.seat_wording import seat_words
from assessment.web.access import NotGranted
from assessment.web.member_access import account_or_none, facilitated_round
from assessment.web.own_data import EraseForm


def person_erase(request: HttpRequest, uuid: UUID, person: UUID) -> HttpResponse:
    """Also once the round is closed: her name and address stand there until somebody asks."""
    found = facilitated_round(request, uuid)
    place = found.invitations.filter(uuid=person).first()
    if place is None:
        raise NotGranted
    form = EraseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        erase_for_person(invitation=place, by=account_or_none(request), now=timezone.now())
        return redirect("round", uuid)
    context = {
        "round": found,
        "place": place,
        "seat": seat_words(place.sector, place.tier, found.tier_words),
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "rounds/person_erase.html", context, status=status)
