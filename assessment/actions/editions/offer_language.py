"""Offer a language to respondents, with the texts of the bank that stand ready in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from assessment.actions.editions.publish import publish
from assessment.actions.editions.start_draft import start_draft
from assessment.models import Edition, EditionLanguage, OfferedLanguage, Translation
from assessment.models.translations import languages_of

if TYPE_CHECKING:
    from datetime import datetime


@transaction.atomic
def offer_language(*, offered: OfferedLanguage, now: datetime) -> Edition | None:
    """From now on people can choose it. The edition that brings its texts, where one is needed.

    Translations are frozen with their edition: texts that lie beside the published one come with a
    new edition of the same content. Raises NotPublishable where they are not whole.
    """
    offered.save()
    current = Edition.objects.current()
    if current is None or not _lie_ready(current, offered.language):
        return None
    draft = start_draft(edition=current, now=now)
    EditionLanguage.objects.create(edition=draft, language=offered.language)
    return publish(edition=draft, now=now)


def _lie_ready(edition: Edition, language: str) -> bool:
    rows = Translation.objects.filter(edition=edition, language=language)
    return language not in languages_of(edition) and rows.exists()
