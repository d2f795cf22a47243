"""Accept an invitation: with an account that stands, or with one that is made for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from assessment.actions.accounts.confirm_address import confirm_address
from assessment.actions.organisations.members import lock_members
from assessment.actions.record import record
from assessment.models import MemberInvitation, Membership

if TYPE_CHECKING:
    from datetime import datetime


class InvitationOver(Exception):
    """It was accepted, withdrawn, or has ended."""


class NameTaken(Exception):
    """Another account has this name."""


class AddressTaken(Exception):
    """An account with the invited address stands already: its owner signs in."""


@transaction.atomic
def accept_invitation(*, invitation: MemberInvitation, user: User, now: datetime) -> Membership:
    """Of two who accept at once one becomes a member; who is one keeps her duty.

    Where the account has the invited address, the link has shown that its mailbox is hers. Raises
    InvitationOver.
    """
    members = lock_members(invitation.organisation)
    held = MemberInvitation.objects.open(now).filter(pk=invitation.pk).first()
    if held is None:
        raise InvitationOver
    held.delete()
    values = {"duty": invitation.duty, "since": now.date()}
    member, made = members.get_or_create(
        organisation=invitation.organisation, user=user, defaults=values
    )
    if made:
        record(user, "member_joined", invitation.organisation, duty=invitation.duty)
    if user.email.lower() == invitation.address.lower():
        confirm_address(user=user)
    return member


@transaction.atomic
def join_with_new_account(
    *, invitation: MemberInvitation, name: str, password: str, now: datetime
) -> User:
    """An account with the invited address, whose mailbox the link has shown to be hers.

    Raises InvitationOver, NameTaken, AddressTaken.
    """
    if User.objects.filter(email__iexact=invitation.address).exists():
        raise AddressTaken
    try:
        with transaction.atomic():
            user = User.objects.create_user(name, invitation.address, password)
    except IntegrityError as error:
        raise NameTaken from error
    record(user, "account_made", user)
    accept_invitation(invitation=invitation, user=user, now=now)
    return user
