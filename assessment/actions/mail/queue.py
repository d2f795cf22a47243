"""Write a message into the outbox, in the transaction of what it tells of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assessment.models import OutgoingMail

if TYPE_CHECKING:
    from datetime import datetime

    from assessment.models import Organisation


def queue_mail(
    *,
    kind: str,
    to: str,
    language: str,
    origin: str,
    now: datetime,
    organisation: Organisation | None = None,
    params: dict[str, Any] | None = None,
    ends_at: datetime | None = None,
) -> OutgoingMail:
    """A row that waits. `origin` is the site's public address, without a path.

    It is dropped where it could not be sent until `ends_at`. `assessment.tasks: send_soon` tells a
    worker of it; without that the next sweep does.
    """
    return OutgoingMail.objects.create(
        kind=kind,
        to=to,
        language=language,
        origin=origin,
        organisation=organisation,
        params=params or {},
        created_at=now,
        due_at=now,
        ends_at=ends_at,
    )
