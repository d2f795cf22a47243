"""Load an instrument read from seeds/ into a draft; published editions are never touched."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from assessment.actions.editions.import_texts import TextSummary, put_texts
from assessment.actions.editions.people_texts import (
    languages_thrown_away,
    texts_of_people,
    was_thrown_away,
)
from assessment.actions.editions.start_draft import start_draft
from assessment.actions.editions.write_bank import WriteSummary, write_bank
from assessment.instrument.seeds import plain_scale
from assessment.instrument.texts import TextKey
from assessment.instrument.translation import Translation as Text
from assessment.models import Edition, Translation
from assessment.models.history import LANGUAGE, log_sentence
from assessment.models.translations import all_translations_of

if TYPE_CHECKING:
    from datetime import datetime

    from assessment.instrument.model import Instrument
    from assessment.instrument.translation import TranslationsByLanguage

Texts = Mapping[TextKey, Text]
TextsOfPeople = Callable[[Edition, str], Mapping[TextKey, str]]
"""What people wrote of the texts of an edition in one language."""


@dataclass(frozen=True, slots=True)
class LoadReport:
    """`written` is None where an edition with exactly this content stands already."""

    edition: Edition
    written: WriteSummary | None
    texts: Mapping[str, TextSummary] = field(default_factory=dict)
    """By language; empty where such an edition has all of them as well."""


@transaction.atomic
def load_seeds(
    *,
    instrument: Instrument,
    now: datetime,
    translations: TranslationsByLanguage | None = None,
    typed_by_people: TextsOfPeople = texts_of_people,
) -> LoadReport:
    """Make or update the draft of the instrument's name; loading the same again changes nothing.

    Translations are laid into the draft, but their language is offered to nobody by that: this is
    an act of its own. What stood there for a text of the seeds gives way, unless it is
    `typed_by_people`; any other stays. Where only they are new, the draft is one of the published
    edition, and its bank is left alone.
    """
    texts = translations or {}
    same = Edition.objects.filter(content_hash=instrument.content_hash).exclude(content_hash="")
    if published := same.order_by("-number").first():
        if _has_texts(published, texts, typed_by_people):
            return LoadReport(edition=published, written=None)
        draft = _draft_of(published, now)
        return LoadReport(draft, None, _put_all(draft, texts, now, typed_by_people))
    draft = draft_named(instrument=instrument, now=now)
    written = write_bank(edition=draft, instrument=instrument)
    log_sentence(draft, written.in_words)
    return LoadReport(draft, written, _put_all(draft, texts, now, typed_by_people))


def nothing_typed(_edition: Edition, _language: str) -> Mapping[TextKey, str]:
    """For whoever wants the texts of the seeds in the place of what people wrote."""
    return {}


def draft_of_new_languages(
    *, instrument: Instrument, translations: TranslationsByLanguage, now: datetime
) -> Edition | None:
    """A draft of the edition in use with the languages that came with the seeds.

    None where nothing came: the edition has another content than the seeds, or somewhere here is,
    or was, a text in each of the languages. So it is made once: what people do with it is theirs.
    """
    came = languages_that_came(translations)
    new = {language: made for language, made in translations.items() if language in came}
    current = Edition.objects.current()
    if not new or current is None or current.content_hash != instrument.content_hash:
        return None
    with transaction.atomic():
        draft = start_draft(edition=current, now=now)
        _put_all(draft, new, now, texts_of_people)
    return draft


def _draft_of(published: Edition, now: datetime) -> Edition:
    """The newest that was started from the edition, locked; made where there is none."""
    drafts = Edition.objects.select_for_update()
    drafts = drafts.filter(state=Edition.State.DRAFT, started_from=published)
    return drafts.order_by("-id").first() or start_draft(edition=published, now=now)


def _has_texts(edition: Edition, texts: TranslationsByLanguage, typed: TextsOfPeople) -> bool:
    stored = all_translations_of(edition) if texts else {}
    return all(
        _without(made, typed(edition, language)).items() <= stored.get(language, {}).items()
        for language, made in texts.items()
    )


def _without(made: Texts, typed: Mapping[TextKey, str]) -> Texts:
    return {place: one for place, one in made.items() if place not in typed}


def _put_all(
    draft: Edition, texts: TranslationsByLanguage, now: datetime, typed: TextsOfPeople
) -> dict[str, TextSummary]:
    found = {language: _put(draft, language, made, now, typed) for language, made in texts.items()}
    for language, put in found.items():
        if put.created or put.changed:
            words = {"language": language, "created": put.created, "changed": put.changed}
            sentence = gettext("Texts in %(language)s: %(created)d created, %(changed)d changed.")
            log_sentence(draft, sentence % words, **{LANGUAGE: language})
    return found


def _put(
    draft: Edition, language: str, made: Texts, now: datetime, typed: TextsOfPeople
) -> TextSummary:
    own = typed(draft, language)
    wanted = _without(made, own)
    put = put_texts(draft=draft, language=language, wanted=wanted, now=now)
    kept = sum(1 for place, text in own.items() if place in made and made[place].text != text)
    return replace(put, kept=kept)


def draft_of_newer_seeds(
    *,
    instrument: Instrument,
    number: int,
    now: datetime,
    translations: TranslationsByLanguage | None = None,
) -> Edition | None:
    """A draft of a bank that is newer than every edition here; None where there is nothing to do.

    Made once: what people have done with it since, or with another of its name, is theirs. One
    that they deleted does not come again.
    """
    if not is_newer(name=instrument.name, number=number):
        return None
    return load_seeds(instrument=instrument, now=now, translations=translations).edition


def seeds_are_needed(*, name: str, number: int, languages: Iterable[str]) -> bool:
    """Whether seeds that are called so may bring anything: else they need not even be read."""
    nothing_here = Edition.objects.current() is None
    return (
        nothing_here or is_newer(name=name, number=number) or bool(languages_that_came(languages))
    )


def is_newer(*, name: str, number: int) -> bool:
    """Than every edition here; what was here under its name, or was deleted, is not."""
    here = Edition.objects.filter(Q(name=name) | Q(number__gte=number))
    return not here.exists() and not was_thrown_away(name=name)


def languages_that_came(languages: Iterable[str]) -> set[str]:
    """Those in which here neither is a text nor was one that people threw away."""
    held = set(Translation.objects.order_by().values_list("language", flat=True).distinct())
    return set(languages) - held - languages_thrown_away()


def draft_named(*, instrument: Instrument, now: datetime) -> Edition:
    """The newest draft of the instrument's name, locked; made where there is none."""
    drafts = Edition.objects.select_for_update()
    drafts = drafts.filter(state=Edition.State.DRAFT, name=instrument.name)
    return drafts.order_by("-id").first() or Edition.objects.create(
        name=instrument.name,
        language=instrument.language,
        scale=plain_scale(instrument.scale),
        created_at=now,
    )
