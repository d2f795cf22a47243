"""Delete a draft with everything in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from auditlog.context import disable_auditlog
from django.contrib.admin.models import DELETION, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext

from assessment.models import Edition, EditionLanguage, Round, Translation
from assessment.models.bank import PART_MODELS

if TYPE_CHECKING:
    from collections.abc import Mapping


class DraftHasResponses(PermissionDenied):
    """Responses stand on the draft: they belong to it for ever."""


def part_counts(edition: Edition) -> Mapping[str, int]:
    """How many rows of each model would go, by the name of the model."""
    models = (*reversed(PART_MODELS), EditionLanguage, Translation)
    counts = {
        str(model._meta.verbose_name_plural): model.objects.filter(edition=edition).count()
        for model in models
    }
    return {name: number for name, number in counts.items() if number}


@transaction.atomic
def delete_draft(*, edition: Edition, reason: str, user: Any) -> None:
    """Delete it and record who did so, why, and what was lost; both or neither.

    Raises NotADraft, DraftHasResponses.
    """
    draft = Edition.objects.lock_draft(edition.pk)
    if Round.objects.filter(edition=draft).exists():
        raise DraftHasResponses
    _record_deletion(draft, reason, user)
    # Parts that cite go before what they cite; no row of them is worth an entry of its own.
    with disable_auditlog():
        for part in (*reversed(PART_MODELS), EditionLanguage, Translation):
            part.objects.filter(edition=draft).delete()
    draft.delete()


def _record_deletion(draft: Edition, reason: str, user: Any) -> None:
    """In Django's own log: the history of the edition goes with it."""
    loss = ", ".join(f"{name}: {number}" for name, number in part_counts(draft).items())
    words = gettext("Deleted (%(loss)s): %(reason)s") % {"loss": loss, "reason": reason}
    LogEntry.objects.log_actions(user.pk, [draft], DELETION, words, single_object=True)
