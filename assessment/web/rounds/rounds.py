"""The rounds of an organisation: listed, made, set up, opened, and followed on a board."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.actions.rounds.change import (
    AlreadyPromised,
    change_facts,
    change_round,
    is_promised,
)
from assessment.actions.rounds.close import close_round
from assessment.actions.rounds.make import AlreadyOpened, make_round, open_round
from assessment.actions.rounds.next_round import next_round
from assessment.actions.rounds.schemes import make_scheme
from assessment.models.promises import read_promise
from assessment.reports.promise_wording import promise_sentences
from assessment.web.access import NotGranted, published_edition
from assessment.web.languages import content_language, offers_of_round
from assessment.web.member_access import (
    facilitated_by,
    facilitated_round,
    memberships_of,
    owned_by,
    seen_rounds,
    viewed_round,
)
from assessment.web.questionnaire.profile_form import ProfileForm
from assessment.web.rounds.board import board_of, hidden_groups
from assessment.web.rounds.settings_form import RoundForm

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from assessment.models import Organisation, Round, Scheme


def rounds(request: HttpRequest) -> HttpResponse:
    """Whoever is of no organisation is told how one comes to be."""
    rows = seen_rounds(request).select_related("scheme__owner").order_by("-created_at")
    context = {
        "rounds": rows[:200],
        "organisations": facilitated_by(request),
        "is_member": memberships_of(request).exists(),
    }
    return render(request, "rounds/rounds.html", context)


def round_new(request: HttpRequest) -> HttpResponse:
    organisations = facilitated_by(request)
    if not organisations:
        raise NotGranted
    edition = published_edition()
    before = _round_before(request)
    data = request.POST if request.method == "POST" else None
    form = RoundForm(edition, data, organisations=organisations, round=before)
    if before is not None:
        form.initial.update(closes_on=None, kept_until=None)
    if data is None or not form.is_valid():
        return _settings_page(request, form, None, before=before)
    now = timezone.now()
    scheme = before.scheme if before else _new_scheme(form, organisations, now)
    if before is not None and before.is_closed:
        made = next_round(round=before, edition=edition, now=now)
    else:
        facts = before.facts() if before else {}
        made = make_round(scheme=scheme, edition=edition, profile=facts, now=now)
    change_round(round=made, settings=form.settings)
    return redirect("round_profile", made.uuid)


def _round_before(request: HttpRequest) -> Round | None:
    """The round after which another of the same scheme is prepared; raises NotGranted."""
    asked = request.GET.get("after", "")
    try:
        return facilitated_round(request, UUID(asked)) if asked else None
    except ValueError as error:
        raise NotGranted from error


def _new_scheme(form: RoundForm, owners: Sequence[Organisation], now: datetime) -> Scheme:
    chosen = form.cleaned_data["organisation"]
    owner = next(one for one in owners if str(one.uuid) == chosen)
    return make_scheme(name=form.cleaned_data["name"], programmes=(), now=now, owner=owner)


def round_page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Its board; while it is a draft, what is still to do before it opens."""
    found = viewed_round(request, uuid)
    context = {
        "round": found,
        "board": board_of(found, timezone.now()),
        "facts": bool(found.profile),
        "promise": promise_sentences(found),
        "values": read_promise(found.promise),
        "places": [*filter(None, [found.scheme.municipality]), *found.scheme.areas],
        "languages": [name for _code, name in offers_of_round(found)],
        "facilitates": found.scheme.owner in facilitated_by(request),
        "owns": found.scheme.owner in owned_by(request),
        "sent": request.GET.get("sent", ""),
    }
    return render(request, "rounds/round.html", context)


def round_settings(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = _changeable(request, uuid)
    data = request.POST if request.method == "POST" else None
    form = RoundForm(found.edition, data, round=found, promised=is_promised(found))
    if data is None or not form.is_valid():
        return _settings_page(request, form, found)
    try:
        change_round(round=found, settings=form.settings)
    except AlreadyPromised:
        form.add_error(None, _("Somebody was invited meanwhile: what is promised stays as it is."))
        return _settings_page(request, form, found)
    return redirect("round", uuid)


def round_profile(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The facts of the scheme, given once for all who answer."""
    found = _changeable(request, uuid)
    data = request.POST if request.method == "POST" else None
    form = ProfileForm(found.instrument(content_language()), data, round=found, seated=False)
    context = {"round": found, "form": form}
    if data is None or not form.is_valid():
        status = 200 if data is None else 422
        return render(request, "rounds/profile.html", context, status=status)
    try:
        change_facts(round=found, profile=form.profile, programmes=form.programmes, name=form.name)
    except AlreadyOpened:
        form.add_error(None, _("The round is open: these facts decide what people are asked."))
        return render(request, "rounds/profile.html", context, status=409)
    return redirect("round", uuid)


def round_open(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Pressing twice opens once."""
    found = _changeable(request, uuid)
    if found.profile and not found.is_open:
        open_round(round=found, now=timezone.now())
    return redirect("round", uuid)


def round_close(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Says what would be hidden, and asks for the name of the scheme."""
    found = _changeable(request, uuid)
    if not found.is_open:
        return redirect("round", uuid)
    context: dict[str, object] = {
        "round": found,
        "board": board_of(found, timezone.now()),
        "hidden": hidden_groups(found),
    }
    if request.method != "POST":
        return render(request, "rounds/close.html", context)
    typed = request.POST.get("name", "")
    if typed.strip() != found.scheme.name:
        context |= {
            "typed": typed,
            "problem": _("Type the name of the scheme as it stands above to close the round."),
        }
        return render(request, "rounds/close.html", context, status=422)
    close_round(round=found, now=timezone.now())
    return redirect("round", uuid)


def _changeable(request: HttpRequest, uuid: UUID) -> Round:
    """A closed round is changed no more: its pages of settings do not exist."""
    found = facilitated_round(request, uuid)
    if found.is_closed:
        raise NotGranted
    return found


def _settings_page(
    request: HttpRequest, form: RoundForm, found: Round | None, before: Round | None = None
) -> HttpResponse:
    context = {"form": form, "round": found, "before": before}
    status = 422 if form.is_bound else 200
    return render(request, "rounds/settings.html", context, status=status)
