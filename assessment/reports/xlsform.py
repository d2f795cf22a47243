"""An edition as an XLSForm in all its languages, with the words of the site around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext, override

from assessment.instrument.answers import DONT_KNOW, NOT_APPLICABLE
from assessment.interchange.xlsform.form import CLOSING, NUMBER, PROFILE, to_xlsform
from assessment.interchange.xlsform.relevant import REGION
from assessment.models.translations import languages_of
from assessment.reports.wording import STATUSES

if TYPE_CHECKING:
    from assessment.models import Edition


def xlsform_of(edition: Edition) -> bytes:
    """The workbook; what a language lacks stands in that of the source. Raises Refused."""
    languages = [edition.language, *sorted(languages_of(edition))]
    banks = {language: edition.instrument(language) for language in languages}
    return to_xlsform(banks, {language: words_of_site(language) for language in languages})


def words_of_site(language: str) -> dict[str, str]:
    with override(language):
        return {
            DONT_KNOW: str(STATUSES[DONT_KNOW]),
            NOT_APPLICABLE: str(STATUSES[NOT_APPLICABLE]),
            NUMBER: gettext("I can give a number"),
            PROFILE: gettext("The scheme and you"),
            CLOSING: gettext("To close"),
            REGION: gettext("World region"),
        }
