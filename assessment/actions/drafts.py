"""Start a new draft from an edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from assessment.actions.translate import copy_translations
from assessment.actions.write_bank import write_bank
from assessment.models import Edition

if TYPE_CHECKING:
    from datetime import datetime


@transaction.atomic
def start_draft(*, edition: Edition, now: datetime) -> Edition:
    """A draft with the same content and translations, in as many queries for any number of rows."""
    draft = Edition.objects.create(
        name=edition.name,
        language=edition.language,
        scale=edition.scale,
        started_from=edition,
        created_at=now,
    )
    write_bank(edition=draft, instrument=edition.instrument())
    copy_translations(edition=edition, draft=draft)
    return draft
