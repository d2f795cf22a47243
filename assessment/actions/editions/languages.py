"""Take a language out of an edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditlog.context import disable_auditlog
from django.db import transaction

from assessment.models import Translation

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from assessment.models import EditionLanguage


def translations_into(offered: EditionLanguage) -> QuerySet[Translation]:
    return Translation.objects.filter(edition=offered.edition_id, language=offered.language)


@transaction.atomic
def remove_language(*, offered: EditionLanguage) -> None:
    """With all its translations; the history says it once, of the language."""
    with disable_auditlog():
        translations_into(offered).delete()
    offered.delete()
