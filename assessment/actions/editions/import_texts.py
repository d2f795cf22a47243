"""Translations from a file: checked like those that are typed, and written into a draft."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from assessment.actions.clean_text import BadText, clean_text
from assessment.actions.editions.translate import compare_placeholders
from assessment.instrument.issues import Where
from assessment.instrument.texts import TextKey, hash_of_text, texts_of
from assessment.instrument.translation import is_of_country, longest_translation, variants_among
from assessment.interchange.refusal import FileFault, Refused, fault_of
from assessment.interchange.translations import sheet_of
from assessment.models import EditionLanguage, Translation
from assessment.models.translations import check_language, languages_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import datetime

    from assessment.instrument import translation as method
    from assessment.instrument.model import Instrument
    from assessment.instrument.translation import TranslationsByLanguage
    from assessment.models import Edition

TEXT_BATCH = 500


@dataclass(frozen=True, slots=True)
class TextSummary:
    """How many texts of one language were written, and how many stood there already.

    `kept` are words of people that differ from what came.
    """

    created: int
    changed: int
    left: int
    kept: int = 0


def refuse_bad_texts(instrument: Instrument, texts: TranslationsByLanguage) -> None:
    """Raises Refused with every language and text that cannot be stored as it is."""
    sources = texts_of(instrument)
    found = (_faults(language, texts, sources, instrument) for language in texts)
    faults = list(chain.from_iterable(found))
    if faults:
        raise Refused(faults)


def _faults(
    language: str,
    texts: TranslationsByLanguage,
    sources: Mapping[TextKey, str],
    instrument: Instrument,
) -> Iterator[FileFault]:
    sheet = sheet_of(language)
    if language == instrument.language:
        yield FileFault("language_of_bank", sheet)
    try:
        check_language(language)
    except ValidationError as error:
        yield FileFault("not_storable", sheet, params={"reason": " ".join(error.messages)})
    for place, translation in texts[language].items():
        try:
            _check_translation(sources[place], place, translation)
        except BadText as error:
            where = Where(sheet, "/".join(place), "text")
            yield fault_of(replace(error.issue, where=where), sheet, column="text")


def _check_translation(source: str, place: TextKey, translation: method.Translation) -> None:
    """A translation of an older source may lack what was added since: it is to be reviewed."""
    clean_text(translation.text, limit=longest_translation(place))
    if translation.source_hash == hash_of_text(source):
        compare_placeholders(source, translation.text)


def clean_translations(texts: TranslationsByLanguage) -> TranslationsByLanguage:
    """As `clean_text` leaves them; what it refuses is left alone, for `refuse_bad_texts`."""
    return {
        language: {place: _clean_translation(place, one) for place, one in translation.items()}
        for language, translation in texts.items()
    }


def _clean_translation(place: TextKey, translation: method.Translation) -> method.Translation:
    try:
        return replace(
            translation, text=clean_text(translation.text, limit=longest_translation(place))
        )
    except BadText:
        return translation


def write_texts(
    *, draft: Edition, before: Instrument, texts: TranslationsByLanguage, now: datetime
) -> None:
    """Make the draft's translations into these languages those of `texts`; others stay.

    `before` is the bank that stood in the draft: a translation of a text that had left it already
    is kept for the day on which the text comes back. Each becomes a language of the draft, but for
    those in the words of a country, which come with their language or lie over one of the draft.
    """
    known = texts_of(before).keys()
    variants = _variants_in(draft, texts)
    for language, wanted in texts.items():
        if language not in variants:
            EditionLanguage.objects.get_or_create(edition=draft, language=language)
        rows = Translation.objects.filter(edition=draft, language=language)
        gone = [row.pk for row in rows if row.place in known and row.place not in wanted]
        for start in range(0, len(gone), TEXT_BATCH):
            rows.filter(pk__in=gone[start : start + TEXT_BATCH]).delete()
        put_texts(draft=draft, language=language, wanted=wanted, now=now)


def _variants_in(draft: Edition, texts: TranslationsByLanguage) -> Collection[str]:
    offered = languages_of(draft)
    languages = {one for one in texts if not is_of_country(one)}
    return variants_among(texts, offered | languages)


def put_texts(
    *,
    draft: Edition,
    language: str,
    wanted: Mapping[TextKey, method.Translation],
    now: datetime,
) -> TextSummary:
    """Create and change what differs; texts that are not in `wanted` stay, nothing is offered."""
    rows = Translation.objects.filter(edition=draft, language=language)
    stored = {row.place: row for row in rows}
    new, changed = [], []
    for place, translation in wanted.items():
        own = {"text": translation.text, "source_hash": translation.source_hash, "updated_at": now}
        row = stored.get(place)
        if row is None:
            new.append(Translation(edition=draft, language=language, **place._asdict(), **own))
        elif (row.text, row.source_hash) != (translation.text, translation.source_hash):
            vars(row).update(own)
            changed.append(row)
    Translation.objects.bulk_create(new, batch_size=TEXT_BATCH)
    Translation.objects.bulk_update(changed, ["text", "source_hash", "updated_at"], TEXT_BATCH)
    return TextSummary(len(new), len(changed), len(wanted) - len(new) - len(changed))
