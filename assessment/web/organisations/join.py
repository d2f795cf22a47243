"""The link of an invitation: looking changes nothing, accepting is a POST of somebody signed in.

The secret is gone from the address after the first visit; the session keeps its hash.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.actions.organisations.join import (
    AddressTaken,
    InvitationOver,
    NameTaken,
    accept_invitation,
    join_with_new_account,
)
from assessment.actions.responses.return_link import hash_of_secret
from assessment.models import MemberInvitation
from assessment.web import errors
from assessment.web.limits import Limit, source
from assessment.web.member_access import account_or_none
from assessment.web.organisations.account_form import NewAccountForm
from assessment.web.organisations.changes import status_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.http import HttpRequest, HttpResponse

JOINING = "joining"
"""In a session: the hash of the link that was opened."""
JOIN_LINKS = Limit("link of an invitation", 10)


def join(request: HttpRequest, secret: str) -> HttpResponse:
    """A right link opens however many were wrong."""
    digest = hash_of_secret(secret)
    if _invitation(digest) is None:
        if wait := JOIN_LINKS.seconds_to_wait(source(request)):
            sentence = _("There were too many wrong links: try again in %(time)s.")
            return errors.too_many_tries(request, wait, sentence)
        return _over(request)
    request.session[JOINING] = digest
    return redirect("joining")


def joining(request: HttpRequest) -> HttpResponse:
    invited = _invitation(request.session.get(JOINING, ""))
    if invited is None:
        return _over(request)
    user = account_or_none(request)
    if user is None:
        return _as_somebody_new(request, invited)
    if request.method != "POST":
        return render(request, "organisations/join.html", _context(request, invited))
    return _accepted(request, invited, user)


def _accepted(request: HttpRequest, invited: MemberInvitation, user: User) -> HttpResponse:
    try:
        member = accept_invitation(invitation=invited, user=user, now=timezone.now())
    except InvitationOver:
        return _over(request)
    request.session.pop(JOINING, None)
    sentence = _("You are a member of “%(organisation)s” now.")
    messages.success(request, sentence % {"organisation": member.organisation.name})
    return redirect("organisation", member.organisation.uuid)


def _as_somebody_new(request: HttpRequest, invited: MemberInvitation) -> HttpResponse:
    """Nobody is signed in: with the account one has, or with a new one for the invited address."""
    sent = request.POST if request.method == "POST" else None
    form = NewAccountForm(sent, address=invited.address)
    if form.is_valid():
        name, password = form.cleaned_data["username"], form.cleaned_data["password"]
        try:
            user = join_with_new_account(
                invitation=invited, name=name, password=password, now=timezone.now()
            )
        except InvitationOver:
            return _over(request)
        except NameTaken:
            form.add_error("username", _("This name is taken: choose another one."))
        except AddressTaken:
            sentence = _("There is an account with your address already: sign in with it.")
            form.add_error(None, sentence)
        else:
            request.session.pop(JOINING, None)
            return _signed_in(
                request, user, reverse("organisation", args=[invited.organisation.uuid])
            )
    context = _context(request, invited) | {"form": form}
    return render(request, "organisations/join.html", context, status=status_of(form))


def _signed_in(request: HttpRequest, user: User, wanted: str) -> HttpResponse:
    """By the library's own way: what it asks of every sign-in holds for this one."""
    record_authentication(request, user, "password", username=user.get_username())
    http_response: HttpResponse = perform_login(request, Login(user=user, redirect_url=wanted))
    return http_response


def _invitation(digest: str) -> MemberInvitation | None:
    rows = MemberInvitation.objects.open(timezone.now()).filter(secret_hash=digest)
    return rows.select_related("organisation", "invited_by").first()


def _context(request: HttpRequest, invited: MemberInvitation) -> dict[str, object]:
    sign_in = f"{reverse('account_login')}?next={reverse('joining')}"
    return {"invited": invited, "account": account_or_none(request), "sign_in": sign_in}


def _over(request: HttpRequest) -> HttpResponse:
    """Over, withdrawn, accepted and never there are one and the same."""
    return render(request, "organisations/over.html", {}, status=404)
