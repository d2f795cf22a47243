"""Members: what each may do, removing, handing over, leaving; the last owner stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.actions.organisations.members import (
    LastOwner,
    NoMember,
    NotAnOwner,
    change_duty,
    hand_over,
    leave_organisation,
    remove_member,
)
from assessment.web.access import NotGranted
from assessment.web.member_access import member_for, membership_for, ownership_for
from assessment.web.organisations.changes import status_of
from assessment.web.organisations.forms import DutyForm

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

ONE_OWNER = gettext_lazy("An organisation needs an owner: make somebody else one first.")


def member(request: HttpRequest, uuid: UUID, member: int) -> HttpResponse:
    own = ownership_for(request, uuid)
    changed = member_for(own, member)
    sent = request.POST if request.method == "POST" else None
    form = DutyForm(sent, initial={"duty": changed.duty})
    if form.is_valid():
        try:
            with _as_owner():
                _by_owner(change_duty, own, member, duty=form.cleaned_data["duty"])
        except LastOwner:
            form.add_error("duty", str(ONE_OWNER))
        else:
            messages.success(request, _("Saved."))
            return redirect("organisation", uuid)
    context = {"organisation": own.organisation, "own": own, "member": changed, "form": form}
    return render(request, "organisations/member.html", context, status=status_of(form))


def remove(request: HttpRequest, uuid: UUID, member: int) -> HttpResponse:
    own = ownership_for(request, uuid)
    try:
        with _as_owner():
            _by_owner(remove_member, own, member)
    except LastOwner:
        messages.error(request, ONE_OWNER)
    return redirect("organisation", uuid)


def give_to(request: HttpRequest, uuid: UUID, member: int) -> HttpResponse:
    own = ownership_for(request, uuid)
    with _as_owner():
        _by_owner(hand_over, own, member)
    messages.success(request, _("Handed over: you are a facilitator now."))
    return redirect("organisation", uuid)


def leave(request: HttpRequest, uuid: UUID) -> HttpResponse:
    own = membership_for(request, uuid)
    if request.method != "POST":
        return render(request, "organisations/leave.html", {"organisation": own.organisation})
    try:
        leave_organisation(organisation=own.organisation, user=own.user)
    except NoMember as error:
        raise NotGranted from error
    except LastOwner:
        messages.error(request, ONE_OWNER)
        return redirect("organisation", uuid)
    return redirect("organisations")


def _by_owner(change: Callable[..., None], own: Any, member: int, **more: str) -> None:
    change(organisation=own.organisation, member=member, by=own.user, **more)


@contextmanager
def _as_owner() -> Iterator[None]:
    """What ended while a page stood open answers as what never was."""
    try:
        yield
    except (NoMember, NotAnOwner) as error:
        raise NotGranted from error
