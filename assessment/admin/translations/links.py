"""The way from a part to its texts in each language."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext

from assessment.admin.translations.translation_workbench import address
from assessment.models import EditionLanguage
from assessment.models.translations import language_name
from assessment.models.translators import may_translate_into


def translation_links(request: HttpRequest, part: Any) -> list[tuple[str, str]]:
    """Address and text for each language of the part's edition that this person may read."""
    user = request.user
    reads = user.has_perm("assessment.view_translation")
    return [
        (
            address(offered.pk, code=part.code),
            gettext("Translate: %(language)s") % {"language": language_name(offered.language)},
        )
        for offered in EditionLanguage.objects.filter(edition=part.edition_id)
        if reads or may_translate_into(user, offered.language)
    ]
