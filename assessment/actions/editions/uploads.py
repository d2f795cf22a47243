"""Store an uploaded file of the bank from its dry run to its import, and no longer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from assessment.models import Edition, Upload

if TYPE_CHECKING:
    from datetime import datetime

UPLOAD_LIFETIME = timedelta(hours=1)


@transaction.atomic
def store_upload(
    *, user: Any, edition: Edition, name: str, content: bytes, now: datetime
) -> Upload:
    """One file a person: an earlier one is deleted."""
    delete_old_uploads(now=now)
    Upload.objects.filter(user=user).delete()
    return Upload.objects.create(
        user=user, edition=edition, name=name[-200:], content=content, created_at=now
    )


def upload_for(*, user: Any, edition: Edition, key: UUID, now: datetime) -> Upload | None:
    """The person's own file for this edition, until it is an hour old."""
    rows = Upload.objects.filter(pk=key, user=user, edition=edition)
    return rows.filter(created_at__gte=now - UPLOAD_LIFETIME).first()


def delete_old_uploads(*, now: datetime) -> None:
    """What nobody imported within its hour; called by the sweep of the background work."""
    Upload.objects.filter(created_at__lt=now - UPLOAD_LIFETIME).delete()
