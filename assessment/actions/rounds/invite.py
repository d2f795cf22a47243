"""Invite people to a round of several, and change who is invited."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from assessment.actions.record import record_act
from assessment.actions.responses.lock import RoundNotOpen
from assessment.actions.responses.start import RoundOfOne
from assessment.actions.rounds.places import (
    response_of,
    round_link_hash,
    secret_of_nonce,
    state_of_place,
)
from assessment.models import Invitation, OpenLink, Round
from assessment.models.invitations import new_nonce

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


class InvitedTwice(Exception):
    """Mailboxes that are invited to this round already, or stand twice; nothing was stored."""

    def __init__(self, emails: Sequence[str]) -> None:
        super().__init__(f"{len(emails)} mailboxes")
        self.emails = emails


class HasSubmitted(Exception):
    """What this person submitted counts: nobody takes her place."""


class PlaceIsOver(Exception):
    """The person declined, or her place was ended before."""


@dataclass(frozen=True, slots=True)
class Invitee:
    """Tier and sector are codes; without an address the link is handed over in another way."""

    name: str
    email: str
    institution: str
    tier: str
    sector: str
    language: str = "en"


@transaction.atomic
def invite(*, round: Round, people: Sequence[Invitee]) -> list[Invitation]:
    """Makes their places; nothing is sent by it. Late joiners come until the round closes.

    Raises RoundOfOne, RoundNotOpen (it is closed), InvitedTwice.
    """
    locked = _changeable(round)
    emails = [one.email for one in people if one.email]
    known = _invited(locked)
    twice = [email for email in emails if email in known or emails.count(email) > 1]
    if twice:
        raise InvitedTwice(sorted(set(twice)))
    first = locked.invitations.count()
    made = [_place(locked, one, position) for position, one in enumerate(people, first)]
    record_act("people_invited", locked, number=len(made))
    return Invitation.objects.bulk_create(made)


@transaction.atomic
def invite_missing(*, round: Round, people: Sequence[Invitee]) -> list[Invitation]:
    """The same, without those whom somebody invited since the list was checked: a list that is sent
    twice at once makes one place for each. Raises RoundOfOne, RoundNotOpen, InvitedTwice.
    """
    locked = _changeable(round)
    known = _invited(locked)
    return invite(round=locked, people=[one for one in people if one.email not in known])


@transaction.atomic
def replace_person(*, invitation: Invitation, name: str, email: str) -> Invitation:
    """Somebody else at the same place: the link of before opens nothing any more.

    What the person of before had begun, and not submitted, is deleted: the next answers herself.
    Raises RoundOfOne, RoundNotOpen, HasSubmitted, PlaceIsOver, InvitedTwice.
    """
    before = _ended(invitation)
    record_act("person_replaced", before.round)
    person = Invitee(name, email, before.institution, before.tier, before.sector, before.language)
    (made,) = invite(round=before.round, people=[person])
    Invitation.objects.filter(pk=made.pk).update(position=before.position)
    made.position = before.position
    return made


@transaction.atomic
def end_invitation(*, invitation: Invitation) -> Invitation:
    """The link opens nothing any more, and what was begun by it is deleted.

    Raises RoundOfOne, RoundNotOpen, HasSubmitted, PlaceIsOver.
    """
    ended = _ended(invitation)
    record_act("place_ended", ended.round)
    return ended


@transaction.atomic
def make_open_link(
    *, round: Round, tier: str, sector: str, limit: int, closes_at: datetime | None = None
) -> OpenLink:
    """Raises RoundOfOne, RoundNotOpen."""
    locked = _changeable(round)
    nonce = new_nonce()
    record_act("open_link_made", locked, limit=limit)
    return OpenLink.objects.create(
        round=locked,
        tier=tier,
        sector=sector,
        limit=limit,
        closes_at=closes_at,
        nonce=nonce,
        link_hash=round_link_hash(secret_of_nonce(nonce)),
    )


@transaction.atomic
def end_open_link(*, link: OpenLink) -> None:
    """Nobody comes in by it any more; who came in goes on with her own link."""
    if OpenLink.objects.filter(pk=link.pk, ended=False).update(ended=True):
        record_act("open_link_ended", link.round)


def _invited(locked: Round) -> set[str]:
    """The addresses of everybody whose place was not ended."""
    rows = locked.invitations.exclude(state=Invitation.State.ENDED).exclude(email="")
    return set(rows.values_list("email", flat=True))


def _place(round: Round, person: Invitee, position: int) -> Invitation:
    nonce = new_nonce()
    made = round_link_hash(secret_of_nonce(nonce))
    return Invitation(round=round, nonce=nonce, link_hash=made, position=position, **asdict(person))


def _changeable(round: Round) -> Round:
    locked = Round.objects.select_for_update().get(pk=round.pk)
    if locked.alone:
        raise RoundOfOne
    if locked.is_closed:
        raise RoundNotOpen
    return locked


def _ended(invitation: Invitation) -> Invitation:
    _changeable(invitation.round)
    locked = Invitation.objects.select_related("round").get(pk=invitation.pk)
    if locked.is_over:
        raise PlaceIsOver
    if state_of_place(locked) == Invitation.State.SUBMITTED:
        raise HasSubmitted
    begun = response_of(locked)
    if begun is not None:
        begun.delete()
    locked.state, locked.nonce = Invitation.State.ENDED, ""
    locked.save(update_fields=["state", "nonce"])
    return locked
