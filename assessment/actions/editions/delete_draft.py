"""Delete a draft with everything in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditlog.context import disable_auditlog
from django.core.exceptions import PermissionDenied
from django.db import transaction

from assessment.models import Edition, EditionLanguage, Round, Translation
from assessment.models.bank import PART_MODELS

if TYPE_CHECKING:
    from collections.abc import Mapping


class DraftHasResponses(PermissionDenied):
    """Responses stand on the draft: they belong to it for ever."""


def part_counts(edition: Edition) -> Mapping[str, int]:
    """How many parts of each kind would go, by the name of the kind."""
    kinds = (*reversed(PART_MODELS), EditionLanguage, Translation)
    counts = {
        str(kind._meta.verbose_name_plural): kind.objects.filter(edition=edition).count()
        for kind in kinds
    }
    return {name: number for name, number in counts.items() if number}


@transaction.atomic
def delete_draft(*, edition: Edition) -> None:
    """Parts that cite go before what they cite; the history holds one entry, of the edition.

    Raises NotADraft, DraftHasResponses.
    """
    draft = Edition.objects.lock_draft(edition.pk)
    if Round.objects.filter(edition=draft).exists():
        raise DraftHasResponses
    with disable_auditlog():
        for part in (*reversed(PART_MODELS), EditionLanguage, Translation):
            part.objects.filter(edition=draft).delete()
    draft.delete()
