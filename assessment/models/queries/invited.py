"""How many people of each group were asked to answer in a round."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from assessment.models.invitations import Invitation
from assessment.models.responses import Response

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assessment.models.rounds import Round


def invited_by_cell(round: Round) -> Mapping[tuple[str, str], int]:
    """By sector and tier; who came by the link of a group was asked by it. Two queries."""
    places = round.invitations.listed().exclude(state=Invitation.State.ENDED)
    came = round.responses.exclude(entry=Response.Entry.INVITATION)
    found: Counter[tuple[str, str]] = Counter()
    for rows in (places, came):
        found.update(rows.order_by().values_list("sector", "tier"))
    return found
