"""Who is invited to a round: entered with a dry run, written to, reminded, replaced, ended."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessment.actions.record import record_once_a_day
from assessment.actions.responses.lock import RoundNotOpen
from assessment.actions.rounds.enter import RoundLink
from assessment.actions.rounds.invite import (
    HasSubmitted,
    InvitedTwice,
    PlaceIsOver,
    end_invitation,
    end_open_link,
    invite_missing,
    make_open_link,
    replace_person,
)
from assessment.actions.rounds.places import secret_of_nonce, state_of_place
from assessment.actions.rounds.send import remind, send_again, send_invitations
from assessment.interchange.people_table import as_text
from assessment.models import Invitation, OpenLink, Round
from assessment.reports.seat_wording import seat_words
from assessment.web.access import NotGranted
from assessment.web.member_access import facilitated_round
from assessment.web.origin import origin_of
from assessment.web.rounds.invitation import page_of_link, way_of_place
from assessment.web.rounds.link_form import OpenLinkForm
from assessment.web.rounds.people_form import PeopleForm
from assessment.web.rounds.person_form import ReplaceForm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from assessment.interchange.people_table import PersonRow


def round_people(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """First the dry run: every row with what becomes of it; then those that can be are invited."""
    found = _not_closed(request, uuid)
    sent = request.method == "POST"
    known = found.invitations.exclude(state=Invitation.State.ENDED).values_list("email", flat=True)
    given = (request.POST, request.FILES) if sent else ()
    form = PeopleForm(found, *given, invited=list(known), language=get_language() or "en")
    context = {"round": found, "form": form}
    if not sent or not form.is_valid():
        return render(request, "rounds/people.html", context, status=422 if sent else 200)
    if "change" in request.POST:
        context["form"] = _list_again(found, form, form.checked_rows)
        return render(request, "rounds/people.html", context)
    if "invite" not in request.POST:
        text = as_text(form.checked_rows)
        return render(request, "rounds/people_check.html", context | {"pasted": text})
    invite_missing(round=found, people=form.people_to_invite)
    if not form.bad_rows:
        return redirect("round", uuid)
    left = _list_again(found, form, form.bad_rows)
    context |= {"form": left, "invited": len(form.people_to_invite), "left": form.checked}
    return render(request, "rounds/people.html", context)


def _list_again(found: Round, form: PeopleForm, rows: Iterable[PersonRow]) -> PeopleForm:
    """These rows of what was sent, to be mended and sent again."""
    again = PeopleForm(found, language=form.language_of_mail)
    again.initial["people"] = as_text(rows)
    return again


def round_person(request: HttpRequest, uuid: UUID, person: UUID) -> HttpResponse:
    found, place = _place(request, uuid, person)
    return _person_page(request, found, place, ReplaceForm())


def round_preview(request: HttpRequest, uuid: UUID, person: UUID) -> HttpResponse:
    """What this person sees behind her link; nothing can be begun from here."""
    _found, place = _place(request, uuid, person)
    return page_of_link(request, RoundLink(place))


def person_replace(request: HttpRequest, uuid: UUID, person: UUID) -> HttpResponse:
    found, place = _place(request, uuid, person)
    form = ReplaceForm(request.POST)
    if not form.is_valid():
        return _person_page(request, found, place, form, status=422)
    try:
        made = replace_person(invitation=place, **form.cleaned_data)
    except InvitedTwice:
        form.add_error("email", _("E-mail address: this address is invited already."))
    except HasSubmitted:
        form.add_error(None, _("This person has submitted: nobody takes her place."))
    except PlaceIsOver:
        form.add_error(None, _("This place was ended before."))
    else:
        return redirect("round_person", uuid, made.uuid)
    return _person_page(request, found, place, form, status=409)


def person_end(request: HttpRequest, uuid: UUID, person: UUID) -> HttpResponse:
    found, place = _place(request, uuid, person)
    form = ReplaceForm()
    try:
        end_invitation(invitation=place)
    except HasSubmitted:
        problem = _("This person has submitted: her answers count, and her link stays.")
        return _person_page(request, found, place, form, status=409, problem=problem)
    except PlaceIsOver:
        pass
    return redirect("round", uuid)


def person_again(request: HttpRequest, uuid: UUID, person: UUID) -> HttpResponse:
    found, place = _place(request, uuid, person)
    return _sent(
        request, found, lambda: send_again(invitation=place, origin=origin_of(request), now=_now())
    )


def round_send(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = _not_closed(request, uuid)
    return _sent(
        request, found, lambda: send_invitations(round=found, origin=origin_of(request), now=_now())
    )


def round_remind(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = _not_closed(request, uuid)
    return _sent(request, found, lambda: remind(round=found, origin=origin_of(request), now=_now()))


def round_links(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Open links, one for each group without addresses."""
    found = _not_closed(request, uuid)
    form = OpenLinkForm(found, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        group = {name: form.cleaned_data[name] for name in ("sector", "tier", "limit")}
        make_open_link(round=found, closes_at=form.closes_at, **group)
        return redirect("round_links", uuid)
    context = {"round": found, "form": form, "links": _lines(request, found)}
    status = 422 if form.is_bound else 200
    return render(request, "rounds/links.html", context, status=status)


def open_link_end(request: HttpRequest, uuid: UUID, link: UUID) -> HttpResponse:
    found = facilitated_round(request, uuid)
    row = found.open_links.filter(uuid=link).first()
    if row is None:
        raise NotGranted
    end_open_link(link=row)
    return redirect("round_links", uuid)


def round_paper(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Every open link as a picture, a sheet each, to be hung up or handed out."""
    found = _not_closed(request, uuid)
    lines = [line for line in _lines(request, found) if line["link"]]
    return render(request, "rounds/paper.html", {"round": found, "links": lines})


def _lines(request: HttpRequest, found: Round) -> list[dict[str, object]]:
    now = _now()
    return [
        {
            "row": row,
            "seat": seat_words(row.sector, row.tier, found.tier_words),
            "until": found.last_moment_in_words(row.closes_at) if row.closes_at else "",
            "link": _address(request, row) if row.is_open(now) else "",
            "minutes": way_of_place(row).minutes,
        }
        for row in found.open_links.all()
    ]


def _address(request: HttpRequest, place: Invitation | OpenLink) -> str:
    """Of a place or link that stands: of others there is no nonce, and nobody can know it."""
    path = reverse("invitation", args=[secret_of_nonce(place.nonce)])
    return request.build_absolute_uri(path)


def _person_page(
    request: HttpRequest,
    found: Round,
    place: Invitation,
    form: ReplaceForm,
    *,
    status: int = 200,
    problem: str = "",
) -> HttpResponse:
    state = state_of_place(place)
    record_once_a_day("link_shown", found)
    context = {
        "round": found,
        "place": place,
        "seat": seat_words(place.sector, place.tier, found.tier_words),
        "state": state,
        "words": Invitation.State(state).label,
        "link": "" if place.is_over else _address(request, place),
        "form": form,
        "problem": problem,
    }
    return render(request, "rounds/person.html", context, status=status)


def _place(request: HttpRequest, uuid: UUID, person: UUID) -> tuple[Round, Invitation]:
    found = _not_closed(request, uuid)
    rows = found.invitations.select_related("mail", "round__scheme__owner", "round__edition")
    place = rows.filter(uuid=person).first()
    if place is None:
        raise NotGranted
    return found, place


def _sent(request: HttpRequest, found: Round, send: Callable[[], int]) -> HttpResponse:
    try:
        number = send()
    except RoundNotOpen:
        number = 0
    return redirect(f"{reverse('round', args=[found.uuid])}?sent={number}")


def _not_closed(request: HttpRequest, uuid: UUID) -> Round:
    found = facilitated_round(request, uuid)
    if found.is_closed:
        raise NotGranted
    return found


def _now() -> datetime:
    return timezone.now()
