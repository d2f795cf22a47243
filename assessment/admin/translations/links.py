"""The address of the texts of a language, and the way to them from a part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from assessment.models import EditionLanguage
from assessment.models.translations import language_name
from assessment.models.translators import may_translate_into

if TYPE_CHECKING:
    from django.http import HttpRequest


def texts_address(pk: int, **query: str | int) -> str:
    page = reverse("admin:assessment_texts", args=[pk])
    return f"{page}?{urlencode(query)}" if query else page


def translation_links(request: HttpRequest, part: Any) -> list[tuple[str, str]]:
    """Address and text for each language of the part's edition that this person may read."""
    user = request.user
    reads = user.has_perm("assessment.view_translation")
    return [
        (
            texts_address(offered.pk, code=part.code),
            gettext("Translate: %(language)s") % {"language": language_name(offered.language)},
        )
        for offered in EditionLanguage.objects.filter(edition=part.edition_id)
        if reads or may_translate_into(user, offered.language)
    ]
