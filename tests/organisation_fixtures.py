"""An organisation with an owner, a facilitator and a viewer, each with a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User

from assessment.actions.organisations.invite import invite_member, secret_of_invitation
from assessment.models import MemberInvitation, Membership
from tests.factories import NOW
from tests.mail_fixtures import ORIGIN, ministry

if TYPE_CHECKING:
    from assessment.models import Organisation

PEOPLE = {"olga": "owner", "felix": "facilitator", "vera": "viewer"}


def account(name: str) -> User:
    found = User.objects.filter(username=name).first()
    return found or User.objects.create_user(name, f"{name}@example.org", "a long password")


def organisation_of(*names: str, **values: Any) -> Organisation:
    """With these people as members: an owner where the name says nothing else."""
    made = ministry(**values)
    for name in names:
        duty = PEOPLE.get(name, "owner")
        Membership.objects.create(
            organisation=made, user=account(name), duty=duty, since=NOW.date()
        )
    return made


def member_of(organisation: Organisation, name: str) -> int:
    """The number of her membership."""
    return Membership.objects.get(organisation=organisation, user__username=name).pk


def duties(organisation: Organisation) -> dict[str, str]:
    rows = Membership.objects.filter(organisation=organisation)
    return dict(rows.values_list("user__username", "duty"))


def invited_to(
    organisation: Organisation, address: str = "nina@example.org", **values: Any
) -> tuple[MemberInvitation, str]:
    """An open invitation, and the secret of its link."""
    wanted: dict[str, Any] = {"duty": "facilitator", "language": "en", "by": None, "now": NOW}
    wanted |= {"organisation": organisation, "address": address, "origin": ORIGIN}
    invitation, _mail = invite_member(**wanted | values)
    return invitation, secret_of_invitation(invitation)
