"""The next round of a scheme: its people and settings are kept, everything else begins anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from assessment.actions.rounds.agree import RoundNotClosed
from assessment.actions.rounds.invite import Invitee, invite
from assessment.actions.rounds.make import make_round
from assessment.models import Invitation, Round

if TYPE_CHECKING:
    from datetime import datetime

    from assessment.models import Edition

SETTINGS_TO_KEEP = (
    "questionnaire",
    "minimum",
    "promise_text",
    "time_zone",
    "languages",
    "tier_words",
)


@transaction.atomic
def next_round(*, round: Round, edition: Edition, now: datetime) -> Round:
    """A draft on this edition, asked of the same people where their names are still kept.

    A promise is given anew each time; its last day is over or near, so it is chosen again. Raises
    RoundNotClosed, DraftEdition, MinimumTooSmall.
    """
    rows = Round.objects.select_related("scheme").select_for_update(of=("self",))
    before = rows.get(pk=round.pk)
    if before.alone or not before.is_closed:
        raise RoundNotClosed
    made = make_round(
        scheme=before.scheme,
        edition=edition,
        profile=before.profile,
        now=now,
        promise={**before.promise, "kept_until": None},
        **{name: getattr(before, name) for name in SETTINGS_TO_KEEP},
    )
    made.carried_from, made.letter = before, before.letter
    made.save(update_fields=["carried_from", "letter"])
    standing = before.invitations.exclude(state=Invitation.State.ENDED).exclude(name="", email="")
    people = [
        Invitee(one.name, one.email, one.institution, one.tier, one.sector, one.language)
        for one in standing
    ]
    invite(round=made, people=people)
    return made
