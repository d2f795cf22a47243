"""Share a brief: a link of its own for others to read it, made and ended one by one."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.crypto import salted_hmac

from assessment.actions.clean_text import clean_line
from assessment.actions.responses.return_link import SECRET_BYTES, hash_of_secret
from assessment.models import Response, Round, SharedBrief

if TYPE_CHECKING:
    from datetime import datetime

    from assessment.models.shared_briefs import SharedBriefQuerySet

LINK_LIFETIME = timedelta(days=90)
MOST_OPEN = 10


class TooManyShared(Exception):
    """So many links of this round are open that one has to be ended first."""


class NothingToShare(Exception):
    """The response has no result of its own."""


@transaction.atomic
def share_brief(*, response: Response, label: str, key: str, now: datetime) -> SharedBrief:
    """A link to the brief of this response; the same `key` again gives the same link.

    Raises BadText, NothingToShare, TooManyShared.
    """
    label = clean_line(label)
    if response.result_id is None:
        raise NothingToShare
    Round.objects.select_for_update().get(pk=response.round_id)
    before = SharedBrief.objects.filter(response=response, key=key).first()
    if before is not None:
        return before
    if shared_briefs(response=response, now=now).count() >= MOST_OPEN:
        raise TooManyShared
    made = SharedBrief(response=response, key=key, label=label, created_at=now)
    made.ends_at = now + LINK_LIFETIME
    made.secret_hash = hash_of_secret(_secret_of(made))
    made.save()
    return made


def shared_briefs(*, response: Response, now: datetime) -> SharedBriefQuerySet:
    """The open links to briefs of this response and of its other revisions, the newest first."""
    rows = SharedBrief.objects.open(now).filter(response__round=response.round_id)
    return rows.select_related("response")


def end_shared_brief(*, response: Response, number: int) -> None:
    """Ends a link of this response's round; one that is over already, or of others, is no fault."""
    SharedBrief.objects.filter(response__round=response.round_id, pk=number).delete()


def delete_old_shared_briefs(*, now: datetime) -> None:
    SharedBrief.objects.filter(ends_at__lte=now).delete()


def note_reader(*, shared: SharedBrief, now: datetime) -> None:
    """The day alone, and at most one write a day."""
    if shared.used_on != now.date():
        SharedBrief.objects.filter(pk=shared.pk).update(used_on=now.date())


def secret_of_shared(shared: SharedBrief) -> str:
    """To show the link again; empty where the site's key is another one since it was made."""
    secret = _secret_of(shared)
    return secret if hash_of_secret(secret) == shared.secret_hash else ""


def _secret_of(shared: SharedBrief) -> str:
    text = f"{shared.response.uuid}\n{shared.key}\n{shared.created_at.isoformat()}"
    digest = salted_hmac("assessment.shared-brief", text, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest[:SECRET_BYTES]).decode()
