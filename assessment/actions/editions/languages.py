"""Take a language out of an edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditlog.context import disable_auditlog
from django.db import transaction

from assessment.models import Translation
from assessment.models.translations import variants_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from assessment.models import EditionLanguage


def translations_into(offered: EditionLanguage) -> QuerySet[Translation]:
    """With those in the words of a country, which lie over the others."""
    variants = variants_of(offered.edition_id)
    own = [variant for variant, base in variants.items() if base == offered.language]
    return Translation.objects.filter(
        edition=offered.edition_id, language__in=[offered.language, *own]
    )


@transaction.atomic
def remove_language(*, offered: EditionLanguage) -> None:
    """With all its translations; the history says it once, of the language."""
    with disable_auditlog():
        translations_into(offered).delete()
    offered.delete()
