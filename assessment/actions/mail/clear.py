"""Addresses of messages that are over go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.models import OutgoingMail
from assessment.models.mails import ADDRESS_FOR

if TYPE_CHECKING:
    from datetime import datetime


def delete_old_addresses(*, now: datetime) -> None:
    over = OutgoingMail.objects.filter(finished_on__lte=(now - ADDRESS_FOR).date()).exclude(to="")
    over.update(to="")
