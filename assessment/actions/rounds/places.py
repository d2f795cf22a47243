"""The places of a round: who is invited, and how far each has come.

Nothing stored joins an invitation to a response. While a round is open the site can work out the
link of each invitation from its nonce, and from the link both hashes; whoever has the database
without the site's key cannot. Closing deletes the nonces.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.crypto import salted_hmac

from assessment.actions.responses.return_link import SECRET_BYTES, hash_of_secret
from assessment.models import Invitation, OutgoingMail, Response

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from assessment.models import Round


@dataclass(frozen=True, slots=True)
class Place:
    invitation: Invitation
    state: str

    @property
    def words(self) -> str:
        return str(Invitation.State(self.state).label)


def secret_of_nonce(nonce: str) -> str:
    """The secret of a link: the same whenever it is sent again."""
    digest = salted_hmac("assessment.round-link", nonce, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest[:SECRET_BYTES]).decode()


def round_link_hash(secret: str) -> str:
    """Another hash than that of the response which the same link opens."""
    return hash_of_secret(f"round link\n{secret}")


def places_of(round: Round) -> list[Place]:
    """Every place with its state as it is now, in the order in which people were entered."""
    invitations = list(round.invitations.listed().select_related("mail"))
    if round.is_closed:
        return [Place(one, one.state) for one in invitations]
    begun = _begun_states(round, _response_hashes(invitations))
    return [Place(one, begun.get(one.pk) or _state_of_mail(one)) for one in invitations]


def state_of_place(invitation: Invitation) -> str:
    """The same for one place."""
    hashes = _response_hashes([invitation])
    return _begun_states(invitation.round, hashes).get(invitation.pk, invitation.state)


def response_of(invitation: Invitation) -> Response | None:
    """What this person has begun, while the round is open: to end it with her place."""
    rows = Response.objects.filter(round=invitation.round_id)
    return rows.filter(secret_hash__in=_response_hashes([invitation]).values()).first()


def freeze_places(round: Round) -> list[Place]:
    """Writes every state as it is at closing and deletes what links can be worked out from.

    How many were invited goes to the round, which whoever calls this saves.
    """
    places = places_of(round)
    for place in places:
        place.invitation.state, place.invitation.nonce = place.state, ""
    Invitation.objects.bulk_update([place.invitation for place in places], ["state", "nonce"])
    round.open_links.update(nonce="", ended=True)
    round.invited = invited_by_group(round, places)
    return places


def invited_by_group(round: Round, places: Iterable[Place]) -> dict[str, dict[str, int]]:
    """By sector and tier: the places that were not ended, and who came in without a place."""
    seats = [
        (place.invitation.sector, place.invitation.tier)
        for place in places
        if place.state != Invitation.State.ENDED
    ]
    others = round.responses.exclude(entry=Response.Entry.INVITATION).order_by()
    found: dict[str, dict[str, int]] = {}
    for sector, tier in (*seats, *others.values_list("sector", "tier")):
        of_sector = found.setdefault(sector, {})
        of_sector[tier] = of_sector.get(tier, 0) + 1
    return found


def _state_of_mail(one: Invitation) -> str:
    """Whoever was refused by the mail server was not reached, as far as the site knows."""
    refused = one.mail is not None and one.mail.state == OutgoingMail.State.REFUSED
    reached = one.state == Invitation.State.SENT
    return Invitation.State.REFUSED if refused and reached else one.state


def _response_hashes(invitations: Sequence[Invitation]) -> dict[int, str]:
    return {
        one.pk: hash_of_secret(secret_of_nonce(one.nonce))
        for one in invitations
        if one.nonce and not one.is_over
    }


def _begun_states(round: Round, hashes: Mapping[int, str]) -> dict[int, str]:
    """By invitation; who has not begun stands under the state of her invitation."""
    rows = _responses_among(round, hashes.values())
    submitted = {secret_hash: moment is not None for secret_hash, moment in rows}
    return {
        pk: Invitation.State.SUBMITTED if submitted[secret_hash] else Invitation.State.BEGUN
        for pk, secret_hash in hashes.items()
        if secret_hash in submitted
    }


def _responses_among(round: Round, hashes: Iterable[str]) -> list[tuple[str, object]]:
    """All of the round are read: a list of hashes would be longer than a query may be."""
    wanted = set(hashes)
    rows = Response.objects.filter(round=round).values_list("secret_hash", "submitted_at")
    return [row for row in rows.order_by() if row[0] in wanted]
