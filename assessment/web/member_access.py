"""Access of who is signed in to organisations and their rounds: to others they do not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.models import User

from assessment.models import Membership, Round
from assessment.models.organisations import Duty
from assessment.web.access import NotGranted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet
    from django.http import HttpRequest

    from assessment.models import Organisation

FACILITATE = (Duty.OWNER, Duty.FACILITATOR)
"""Who runs the rounds of an organisation."""


def account_or_none(request: HttpRequest) -> User | None:
    """Who is signed in."""
    return request.user if isinstance(request.user, User) else None


def memberships_of(request: HttpRequest) -> QuerySet[Membership]:
    """Of who is signed in; of everybody else none."""
    rows = Membership.objects.select_related("organisation", "user")
    return rows.filter(user=account_or_none(request)).order_by("organisation__name", "pk")


def membership_for(request: HttpRequest, uuid: UUID) -> Membership:
    """What somebody is in this organisation; to others it does not exist. Raises NotGranted."""
    found = memberships_of(request).filter(organisation__uuid=uuid).first()
    if found is None:
        raise NotGranted
    return found


def ownership_for(request: HttpRequest, uuid: UUID) -> Membership:
    """The same for who may change it. Raises NotGranted."""
    own = membership_for(request, uuid)
    if not own.is_owner:
        raise NotGranted
    return own


def member_for(own: Membership, number: int) -> Membership:
    """Another of the same organisation. Raises NotGranted."""
    rows = Membership.objects.filter(organisation=own.organisation_id).select_related("user")
    found = rows.filter(pk=number).first()
    if found is None:
        raise NotGranted
    return found


def facilitated_by(request: HttpRequest) -> list[Organisation]:
    """The organisations whose rounds this person runs."""
    return [one.organisation for one in memberships_of(request).filter(duty__in=FACILITATE)]


def owned_by(request: HttpRequest) -> list[Organisation]:
    """The organisations whose rounds and schemes this person may delete."""
    return [one.organisation for one in memberships_of(request).filter(duty=Duty.OWNER)]


def seen_rounds(request: HttpRequest) -> QuerySet[Round]:
    """The rounds of several of her organisations."""
    organisations = memberships_of(request).values("organisation")
    return Round.objects.filter(alone=False, scheme__owner__in=organisations)


def round_of_several(request: HttpRequest, uuid: UUID, duties: Sequence[str]) -> Round:
    """A round of several of an organisation where this person has one of the duties.

    Raises NotGranted.
    """
    owners = memberships_of(request).filter(duty__in=duties).values("organisation")
    rows = Round.objects.filter(alone=False, uuid=uuid, scheme__owner__in=owners)
    found = rows.select_related("scheme__owner", "edition", "result").first()
    if found is None:
        raise NotGranted
    return found


def facilitated_round(request: HttpRequest, uuid: UUID) -> Round:
    """To change it, and to see who takes part; raises NotGranted."""
    return round_of_several(request, uuid, FACILITATE)


def owned_round(request: HttpRequest, uuid: UUID) -> Round:
    """To delete it, or its scheme; raises NotGranted."""
    return round_of_several(request, uuid, (Duty.OWNER,))


def viewed_round(request: HttpRequest, uuid: UUID) -> Round:
    """To read its result; raises NotGranted."""
    return round_of_several(request, uuid, Duty.values)
