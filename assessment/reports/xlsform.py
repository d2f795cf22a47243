"""An edition as an XLSForm in all its languages, with the words of the site around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext, override

from assessment.instrument.answers import DONT_KNOW, NOT_APPLICABLE
from assessment.interchange.xlsform.form import CLOSING, NUMBER, PROFILE, to_xlsform
from assessment.interchange.xlsform.relevant import ALONE, REGION, SEVERAL, SHORT, WAY, WHO, WHOLE
from assessment.models.offered_languages import interface_of
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
    with override(interface_of(language)):
        return {
            DONT_KNOW: str(STATUSES[DONT_KNOW]),
            NOT_APPLICABLE: str(STATUSES[NOT_APPLICABLE]),
            NUMBER: gettext("I can give a number"),
            PROFILE: gettext("The scheme and you"),
            CLOSING: gettext("To close"),
            REGION: gettext("World region"),
            WAY: gettext("Which questions would you like to answer?"),
            SHORT: gettext("The short way: the core questions only"),
            WHOLE: gettext("The whole way: all questions"),
            WHO: gettext("Who answers about this scheme?"),
            ALONE: gettext("One person or one group, on everything"),
            SEVERAL: gettext("Several people, each on what is asked of her tier and sector"),
        }
