"""Correct a typing error of a published text, without a new edition.

The rows and the content hash stay: a correction is a row of its own that is laid over the text
(docs/decisions/0008-corrections-withdrawal-uploads.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from assessment.actions.clean_text import BadText, clean_text
from assessment.instrument.corrections.typo import is_typo
from assessment.instrument.issues import Issue
from assessment.instrument.texts import hash_of_text, texts_of
from assessment.instrument.translation import (
    FallbackText,
    country_of_variant,
    longest_translation,
    missing_placeholders,
    strange_placeholders,
)
from assessment.models import Correction, Edition
from assessment.models.history import log_sentence
from assessment.models.translations import variants_of

if TYPE_CHECKING:
    from datetime import datetime

    from assessment.instrument.texts import TextKey


class BadCorrection(Exception):
    """Nothing was changed; carries the issue."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(issue.code)
        self.issue = issue


@transaction.atomic
def correct_text(
    *,
    edition: Edition,
    place: TextKey,
    text: str,
    seen: str,
    reason: str,
    user: str,
    now: datetime,
    language: str = "",
) -> Correction:
    """Lay `text` over the one at `place`; `seen` is the hash of what the person was shown.

    `language` names a translation or the words of a country, nothing the text of the source.
    """
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    if locked.is_draft:
        raise BadCorrection(Issue("draft_not_corrected"))
    old = texts_to_correct(locked, language).get(place)
    if old is None:
        raise BadCorrection(Issue("text_not_in_edition"))
    if language and isinstance(old, FallbackText):
        raise BadCorrection(Issue("text_not_translated"))
    if hash_of_text(old) != seen:
        raise BadCorrection(Issue("corrected_meanwhile", params={"text": old}))
    new = _checked(old, text, longest_translation(place), language or locked.language)
    locked.corrections += 1
    locked.save(update_fields=["corrections"])
    correction = Correction.objects.create(
        edition=locked,
        language=language,
        number=locked.corrections,
        **place._asdict(),
        old=old,
        new=new,
        reason=reason,
        user=user,
        created_at=now,
    )
    log_sentence(locked, correction_sentence(correction))
    return correction


def texts_to_correct(edition: Edition, language: str) -> dict[TextKey, str]:
    """As they are shown, by place; of the words of a country what it says otherwise."""
    base = variants_of(edition).get(language)
    if base is None:
        return texts_of(edition.instrument(language or None))
    common = texts_of(edition.instrument(base))
    there = texts_of(edition.instrument(base, country=country_of_variant(language)))
    return {place: text for place, text in there.items() if text != common[place]}


def correction_sentence(correction: Correction) -> str:
    """In the history of the edition."""
    return _("Correction %(number)d of %(code)s: “%(old)s” became “%(new)s”.") % {
        "number": correction.number,
        "code": correction.code,
        "old": correction.old,
        "new": correction.new,
    }


def _checked(old: str, text: str, limit: int, language: str) -> str:
    try:
        new = clean_text(text, limit=limit)
    except BadText as error:
        raise BadCorrection(error.issue) from error
    if new == old:
        raise BadCorrection(Issue("text_unchanged"))
    if missing_placeholders(old, new) or strange_placeholders(old, new):
        raise BadCorrection(Issue("placeholders_changed"))
    if not is_typo(old, new, language):
        raise BadCorrection(Issue("more_than_a_typing_error"))
    return new
