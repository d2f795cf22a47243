"""Who may read and write the texts of a language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.models.translators import may_translate_into

if TYPE_CHECKING:
    from django.http import HttpRequest

    from assessment.models import EditionLanguage


def may_translate(request: HttpRequest, offered: EditionLanguage) -> bool:
    return may_translate_into(request.user, offered.language) and offered.edition.is_draft


def may_read(request: HttpRequest, offered: EditionLanguage) -> bool:
    reads = request.user.has_perm("assessment.view_translation")
    return reads or may_translate(request, offered)
