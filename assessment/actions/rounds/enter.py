"""Come into a round of several: by a link, or entered by who runs it; looking changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from assessment.actions.responses.lock import RoundNotOpen
from assessment.actions.responses.return_link import hash_of_secret
from assessment.actions.responses.start import ONE_PERSON, Giver, Started, add_response
from assessment.actions.rounds.places import round_link_hash
from assessment.models import Invitation, OpenLink, Response, Round

if TYPE_CHECKING:
    from datetime import datetime


class LinkOver(Exception):
    """The place was declined or ended, or as many have come in by the open link as it admits."""


class HasBegun(Exception):
    """Who has begun does not decline by the link: her answers are hers to erase."""


@dataclass(frozen=True, slots=True)
class RoundLink:
    """What a link leads to: one place, or an open link; and the response that is begun by it."""

    place: Invitation | OpenLink
    response: Response | None = None

    @property
    def round(self) -> Round:
        return self.place.round

    def is_over(self, now: datetime) -> bool:
        if isinstance(self.place, Invitation):
            return self.place.is_over
        return not self.place.is_open(now)


def round_link(secret: str) -> RoundLink | None:
    """Where this link leads; None where it leads nowhere."""
    hashed = round_link_hash(secret)
    rows = Invitation.objects.select_related("round__scheme__owner", "round__edition")
    invitation = rows.filter(link_hash=hashed).first()
    if invitation is not None:
        found = Response.objects.filter(secret_hash=hash_of_secret(secret)).first()
        return RoundLink(invitation, found)
    links = OpenLink.objects.select_related("round__scheme__owner", "round__edition")
    open_link = links.filter(link_hash=hashed).first()
    return RoundLink(open_link) if open_link is not None else None


@transaction.atomic
def begin_by_link(
    *, secret: str, language: str, notice: str, now: datetime, giver: Giver = ONE_PERSON
) -> Started:
    """The response of this place, begun now or before; by an open link each time another one.

    Raises LinkOver, RoundNotOpen, NotAgreed.
    """
    link = _locked_link(secret)
    if link.response is not None:
        return Started(link.response, secret)
    if link.is_over(now):
        raise LinkOver
    place = link.place
    mine = isinstance(place, Invitation)
    started = add_response(
        round=link.round,
        tier=place.tier,
        sector=place.sector,
        language=language_in(link.round, language),
        notice=notice,
        now=now,
        entry=Response.Entry.INVITATION if mine else Response.Entry.OPEN_LINK,
        secret=secret if mine else "",
        giver=giver,
    )
    if isinstance(place, OpenLink):
        place.begun += 1
        place.save(update_fields=["begun"])
    return started


def enter_on_behalf(
    *,
    round: Round,
    tier: str,
    sector: str,
    language: str,
    notice: str,
    now: datetime,
    giver: Giver = ONE_PERSON,
) -> Started:
    """A response for a sheet of paper: whoever enters it sees the answers, and nobody's link does.

    It takes no place: who was invited and gave a sheet would otherwise open by her link what
    somebody else began, and go on with it while that person looks on. Raises as `add_response`.
    """
    return add_response(
        round=round,
        tier=tier,
        sector=sector,
        language=language_in(round, language),
        notice=notice,
        now=now,
        entry=Response.Entry.ON_BEHALF,
        giver=giver,
    )


def language_in(round: Round, language: str) -> str:
    """That one where the round offers it, else the first that it offers."""
    offered = round.languages or [language]
    return language if language in offered else str(offered[0])


@transaction.atomic
def decline(*, secret: str) -> Invitation:
    """The person does not take part; she is not asked again. Declining twice is harmless.

    Raises LinkOver, HasBegun, RoundNotOpen.
    """
    link = _locked_link(secret)
    found = link.place
    if isinstance(found, OpenLink) or found.state == Invitation.State.ENDED:
        raise LinkOver
    if link.response is not None:
        raise HasBegun
    if link.round.is_closed:
        raise RoundNotOpen
    found.state = Invitation.State.DECLINED
    found.save(update_fields=["state"])
    return found


def _locked_link(secret: str) -> RoundLink:
    """Read anew under the lock of its round, which closing and ending a place take too."""
    link = round_link(secret)
    if link is None:
        raise LinkOver
    Round.objects.select_for_update().get(pk=link.round.pk)
    return round_link(secret) or link
