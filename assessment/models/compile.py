"""Editions compiled into instruments: the one place where rows become the question bank as data.

Rows are reached through the edition they belong to, so that `Edition` itself can be compiled.

Compiling takes 22 queries and 60 ms, and a whole question page 3 ms, so what was compiled of a
published edition is kept in the process, in five caches. Their keys hold everything that can
change: the content hash (rows of a published edition never change), the number of the last
correction, the hash of the translations, the language and its variant. So none is ever stale, also
where another process publishes or corrects: the hashes are read with every response. They hold
nothing but the bank. Drafts are compiled anew each time. Each cache drops the least used entry.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from assessment.instrument import model as method
from assessment.instrument.conditions.grammar import parse
from assessment.instrument.corrections.overlay import with_corrected_translations, with_corrections
from assessment.instrument.seeds import read_scale
from assessment.instrument.texts import texts_of
from assessment.instrument.translation import (
    country_of_variant,
    language_among,
    up_to_date,
    with_translations,
)
from assessment.models.corrections import corrected_texts, corrections_of, last_before
from assessment.models.offered_languages import OFFERS, Bringer, speaks
from assessment.models.translations import languages_of, translations_of, variants_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.db.models import Manager, Model

    from assessment.instrument.conditions.grammar import Condition
    from assessment.instrument.texts import TextKey
    from assessment.instrument.translation import TranslatedInstrument, Translation
    from assessment.models.bank import Case, Rule
    from assessment.models.corrections import CorrectionRecord
    from assessment.models.editions import Edition


@dataclass(frozen=True, slots=True)
class EditionVersion:
    """The part of a cache's key that names a published edition; the row itself is not compared.

    The content hash stands beside the key of the row, because a backup that is restored under a
    running process may hold another edition under the same key.
    """

    pk: int
    content_hash: str
    edition: Edition = field(compare=False, repr=False)


def edition_version(edition: Edition) -> EditionVersion:
    return EditionVersion(edition.pk, edition.content_hash, edition)


def instrument_of(edition: Edition, at: datetime | None = None) -> method.Instrument:
    if edition.is_draft:
        return _compile(edition)
    if last := correction_at(edition, at):
        return _corrected_instrument(edition_version(edition), last)
    return _published_instrument(edition_version(edition))


def correction_at(edition: Edition, at: datetime | None) -> int:
    """The number of the last correction made by then; of the last one where no moment is given."""
    if at is None or not edition.corrections:
        return edition.corrections
    return last_before(
        _correction_records(edition.pk, edition.content_hash, edition.corrections), at
    )


@lru_cache(maxsize=32)
def _correction_records(pk: int, _content_hash: str, last: int) -> tuple[CorrectionRecord, ...]:
    """Corrections are only added: up to a given number they are always the same."""
    return corrections_of(pk, last)


@lru_cache(maxsize=32)
def _corrected_instrument(version: EditionVersion, last: int) -> method.Instrument:
    """Reports of older results need the texts of their day, hence one for each correction."""
    records = _correction_records(version.pk, version.content_hash, last)
    return with_corrections(_published_instrument(version), corrected_texts(records))


@lru_cache(maxsize=16)
def _published_instrument(version: EditionVersion) -> method.Instrument:
    """As published. Sixteen editions: responses stay on theirs, and old reports are read."""
    return _compile(version.edition)


def instrument_in(
    edition: Edition, language: str, *, at: datetime | None = None, country: str = ""
) -> method.Instrument:
    """The same in another language; a language that nobody offers shows the source's texts.

    In a `country` with words of its own they are laid over the language; in any other it is the
    very instrument that is had without a country.
    """
    if language_among(language, frozenset({edition.language})) == edition.language:
        return instrument_of(edition, at)
    if edition.is_draft:
        variant = _variants_by_country(edition, language).get(country, "")
        return _with_translations(instrument_of(edition), edition, language, variant)
    bringer = OFFERS.bringer(edition.content_hash, language)
    texts = _TextsAsked(edition.translations_hash, language, bringer)
    variant = _kept_variants(edition_version(edition), texts).get(country, "")
    return _translated_instrument(
        edition_version(edition), correction_at(edition, at), texts, variant
    )


class _TextsAsked(NamedTuple):
    """The part of a cache's key that names texts in a language.

    An edition without the language takes it from a newer one of the same content, its `bringer`, so
    that who has begun, and who has a result, can read in a language that is offered since.
    `translations_hash` is there for the key alone.
    """

    translations_hash: str
    language: str
    bringer: Bringer | None

    def holder(self, edition: Edition) -> Edition | int:
        """The edition whose rows they are."""
        brought = self.bringer and self.language not in languages_of(edition)
        return self.bringer.edition if self.bringer and brought else edition


@lru_cache(maxsize=64)
def _kept_variants(version: EditionVersion, texts: _TextsAsked) -> Mapping[str, str]:
    return _variants_by_country(texts.holder(version.edition), texts.language)


def _variants_by_country(edition: Edition | int, language: str) -> dict[str, str]:
    """The variants of one language, by the code of the country as a profile has it."""
    asked = language_among(language, languages_of(edition))
    return {
        country_of_variant(variant): variant
        for variant, base in variants_of(edition).items()
        if base == asked
    }


@lru_cache(maxsize=64)
def _translated_instrument(
    version: EditionVersion, last: int, texts: _TextsAsked, variant: str
) -> method.Instrument:
    """A translation is of the text that was published: a correction does not make it stale.

    Sixteen editions in four languages, or fewer of which some countries have words of their own.
    """
    holder, source = texts.holder(version.edition), _published_instrument(version)
    overlay = _with_translations(source, holder, texts.language, variant)
    if not last:
        return overlay
    records = _correction_records(version.pk, version.content_hash, last)
    asked = language_among(texts.language, languages_of(version.edition))
    own = corrected_texts(records, asked)
    if variant:
        said = _words_of_country(source, holder, variant)
        own = {place: text for place, text in own.items() if place not in said}
        own |= corrected_texts(records, variant)
    return with_corrected_translations(overlay, corrected_texts(records), own)


def _with_translations(
    source: method.Instrument, edition: Edition | int, language: str, variant: str
) -> TranslatedInstrument:
    """Texts of a language that the edition does not offer may stand ready: they are not shown."""
    offered = languages_of(edition)
    asked = language_among(language, offered)
    texts = translations_of(edition, asked) if asked in offered else {}
    if variant:
        texts = {**texts, **_words_of_country(source, edition, variant)}
    return with_translations(source, texts, language=language, spoken=speaks(language))


def _words_of_country(
    source: method.Instrument, edition: Edition | int, variant: str
) -> dict[TextKey, Translation]:
    """Where the source has changed since, the language's own text stands."""
    return up_to_date(translations_of(edition, variant), texts_of(source))


def _compile(edition: Edition) -> method.Instrument:
    return method.Instrument(
        name=edition.name,
        number=edition.number,
        language=edition.language,
        scale=read_scale(edition.scale),
        regions=_plain(method.Region, edition.region_set),
        sources=_plain(method.Source, edition.source_set),
        findings=_findings(edition),
        dimensions=_dimensions(edition),
        questions=_questions(edition),
        cases=_cases(edition),
        rules=_rules(edition),
        terms=_plain(method.Term, edition.term_set),
        roles=_plain(method.Role, edition.role_set),
        packages=_plain(method.Package, edition.package_set),
        patterns=_patterns(edition),
    )


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _part(kind: type[Any], row: Model, **values: Any) -> Any:
    """The dataclass `kind` from the columns of the same name and what is `given`."""
    names = [f.name for f in fields(kind) if f.name not in values]
    return kind(**{name: _frozen(getattr(row, name)) for name in names}, **values)


def _plain(kind: type[Any], rows: Manager[Any]) -> tuple[Any, ...]:
    return tuple(_part(kind, row) for row in rows.all())


def _codes(rows: Any) -> tuple[str, ...]:
    return tuple(row.code for row in sorted(rows.all(), key=lambda row: (row.position, row.pk)))


def _condition(text: str) -> Condition | None:
    return parse(text) if text else None


def _conditions(row: Model, *names: str) -> dict[str, Condition | None]:
    return {name: _condition(getattr(row, name)) for name in names}


def _findings(edition: Edition) -> tuple[method.Finding, ...]:
    rows = edition.finding_set.select_related("source")
    return tuple(
        _part(
            method.Finding,
            row,
            source=row.source.code,
            dimensions=_codes(row.dimensions),
            **_conditions(row, "applies", "have", "seen", "partly"),
        )
        for row in rows.prefetch_related("dimensions")
    )


def _dimensions(edition: Edition) -> tuple[method.Dimension, ...]:
    rows = edition.dimension_set.prefetch_related("findings")
    return tuple(_part(method.Dimension, row, findings=_codes(row.findings)) for row in rows)


def _questions(edition: Edition) -> tuple[method.Question, ...]:
    rows = edition.question_set.select_related("dimension")
    return tuple(
        _part(
            method.Question,
            row,
            dimension=row.dimension.code if row.dimension else "",
            shown_if=_condition(row.shown_if),
            findings=_codes(row.findings),
            options=tuple(_part(method.Option, option) for option in row.options.all()),
        )
        for row in rows.prefetch_related("options", "findings")
    )


def _cases(edition: Edition) -> tuple[method.Case, ...]:
    rows = edition.case_set.select_related("finding")
    rows = rows.prefetch_related("readings__dimension", "readings__findings")
    return tuple(
        _part(method.Case, row, finding=row.finding.code, readings=_readings(row)) for row in rows
    )


def _readings(case: Case) -> tuple[method.CaseReading, ...]:
    rows = sorted(case.readings.all(), key=lambda row: row.dimension.position)
    return tuple(
        _part(
            method.CaseReading,
            row,
            dimension=row.dimension.code,
            findings=_codes(row.findings),
        )
        for row in rows
    )


def _rules(edition: Edition) -> tuple[method.Rule, ...]:
    rows = edition.rule_set.select_related("dimension")
    rows = rows.prefetch_related("other_dimensions", "findings", "variants")
    return tuple(
        _part(
            method.Rule,
            row,
            when=parse(row.when),
            **_conditions(row, "when_case", "suppressed_when", "unless"),
            dimensions=_rule_dimensions(row),
            findings=_codes(row.findings),
            variants=tuple(
                _part(method.RuleVariant, variant, when=parse(variant.when))
                for variant in row.variants.all()
            ),
        )
        for row in rows
    )


def _patterns(edition: Edition) -> tuple[method.Pattern, ...]:
    return tuple(
        _part(
            method.Pattern,
            row,
            when=parse(row.when),
            findings=_codes(row.findings),
            **_conditions(row, "unless"),
        )
        for row in edition.pattern_set.prefetch_related("findings")
    )


def _rule_dimensions(rule: Rule) -> tuple[str, ...]:
    main = (rule.dimension.code,) if rule.dimension else ()
    return main + _codes(rule.other_dimensions)
