"""Start a new draft from an edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from assessment.actions.editions.copy_rows import copy_rows
from assessment.actions.editions.translate import correct_translations
from assessment.actions.editions.write_bank import write_bank
from assessment.models import Edition
from assessment.models.history import log_sentence

if TYPE_CHECKING:
    from datetime import datetime

START_SENTENCE = _("Started from another edition.")
"""In the history of the draft."""


@transaction.atomic
def start_draft(*, edition: Edition, now: datetime) -> Edition:
    """A draft with the same content and translations, in as many queries for any number of rows.

    What was corrected in the edition stands corrected in the draft.
    """
    draft = Edition.objects.create(
        name=edition.name,
        language=edition.language,
        scale=edition.scale,
        started_from=edition,
        created_at=now,
    )
    copy_rows(edition=edition, draft=draft)
    if edition.corrections:
        write_bank(edition=draft, instrument=edition.instrument())
        correct_translations(edition=edition, draft=draft)
    log_sentence(draft, str(START_SENTENCE))
    return draft
