"""Rounds, schemes and places are deleted: what is lost is said first, and what comes back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.actions.rounds.delete import (
    REASONS,
    NotDeleted,
    delete_place,
    delete_round,
    delete_scheme,
    loss_of_rounds,
    restore_place,
)
from assessment.actions.rounds.invite import HasSubmitted, InvitedTwice, PlaceIsOver
from assessment.actions.rounds.places import state_of_place
from assessment.models import Invitation
from assessment.models.invitations import PLACE_BACK_FOR
from assessment.reports.seat_wording import seat_words
from assessment.web.access import NotGranted
from assessment.web.member_access import account_or_none, facilitated_round, owned_round
from assessment.web.questionnaire.profile_form import LineField

if TYPE_CHECKING:
    from django.http import QueryDict

    from assessment.models import Round


class DeleteForm(forms.Form):
    """The name of what is deleted, typed, and why; what was typed stays where it is refused."""

    use_required_attribute = False

    name = LineField(label="")
    reason = forms.ChoiceField(
        label=gettext_lazy("Why it is deleted"),
        choices=tuple(REASONS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Why it is deleted: choose a reason.")},
    )

    def __init__(self, name: str, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.meant = name
        typed = self.fields["name"]
        typed.required = True
        typed.label = _("To confirm, type the name: %(name)s") % {"name": name}
        typed.error_messages["required"] = self._not_typed()

    def clean_name(self) -> str:
        typed = str(self.cleaned_data["name"])
        if typed.strip() != self.meant:
            raise ValidationError(self._not_typed())
        return typed

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_show_errors = False
        helper.layout = Layout("name", "reason")
        helper.add_input(Submit("delete", _("Delete for ever")))
        return helper

    def _not_typed(self) -> str:
        return _("Type the name as it stands above. Nothing is deleted so far.")


def round_delete(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return _delete_page(request, owned_round(request, uuid), whole_scheme=False)


def scheme_delete(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The scheme of this round with every round of it."""
    return _delete_page(request, owned_round(request, uuid), whole_scheme=True)


def _delete_page(request: HttpRequest, found: Round, *, whole_scheme: bool) -> HttpResponse:
    scheme = found.scheme
    name = scheme.name or found.reference
    form = DeleteForm(name, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        act: dict[str, Any] = {
            "reason": form.cleaned_data["reason"],
            "by": account_or_none(request),
            "now": timezone.now(),
        }
        if whole_scheme:
            delete_scheme(scheme=scheme, **act)
        else:
            delete_round(round=found, **act)
        return redirect("rounds")
    context = {
        "round": found,
        "name": name,
        "form": form,
        "loss": loss_of_rounds(scheme=scheme, round=None if whole_scheme else found),
        "whole_scheme": whole_scheme,
    }
    status = 422 if form.is_bound else 200
    return render(request, "rounds/delete.html", context, status=status)


def place_delete(request: HttpRequest, uuid: UUID, person: UUID) -> HttpResponse:
    found, place = _place(request, uuid, person)
    state = state_of_place(place)
    context = {
        "round": found,
        "place": place,
        "seat": seat_words(place.sector, place.tier, found.tier_words),
        "state": state,
        "days": PLACE_BACK_FOR.days,
    }
    if request.method != "POST":
        return render(request, "rounds/place_delete.html", context)
    try:
        delete_place(invitation=place, by=account_or_none(request), today=_today())
    except HasSubmitted:
        context["state"] = Invitation.State.SUBMITTED
        return render(request, "rounds/place_delete.html", context, status=409)
    except PlaceIsOver:
        return redirect("place_delete", uuid, person)
    return redirect("places_deleted", uuid)


def places_deleted(request: HttpRequest, uuid: UUID, problem: str = "") -> HttpResponse:
    found = _not_closed(request, uuid)
    rows = [
        {
            "place": one,
            "seat": seat_words(one.sector, one.tier, found.tier_words),
            "until": one.deleted_on + PLACE_BACK_FOR,
        }
        for one in found.invitations.deleted()
        if one.deleted_on is not None
    ]
    context = {"round": found, "rows": rows, "days": PLACE_BACK_FOR.days, "problem": problem}
    status = 409 if problem else 200
    return render(request, "rounds/places_deleted.html", context, status=status)


def place_restore(request: HttpRequest, uuid: UUID, person: UUID) -> HttpResponse:
    """Pressing twice puts it back once."""
    _found, place = _place(request, uuid, person)
    try:
        restore_place(invitation=place, by=account_or_none(request))
    except InvitedTwice:
        problem = _("This address is invited again already: delete the other place first.")
        return places_deleted(request, uuid, problem)
    except NotDeleted:
        pass
    return redirect("round_person", uuid, person)


def _place(request: HttpRequest, uuid: UUID, person: UUID) -> tuple[Round, Invitation]:
    found = _not_closed(request, uuid)
    rows = found.invitations.select_related("mail", "round__scheme__owner", "round__edition")
    place = rows.filter(uuid=person).first()
    if place is None:
        raise NotGranted
    return found, place


def _not_closed(request: HttpRequest, uuid: UUID) -> Round:
    found = facilitated_round(request, uuid)
    if found.is_closed:
        raise NotGranted
    return found


def _today() -> date:
    return timezone.now().date()
