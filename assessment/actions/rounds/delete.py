"""Delete a round, a scheme with its rounds, or the place of an invited person.

A round and a scheme go for ever; a place that was deleted can be put back for PLACE_BACK_FOR.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.actions.record import record
from assessment.actions.rounds.erase import forget_addresses
from assessment.actions.rounds.invite import InvitedTwice, end_invitation
from assessment.actions.rounds.places import round_link_hash, secret_of_nonce
from assessment.models import Answer, Invitation, PlanLine, ReportFile, Result, Round, Scheme
from assessment.models.invitations import PLACE_BACK_FOR, new_nonce
from assessment.models.process_cache import RESULT_PAGES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from django.contrib.auth.models import User
    from django_stubs_ext import StrPromise

REASONS: Mapping[str, StrPromise] = {
    "trial": _("It was made by mistake, or to try it out"),
    "asked": _("Those concerned asked for it"),
    "over": _("It is no longer needed"),
    "other": _("Another reason"),
}
"""A closed list: what stands in the record is for ever, and words could name somebody."""


class NotDeleted(Exception):
    """The place was not deleted, or is gone for ever, or the round takes nobody any more."""


@dataclass(frozen=True, slots=True)
class RoundLoss:
    """What would go with one round or several, in numbers."""

    rounds: int
    invited: int
    responses: int
    answers: int
    results: int
    files: int
    plan_lines: int


def loss_of_rounds(*, scheme: Scheme, round: Round | None = None) -> RoundLoss:
    """Of one round of the scheme; None: of all of them."""
    rounds = Round.objects.filter(scheme=scheme)
    if round is not None:
        rounds = rounds.filter(pk=round.pk)
    of: dict[str, Any] = {"round__in": rounds}
    return RoundLoss(
        rounds=rounds.count(),
        invited=Invitation.objects.listed().filter(**of).count(),
        responses=sum(one.responses.count() for one in rounds),
        answers=Answer.objects.filter(response__round__in=rounds).exclude(status="").count(),
        results=Result.objects.filter(**of).exclude(kind=Result.Kind.OWN).count(),
        files=ReportFile.objects.filter(Q(result__round__in=rounds) | Q(round__in=rounds)).count(),
        plan_lines=PlanLine.objects.filter(**of).count(),
    )


@transaction.atomic
def delete_round(*, round: Round, reason: str, by: User | None, now: datetime) -> None:
    """For ever; raises Round.DoesNotExist where somebody else deleted it meanwhile."""
    locked = Round.objects.select_related("scheme").select_for_update(of=("self",)).get(pk=round.pk)
    record(by, "round_deleted", locked, reason=reason, state=locked.state)
    _delete(locked, now)


@transaction.atomic
def delete_scheme(*, scheme: Scheme, reason: str, by: User | None, now: datetime) -> None:
    """With all its rounds; raises Scheme.DoesNotExist where it is gone."""
    locked = Scheme.objects.select_for_update().get(pk=scheme.pk)
    rounds = list(locked.rounds.select_related("scheme").select_for_update(of=("self",)))
    record(by, "scheme_deleted", locked, reason=reason, rounds=len(rounds))
    for one in rounds:
        _delete(one, now)
    locked.delete()


@transaction.atomic
def delete_place(*, invitation: Invitation, by: User | None, today: date) -> None:
    """Its link opens nothing any more, and what was begun by it is deleted for ever.

    Deleting twice is harmless. Raises RoundOfOne, RoundNotOpen, HasSubmitted, PlaceIsOver (it was
    ended meanwhile).
    """
    if not invitation.is_over:
        end_invitation(invitation=invitation)
    rows = Invitation.objects.listed().filter(pk=invitation.pk)
    if rows.update(deleted_on=today):
        record(by, "place_deleted", invitation.round)


@transaction.atomic
def restore_place(*, invitation: Invitation, by: User | None) -> Invitation:
    """As it was entered, under a new link: the one of before may be in other hands.

    Who had declined, or withdrawn her answers, is not asked again by it.

    Raises NotDeleted, InvitedTwice (another has this address meanwhile).
    """
    round = Round.objects.select_for_update().get(pk=invitation.round_id)
    found = round.invitations.deleted().filter(pk=invitation.pk).first()
    if found is None or round.is_closed:
        raise NotDeleted
    found.deleted_on = None
    if found.state == Invitation.State.ENDED:
        others = round.invitations.exclude(state=Invitation.State.ENDED).exclude(email="")
        if others.filter(email=found.email).exists():
            raise InvitedTwice([found.email])
        found.nonce, found.mail, found.reminders = new_nonce(), None, 0
        found.link_hash = round_link_hash(secret_of_nonce(found.nonce))
        found.state = Invitation.State.PREPARED
    found.save()
    record(by, "place_restored", round)
    return found


def delete_old_places(*, today: date) -> int:
    """How many went: those that nobody put back in time."""
    gone = Invitation.objects.filter(deleted_on__lt=today - PLACE_BACK_FOR)
    return gone.delete()[0]


def _delete(locked: Round, now: datetime) -> None:
    """Rows protect what they cite, so what cites goes before."""
    emails = list(locked.invitations.exclude(email="").values_list("email", flat=True))
    forget_addresses(round=locked, emails=emails, now=now)
    if locked.is_closed:
        locked.open_again()
    locked.responses.filter(~Q(result=None) | ~Q(supersedes=None)).update(
        result=None, supersedes=None
    )
    Result.objects.filter(round=locked).delete()
    locked.delete()
    transaction.on_commit(RESULT_PAGES.clear)
