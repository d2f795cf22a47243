"""Owners invite members, remind them and withdraw what they sent."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessment.actions.mail.offered import sends_mail
from assessment.actions.organisations.invite import (
    MOST_INVITED,
    AlreadyMember,
    MemberAlreadyInvited,
    TooEarlyToRemind,
    TooManyInvited,
    invite_member,
    remind_invited,
    withdraw_invitation,
)
from assessment.models import MemberInvitation
from assessment.tasks import send_soon
from assessment.web.access import NotGranted
from assessment.web.member_access import ownership_for
from assessment.web.organisations.changes import status_of
from assessment.web.organisations.forms import InviteForm

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from assessment.models import Membership


def invite(request: HttpRequest, uuid: UUID) -> HttpResponse:
    own = ownership_for(request, uuid)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and not (problem := _invited(request, own, form.cleaned_data)):
        messages.success(request, _("The invitation is on its way."))
        return redirect("organisation", uuid)
    if form.is_valid():
        form.add_error("address", problem)
    context = {"organisation": own.organisation, "form": form, "mail": sends_mail()}
    return render(request, "organisations/invite.html", context, status=status_of(form))


def remind(request: HttpRequest, uuid: UUID, invitation: int) -> HttpResponse:
    own = ownership_for(request, uuid)
    now = timezone.now()
    rows = MemberInvitation.objects.open(now).filter(organisation=own.organisation)
    invited = rows.filter(pk=invitation).first()
    if invited is None:
        raise NotGranted
    try:
        mail = remind_invited(invitation=invited, origin=origin_of(request), now=now)
    except TooEarlyToRemind:
        messages.error(request, _("The last message is too new: wait two days between them."))
    else:
        send_soon(mail=mail, now=now)
        messages.success(request, _("The reminder is on its way."))
    return redirect("organisation", uuid)


def withdraw(request: HttpRequest, uuid: UUID, invitation: int) -> HttpResponse:
    own = ownership_for(request, uuid)
    withdraw_invitation(organisation=own.organisation, invitation=invitation)
    messages.success(request, _("The invitation is withdrawn: its link opens nothing any more."))
    return redirect("organisation", uuid)


def origin_of(request: HttpRequest) -> str:
    """The site's public address as this person sees it, without a path."""
    return f"{request.scheme}://{request.get_host()}"


def _invited(request: HttpRequest, own: Membership, typed: dict[str, str]) -> str:
    """What is wrong; empty where the invitation is written."""
    now = timezone.now()
    try:
        _invitation, mail = invite_member(
            organisation=own.organisation,
            address=typed["address"],
            duty=typed["duty"],
            by=own.user,
            language=get_language() or "",
            origin=origin_of(request),
            now=now,
        )
    except MemberAlreadyInvited:
        return _("This address has an open invitation: remind it, or withdraw that first.")
    except AlreadyMember:
        return _("An account with this address is a member already.")
    except TooManyInvited:
        sentence = _("%(number)d invitations are open: withdraw some, or wait.")
        return sentence % {"number": MOST_INVITED}
    send_soon(mail=mail, now=now)
    return ""
