"""Reopen the response of who answers alone: a new revision; the old one and its result stay."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from assessment.actions.responses.return_link import hash_of_secret, new_secret
from assessment.models import Answer, Response

if TYPE_CHECKING:
    from datetime import datetime


SAME_ACT = timedelta(minutes=1)


class NotSubmitted(Exception):
    """The response is still open: there is nothing to reopen."""


class AmongSeveral(Exception):
    """In a round of several the first answers are final."""


class Superseded(Exception):
    """The response was reopened before: its newer revision is the one to work on."""


@transaction.atomic
def reopen_response(*, response: Response, reason: str, now: datetime) -> Response:
    """A copy to go on with in the same round, which is open again; the return link now leads to it.

    What was answered stands in the copy, and the way, short or whole, stays. The same sent again
    within SAME_ACT gives the same copy. Raises NotSubmitted, AmongSeveral, Superseded.

    A copy, because the old response stays beside its result as it was judged. The old one gets a
    secret that nobody knows: two responses cannot share one.
    """
    rows = Response.objects.select_related("round__edition", "round__scheme")
    old = rows.select_for_update(of=("self", "round")).get(pk=response.pk)
    if not old.round.alone:
        raise AmongSeveral
    if not old.is_submitted:
        raise NotSubmitted
    newer = old.successor()
    if newer is not None:
        if newer.reopened_because != reason or now - newer.created_at > SAME_ACT:
            raise Superseded
        return newer
    secret_hash, old.secret_hash = old.secret_hash, hash_of_secret(new_secret())
    old.save(update_fields=["secret_hash"])
    old.round.open_again()
    new = Response.objects.create(
        round=old.round,
        tier=old.tier,
        sector=old.sector,
        language=old.language,
        secret_hash=secret_hash,
        notice=old.notice,
        people=old.people,
        created_at=now,
        supersedes=old,
        reopened_because=reason,
    )
    _copy_answers(old, new)
    return new


def _copy_answers(old: Response, new: Response) -> None:
    answers = list(old.answers.all())
    for answer in answers:
        answer.pk, answer.response = None, new
    Answer.objects.bulk_create(answers)
