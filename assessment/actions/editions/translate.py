"""Save translations into a draft, the only way but an import, and what is still to do."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext, ngettext

from assessment.actions.clean_text import BadText, clean_text
from assessment.instrument.issues import Issue, Where
from assessment.instrument.texts import hash_of_text, texts_of
from assessment.instrument.translation import (
    completeness_of,
    entries_by_group,
    longest_translation,
    missing_placeholders,
    strange_placeholders,
    translation_entries,
)
from assessment.models import Edition, EditionLanguage, Translation
from assessment.models.corrections import corrected_texts, corrections_of, published_texts
from assessment.models.history import log_sentence
from assessment.models.translations import translations_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from assessment.instrument.issues import Param
    from assessment.instrument.model import Instrument
    from assessment.instrument.texts import TextKey
    from assessment.instrument.translation import Entry
    from assessment.models.corrections import CorrectionRecord

READ_BATCH = 500
MOST_NAMED = 50


@dataclass(frozen=True, slots=True)
class SubmittedText:
    """What a translator sent for one text.

    `seen` is the hash of the translation the page showed, `source_hash` that of its source;
    `confirmed` says that the translation still fits a source that changed.
    """

    place: TextKey
    text: str
    seen: str
    source_hash: str
    confirmed: bool = False

    @property
    def is_meant(self) -> bool:
        """Whether the person changed or confirmed it: all else stays as others have it."""
        return self.confirmed or hash_of_text(self.text) != self.seen


@dataclass(frozen=True, slots=True)
class TranslationConflict:
    """Somebody saved another translation meanwhile: both stand here, nothing was overwritten."""

    submitted: SubmittedText
    stored: str


@dataclass(frozen=True, slots=True)
class TranslationOutcome:
    saved: tuple[TextKey, ...]
    conflicts: tuple[TranslationConflict, ...]


class BadTranslations(Exception):
    """Translations that cannot be stored, each with what is wrong; nothing was saved."""

    def __init__(self, errors: Mapping[TextKey, Issue]) -> None:
        self.errors = errors
        super().__init__(*(issue.code for issue in errors.values()))


@transaction.atomic
def save_translations(
    *, edition: Edition, language: str, submitted: Sequence[SubmittedText], now: datetime
) -> TranslationOutcome:
    """Save what the person changed; what somebody else changed meanwhile comes back.

    Raises NotADraft, and BadTranslations before anything is written. An empty text takes the
    translation away.
    """
    draft = Edition.objects.lock_draft(edition.pk)
    sources = texts_of(draft.instrument())
    stored = {row.place: row for row in _rows(draft, language)}
    changed = [one for one in _cleaned(sources, submitted) if one.is_meant]
    clashing = [one for one in changed if _clashes(one, stored.get(one.place))]
    saved = [one for one in changed if one not in clashing]
    for one in saved:
        row = stored.get(one.place) or _row(draft, language, one.place)
        _write(row, one, now)
    places = tuple(one.place for one in saved)
    languages = EditionLanguage.objects.filter(edition=draft, language=language)
    if places and (offered := languages.first()):
        log_sentence(offered, translate_sentence(places))
    return TranslationOutcome(
        saved=places,
        conflicts=tuple(
            TranslationConflict(one, stored_text(stored.get(one.place))) for one in clashing
        ),
    )


def translate_sentence(places: Sequence[TextKey]) -> str:
    """In the history of the language; very many are counted, not named."""
    number = len(places)
    if number > MOST_NAMED:
        message = ngettext("Translated: %(number)d text.", "Translated: %(number)d texts.", number)
        return message % {"number": number}
    names = ", ".join(f"{place.code} {place.field}" for place in places)
    return gettext("Translated: %(places)s.") % {"places": names}


def stored_text(row: Translation | None) -> str:
    return row.text if row else ""


def _rows(edition: Edition, language: str) -> Iterator[Translation]:
    return Translation.objects.filter(edition=edition, language=language).iterator()


def _row(edition: Edition, language: str, place: TextKey) -> Translation:
    return Translation(edition=edition, language=language, **place._asdict())


def _cleaned(
    sources: Mapping[TextKey, str], submitted: Sequence[SubmittedText]
) -> list[SubmittedText]:
    """The same in the form in which texts are stored; raises BadTranslations."""
    tidied: list[SubmittedText] = []
    errors: dict[TextKey, Issue] = {}
    for one in submitted:
        try:
            tidied.append(_clean(sources.get(one.place), one))
        except BadText as error:
            errors[one.place] = error.issue
    if errors:
        raise BadTranslations(errors)
    return tidied


def _clean(source: str | None, typed: SubmittedText) -> SubmittedText:
    tidy = replace(typed, text=clean_text(typed.text, limit=longest_translation(typed.place)))
    if not tidy.is_meant:
        return tidy
    if source is None:
        raise BadText("text_gone")
    if tidy.text:
        compare_placeholders(source, tidy.text)
    return tidy


def compare_placeholders(source: str, text: str) -> None:
    """Raises BadText where the translation names other placeholders than its source."""
    if missing := missing_placeholders(source, text):
        raise BadText("placeholders_missing", names=tuple(missing))
    if strange := strange_placeholders(source, text):
        raise BadText("placeholders_unknown", names=tuple(strange))


def _clashes(typed: SubmittedText, row: Translation | None) -> bool:
    stored = stored_text(row)
    return hash_of_text(stored) != typed.seen and stored != typed.text


def _write(row: Translation, typed: SubmittedText, now: datetime) -> None:
    if not typed.text:
        if row.pk:
            row.delete()
        return
    row.text = typed.text
    row.source_hash = typed.source_hash[:64]
    row.updated_at = now
    row.save()


def correct_translations(*, edition: Edition, draft: Edition) -> None:
    """What was corrected in `edition` stands corrected in the translations of its draft."""
    records = corrections_of(edition.pk, edition.corrections)
    codes = {one.code for one in records}
    rows = list(Translation.objects.filter(edition=draft, code__in=codes))
    _correct(rows, records)
    Translation.objects.bulk_update(rows, ["text", "source_hash"], batch_size=READ_BATCH)


def _correct(rows: Iterable[Translation], records: Sequence[CorrectionRecord]) -> None:
    """Lay the corrections of translations; those of the source leave a translation up to it."""
    source = corrected_texts(records)
    before = {place: hash_of_text(text) for place, text in published_texts(records).items()}
    own = {
        language: corrected_texts(records, language) for language in {m.language for m in records}
    }
    for row in rows:
        row.text = own.get(row.language, {}).get(row.place, row.text)
        if row.source_hash == before.get(row.place):
            row.source_hash = hash_of_text(source[row.place])


def entries_in(*, edition: Edition, language: str, instrument: Instrument) -> tuple[Entry, ...]:
    return translation_entries(instrument, translations_of(edition, language))


def incomplete_languages(
    *, edition: Edition, instrument: Instrument, accepted: bool = False
) -> Iterator[Issue]:
    """Each language that lacks translations, of those where that was `accepted` or was not."""
    offers = EditionLanguage.objects.filter(edition=edition, fallback_accepted=accepted)
    for language in offers.values_list("language", flat=True):
        entries = entries_in(edition=edition, language=language, instrument=instrument)
        open_ones = [entry for entry in entries if not entry.is_done]
        if open_ones:
            code = "language_gaps_accepted" if accepted else "language_incomplete"
            params = _counts(instrument, language, len(entries), open_ones)
            yield Issue(code, Where("languages", language), params)


def _counts(
    instrument: Instrument, language: str, total: int, open_ones: Sequence[Entry]
) -> Mapping[str, Param]:
    """`groups` holds the name of each group, that of its dimension or nothing, and how many."""
    counted = completeness_of(open_ones)
    names = {code: dimension.name for code, dimension in instrument.dimension.items()}
    return {
        "language": language,
        "total": total,
        "missing": counted.missing,
        "to_review": counted.to_review,
        "groups": tuple(
            (group, names.get(group, ""), len(found))
            for group, found in entries_by_group(open_ones).items()
        ),
    }


def hash_of_translations(*, edition: Edition) -> str:
    """SHA-256 of every translation; empty where the edition has no other language.

    Beside the content hash, never part of it: translations change no score
    (docs/decisions/0005-translations-are-frozen-beside-the-content.md).
    """
    columns = ("language", "kind", "code", "field", "text", "source_hash")
    rows = [list(row) for row in Translation.objects.filter(edition=edition).values_list(*columns)]
    languages = EditionLanguage.objects.filter(edition=edition).values_list("language", flat=True)
    plain = [sorted(languages), sorted(rows)]
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest() if rows or plain[0] else ""
