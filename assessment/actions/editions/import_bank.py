"""Bring a bank from a file into a draft, or show what that would change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction

from assessment.actions.editions.import_texts import (
    clean_translations,
    refuse_bad_texts,
    write_texts,
)
from assessment.actions.editions.start_draft import start_draft
from assessment.actions.editions.translate import hash_of_translations
from assessment.actions.editions.write_bank import BANK_TABLES, write_bank
from assessment.instrument.canonical import canonical
from assessment.instrument.diff import EditionComparison, compare_editions
from assessment.instrument.issues import Where
from assessment.instrument.seeds import plain_scale
from assessment.instrument.texts import CHILD_KEYS
from assessment.interchange.refusal import FileFault, Refused
from assessment.models import Edition
from assessment.models.history import log_sentence
from assessment.models.translations import all_translations_of, locale_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from assessment.instrument.model import Instrument
    from assessment.instrument.translation import TranslationsByLanguage


class ChangedMeanwhile(Exception):
    """The draft is not the one that the person was shown."""


def preview_import(
    *, edition: Edition, instrument: Instrument, translations: TranslationsByLanguage | None = None
) -> EditionComparison:
    """What an import would change in `edition`; refuses what cannot be stored, writes nothing.

    Languages of which the file tells nothing stay as they are, and out of the comparison.
    """
    texts = clean_translations(translations or {})
    _refuse_unless_storable(instrument, texts)
    stored = all_translations_of(edition)
    before = {language: stored.get(language, {}) for language in texts}
    return compare_editions(edition.instrument(), instrument, before, texts)


def draft_fingerprint(edition: Edition, instrument: Instrument) -> str:
    """Changes with everything that an import may write."""
    return f"{instrument.content_hash}-{hash_of_translations(edition=edition)}"


@transaction.atomic
def import_bank(
    *,
    instrument: Instrument,
    into: Edition | None,
    now: datetime,
    translations: TranslationsByLanguage | None = None,
    seen: str = "",
) -> Edition:
    """The draft `into` with the content of a file, or a new draft; all or nothing.

    `seen` is the state of `into` as the person was shown it.
    """
    texts = clean_translations(translations or {})
    _refuse_unless_storable(instrument, texts)
    draft = Edition.objects.lock_draft(into.pk) if into else _new_draft(instrument, now)
    before = draft.instrument()
    if seen and draft_fingerprint(draft, before) != seen:
        raise ChangedMeanwhile
    written = write_bank(edition=draft, instrument=instrument)
    write_texts(draft=draft, before=before, texts=texts, now=now)
    log_sentence(draft, written.in_words)
    return draft


@transaction.atomic
def import_as_new_draft(
    *,
    edition: Edition,
    instrument: Instrument,
    now: datetime,
    translations: TranslationsByLanguage | None = None,
) -> Edition:
    """A draft made from `edition`, with its translations, and then changed by the file."""
    draft = start_draft(edition=edition, now=now)
    return import_bank(instrument=instrument, into=draft, now=now, translations=translations)


def _new_draft(instrument: Instrument, now: datetime) -> Edition:
    return Edition.objects.create(
        name=instrument.name,
        language=instrument.language,
        scale=plain_scale(instrument.scale),
        created_at=now,
    )


def _refuse_unless_storable(instrument: Instrument, texts: TranslationsByLanguage) -> None:
    """The limits of the columns: SQLite would take what PostgreSQL refuses half-way."""
    faults = list(_faults(Edition, instrument, "edition", names=("name", "language")))
    if locale_of(instrument.language) is None:
        params = {"value": instrument.language}
        faults.append(FileFault("unknown_language", "edition", 0, "language", params))
    for table in BANK_TABLES:
        for part in getattr(instrument, table.part):
            faults.extend(_faults(table.model, part, table.part, part.code))
            if table.children:
                faults.extend(_of_children(part, table.children))
    if faults:
        raise Refused(faults)
    refuse_bad_texts(instrument, texts)


def _of_children(part: Any, children: tuple[str, type[Any], str]) -> Iterator[FileFault]:
    name, model, _parent = children
    for number, child in enumerate(getattr(part, name), 1):
        key = getattr(child, CHILD_KEYS.get(name, ""), number)
        yield from _faults(model, child, name, f"{part.code}/{key}")


def _faults(
    model: type[Any], part: Any, part_name: str, code: str = "", names: Iterable[str] = ()
) -> Iterator[FileFault]:
    """Each value that its column cannot hold, by the kind and code of its object."""
    for field in model._meta.concrete_fields:
        value = canonical(getattr(part, field.name, None))
        if (names and field.name not in names) or field.is_relation or value is None:
            continue
        try:
            field.run_validators(value)
        except ValidationError as error:
            params = {"reason": " ".join(error.messages)}
            where = Where(part_name, code, field.name)
            yield FileFault("not_storable", part_name, 0, field.name, params, where)
