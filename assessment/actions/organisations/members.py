"""Members change, leave and hand over; an organisation never loses its last owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from assessment.actions.record import record_act
from assessment.models import Membership, Organisation
from assessment.models.organisations import Duty

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db import models


class LastOwner(Exception):
    """Nobody would be left who can change the organisation."""


class NoMember(Exception):
    """Not of this organisation, or no more."""


class NotAnOwner(Exception):
    """Who asks is no owner, or no more since the page was opened."""


@transaction.atomic
def change_duty(*, organisation: Organisation, member: int, duty: str, by: User) -> None:
    """`member` is the number of a membership. Raises LastOwner, NoMember, NotAnOwner."""
    changed = _held_by_owner(organisation, member, by)
    if duty != Duty.OWNER:
        _keep_an_owner(changed)
    changed.duty = duty
    changed.save(update_fields=["duty"])
    record_act("duty_changed", organisation, account=changed.user_id, duty=duty)


@transaction.atomic
def remove_member(*, organisation: Organisation, member: int, by: User) -> None:
    """Raises LastOwner, NoMember, NotAnOwner."""
    gone = _held_by_owner(organisation, member, by)
    _keep_an_owner(gone)
    record_act("member_removed", organisation, account=gone.user_id)
    gone.delete()


@transaction.atomic
def leave_organisation(*, organisation: Organisation, user: User) -> None:
    """Raises LastOwner, NoMember."""
    own = lock_members(organisation).filter(user=user).first()
    if own is None:
        raise NoMember
    _keep_an_owner(own)
    record_act("member_left", organisation)
    own.delete()


@transaction.atomic
def hand_over(*, organisation: Organisation, member: int, by: User) -> None:
    """The member becomes an owner and who hands over a facilitator. Raises NoMember, NotAnOwner."""
    taking = _held_by_owner(organisation, member, by)
    members = Membership.objects.filter(organisation=organisation)
    members.filter(user=by).update(duty=Duty.FACILITATOR)
    members.filter(pk=taking.pk).update(duty=Duty.OWNER)
    record_act("handed_over", organisation, account=taking.user_id)


def lock_members(organisation: Organisation) -> models.QuerySet[Membership]:
    """Her members, as they stand until the transaction ends: every change of them comes by here."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    return Membership.objects.filter(organisation=organisation)


def _held_by_owner(organisation: Organisation, member: int, by: User) -> Membership:
    members = lock_members(organisation)
    if not members.filter(user=by, duty=Duty.OWNER).exists():
        raise NotAnOwner
    found = members.filter(pk=member).first()
    if found is None:
        raise NoMember
    return found


def _keep_an_owner(going: Membership) -> None:
    """Raises LastOwner where this is the only one."""
    others = Membership.objects.filter(organisation=going.organisation_id, duty=Duty.OWNER)
    if going.is_owner and not others.exclude(pk=going.pk).exists():
        raise LastOwner
