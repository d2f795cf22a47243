"""Numbers, dates, names in the reader's language; the one place where anything is rounded."""

from __future__ import annotations

import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent, get_decimal_symbol
from django.utils.translation import get_language, to_locale

from assessment.interchange.csv_form import COMMA, SEMICOLON

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

CONVENTIONS = {"en": "en_GB"}
MOST_PLACES = 3
OWN_LETTERS = {"es": {"ñ": "n~"}}
"""Letters with a mark that stand apart in a language's alphabet, each with what sorts there."""


@lru_cache(maxsize=32)
def _locale(language: str) -> Locale:
    """Kept by language: babel's data change only with its package."""
    return Locale.parse(CONVENTIONS.get(language, to_locale(language)))


def locale() -> Locale:
    return _locale(get_language() or "en")


def colon() -> str:
    """Between a word and what is said of it; French puts a space before it."""
    return "\N{NO-BREAK SPACE}: " if locale().language == "fr" else ": "


def semicolon() -> str:
    """Between entries that have commas in them; French puts a space before it."""
    return "\N{NO-BREAK SPACE}; " if locale().language == "fr" else "; "


def quoted(text: str) -> str:
    """In the quotation marks of the reader's language."""
    if locale().language == "fr":
        return f"«\N{NO-BREAK SPACE}{text}\N{NO-BREAK SPACE}»"
    return f"“{text}”"


def rounded(value: float, places: int = 0) -> Decimal:
    """Half up, on the number as it is written: 62.5 becomes 63 and never 62."""
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def number(value: float, places: int = 0) -> str:
    return _number(float(value), places, get_language() or "en")


@lru_cache(maxsize=8192)
def _number(value: float, places: int, language: str) -> str:
    """Kept by number, places and language, from which it follows; the least used goes.

    A report prints the same few hundred numbers again and again. A score alone names nobody.
    """
    pattern = "#,##0" if places == 0 else "#,##0." + "0" * places
    return format_decimal(rounded(value, places), format=pattern, locale=_locale(language))


def counted(value: float, places: int = 0) -> int:
    """For `ngettext`: 1 where the number, as it is shown, takes the singular in this language.

    1.3 does in French and in Portuguese, and takes the plural in English and in Spanish.
    """
    shown = rounded(value, places)
    return 1 if locale().plural_form(shown) == "one" else 2


def score(value: float, bands: Iterable[int] = ()) -> str:
    """A score without decimals, unless rounding would carry it over the limit of a level."""
    exact = Decimal(repr(float(value)))
    for places in range(MOST_PLACES):
        near = rounded(value, places)
        if all((exact < band) is (near < band) for band in bands):
            return number(value, places)
    return number(value, MOST_PLACES)


def percent(share: float) -> str:
    return format_percent(rounded(share, 2), locale=locale())


def sort_key(text: str) -> tuple[str, str]:
    """By the alphabet of the reader's language: marks and capitals count only between equals."""
    own = OWN_LETTERS.get((get_language() or "en").partition("-")[0], {})
    plain = unicodedata.normalize("NFC", text.casefold())
    for letter, place in own.items():
        plain = plain.replace(letter, place)
    letters = unicodedata.normalize("NFD", plain)
    return "".join(c for c in letters if not unicodedata.combining(c)), text


def usual_form() -> str:
    """Of a CSV file: the one that a spreadsheet in the reader's language opens."""
    return SEMICOLON if get_decimal_symbol(locale()) == "," else COMMA


def date_words(moment: datetime) -> str:
    return day_words(moment.date())


def day_words(day: date) -> str:
    return format_date(day, format="long", locale=locale())


def language_name(code: str) -> str:
    """The language's name for those who read it."""
    return str(Locale.parse(to_locale(code)).get_display_name() or code).capitalize()


def language_for_readers(code: str) -> str:
    """Its name in the language of those who read."""
    return str(locale().languages.get(code, code))


def country_name(code: str) -> str:
    return str(locale().territories.get(code, code))
