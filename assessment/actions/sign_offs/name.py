"""Name who signs for each side, and write to her."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from assessment.actions.mail.queue import queue_mail
from assessment.actions.record import record_act
from assessment.actions.rounds.agree import RoundNotClosed
from assessment.actions.rounds.places import round_link_hash, secret_of_nonce
from assessment.instrument.model import COORDINATING_SECTORS
from assessment.models import OutgoingMail, Round, Signatory
from assessment.models.invitations import new_nonce

if TYPE_CHECKING:
    from datetime import datetime


class SignsForOther(Exception):
    """This address signs for the other side already."""


class NotOfRound(Exception):
    """Nobody of this side answered in the round: it has nothing to sign."""


@dataclass(frozen=True, slots=True)
class SignatoryDetails:
    """Who is to sign; without an address she signs on paper."""

    sector: str
    name: str
    function: str
    email: str = ""
    language: str = "en"


def sides_to_sign(round: Round) -> list[str]:
    """The coordinating sectors that have respondents, in the order in which they are told."""
    submitted = round.responses.filter(submitted_at__isnull=False)
    there = set(submitted.order_by().values_list("sector", flat=True))
    return [sector for sector in COORDINATING_SECTORS if sector in there]


@transaction.atomic
def name_signatory(
    *, round: Round, named: SignatoryDetails, origin: str, now: datetime
) -> Signatory:
    """In place of who was named before, whose link opens nothing any more; what that person decided
    stays. Raises RoundNotClosed, NotOfRound, SignsForOther.
    """
    rows = Round.objects.select_related("scheme__owner").select_for_update(of=("self",))
    locked = rows.get(pk=round.pk)
    if locked.alone or not locked.is_closed:
        raise RoundNotClosed
    if named.sector not in sides_to_sign(locked):
        raise NotOfRound
    others = locked.signatories.exclude(sector=named.sector)
    if named.email and others.filter(email__iexact=named.email).exists():
        raise SignsForOther
    locked.signatories.filter(sector=named.sector).delete()
    nonce = new_nonce()
    made = Signatory.objects.create(
        round=locked,
        sector=named.sector,
        name=named.name,
        function=named.function,
        email=named.email,
        language=named.language,
        nonce=nonce,
        link_hash=round_link_hash(secret_of_nonce(nonce)),
    )
    record_act("signatory_named", locked)
    if made.email:
        write_to_signatory(made, OutgoingMail.Kind.SIGN_OFF_REQUEST, origin, now)
    return made


def write_to_signatory(signatory: Signatory, kind: str, origin: str, now: datetime) -> OutgoingMail:
    """The message holds her key alone: link and code are worked out when it is sent."""
    signatory.mail = queue_mail(
        kind=kind,
        to=signatory.email,
        language=signatory.language,
        origin=origin,
        now=now,
        organisation=signatory.round.scheme.owner,
        params={"signatory": str(signatory.uuid), "code": signatory.code_number},
    )
    signatory.save(update_fields=["mail"])
    return signatory.mail


def signatory_by_secret(secret: str) -> Signatory | None:
    rows = Signatory.objects.select_related("round__scheme__owner", "round__edition")
    return rows.select_related("round__result").filter(link_hash=round_link_hash(secret)).first()
