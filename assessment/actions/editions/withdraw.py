"""Withdraw a published edition: new responses start on the newest one that is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext

from assessment.models import Edition
from assessment.models.history import log_sentence

if TYPE_CHECKING:
    from datetime import datetime


class NotPublished(Exception):
    """A draft, or withdrawn already."""


def next_current_edition(edition: Edition) -> Edition | None:
    """The edition that new responses would start on without `edition`."""
    return Edition.objects.exclude(pk=edition.pk).current()


@transaction.atomic
def withdraw(*, edition: Edition, reason: str, now: datetime) -> Edition:
    """Retire the edition for a reason; what was answered on it stays as it is."""
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    if locked.state != Edition.State.PUBLISHED:
        raise NotPublished
    locked.state = Edition.State.RETIRED
    locked.withdrawn_at = now
    locked.withdrawn_reason = reason
    locked.save(update_fields=["state", "withdrawn_at", "withdrawn_reason"])
    log_sentence(locked, withdraw_sentence(reason))
    return locked


def withdraw_sentence(reason: str) -> str:
    """In the history of the edition."""
    return gettext("Withdrawn: %(reason)s") % {"reason": reason}
