"""Invite a member by mail: one link an invitation, which the mail alone tells."""

from __future__ import annotations

import base64
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.crypto import salted_hmac

from assessment.actions.mail.mailbox import mailbox_of
from assessment.actions.mail.queue import queue_mail
from assessment.actions.organisations.members import lock_members
from assessment.actions.record import record_act
from assessment.actions.responses.return_link import SECRET_BYTES, hash_of_secret
from assessment.models import MemberInvitation, OutgoingMail

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import User

    from assessment.models import Organisation

INVITED_FOR = timedelta(days=14)
MOST_INVITED = 50
"""Open invitations of an organisation."""
REMIND_AFTER = timedelta(days=2)
MOST_REMINDERS = 2


class MemberAlreadyInvited(Exception):
    """The mailbox has an open invitation: it can be reminded, or withdrawn first."""


class AlreadyMember(Exception):
    """An account with this address is a member."""


class TooManyInvited(Exception):
    """So many invitations are open that some have to be accepted or withdrawn first."""


class TooEarlyToRemind(Exception):
    """The last message is too new, or there were enough."""


@transaction.atomic
def invite_member(
    *,
    organisation: Organisation,
    address: str,
    duty: str,
    by: User | None,
    language: str,
    origin: str,
    now: datetime,
) -> tuple[MemberInvitation, OutgoingMail]:
    """Who may is asked before. Raises AlreadyMember, MemberAlreadyInvited, TooManyInvited."""
    lock_members(organisation)
    MemberInvitation.objects.filter(organisation=organisation, ends_at__lte=now).delete()
    refuse_twice(organisation=organisation, address=address)
    invited = MemberInvitation(
        organisation=organisation,
        address=address,
        duty=duty,
        language=language,
        key=secrets.token_hex(16),
        invited_by=by,
        created_at=now,
        ends_at=now + INVITED_FOR,
    )
    invited.secret_hash = hash_of_secret(secret_of_invitation(invited))
    invited.save()
    record_act("member_invited", organisation, duty=duty)
    return invited, _queue(invited, OutgoingMail.Kind.MEMBER_INVITATION, origin, now)


@transaction.atomic
def remind_invited(*, invitation: MemberInvitation, origin: str, now: datetime) -> OutgoingMail:
    """The same link again. Raises TooEarlyToRemind."""
    held = MemberInvitation.objects.select_for_update().get(pk=invitation.pk)
    if not may_be_reminded(held, now):
        raise TooEarlyToRemind
    held.reminders += 1
    held.reminded_at = now
    held.save(update_fields=["reminders", "reminded_at"])
    record_act("member_reminded", held.organisation)
    return _queue(held, OutgoingMail.Kind.MEMBER_REMINDER, origin, now)


def may_be_reminded(invitation: MemberInvitation, now: datetime) -> bool:
    last = invitation.reminded_at or invitation.created_at
    return invitation.reminders < MOST_REMINDERS and now - last >= REMIND_AFTER


@transaction.atomic
def withdraw_invitation(*, organisation: Organisation, invitation: int) -> None:
    """Its link opens nothing any more; pressed twice it is no fault."""
    rows = MemberInvitation.objects.filter(organisation=organisation, pk=invitation)
    deleted, _tables = rows.delete()
    if deleted:
        record_act("member_invitation_withdrawn", organisation)


def delete_old_invitations(*, now: datetime) -> None:
    MemberInvitation.objects.filter(ends_at__lte=now).delete()


def secret_of_invitation(invitation: MemberInvitation) -> str:
    """192 bits, the same each time: nothing that is stored tells it without the site's key."""
    text = f"{invitation.uuid}\n{invitation.key}"
    digest = salted_hmac("assessment.member-invitation", text, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest[:SECRET_BYTES]).decode()


def refuse_twice(*, organisation: Organisation, address: str) -> None:
    """Raises MemberAlreadyInvited, AlreadyMember, TooManyInvited."""
    rows = MemberInvitation.objects.filter(organisation=organisation)
    invited = [mailbox_of(one) for one in rows.values_list("address", flat=True)]
    if mailbox_of(address) in invited:
        raise MemberAlreadyInvited
    if len(invited) >= MOST_INVITED:
        raise TooManyInvited
    if organisation.memberships.filter(user__email__iexact=address).exists():
        raise AlreadyMember


def _queue(invitation: MemberInvitation, kind: str, origin: str, now: datetime) -> OutgoingMail:
    return queue_mail(
        kind=kind,
        to=invitation.address,
        language=invitation.language,
        origin=origin,
        organisation=invitation.organisation,
        params={"invitation": invitation.pk},
        ends_at=invitation.ends_at,
        now=now,
    )
