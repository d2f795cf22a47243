"""The texts of an instrument that can be translated: listed, checked, laid over the source."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from assessment.instrument.model import Instrument
from assessment.instrument.texts import TextKey, hash_of_text, map_texts, texts_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

MISSING, TO_REVIEW, DONE = "missing", "to_review", "done"
STATES = (MISSING, TO_REVIEW, DONE)

AROUND_DIMENSIONS, GENERAL, ADVICE = "_around", "_general", "_advice"
GROUPS_OF_PARTS = {
    **dict.fromkeys(("scale", "regions", "sources"), GENERAL),
    **dict.fromkeys(("roles", "packages", "patterns"), ADVICE),
}
LONGEST_TRANSLATION = 5000
LONGEST_TRANSLATION_OF = {("dimensions", "short"): 14}
PLACEHOLDER = re.compile(r"\{[a-z_]+\}|%\([a-z_]+\)[sd]")
WITH_COUNTRY = re.compile(r"([a-z]{2,3})-([a-z]{2})")


class TextInLanguage(str):
    """A text that is not in the language of the page around it."""

    __slots__ = ("language",)
    language: str

    def __new__(cls, text: str, language: str) -> Self:
        made = super().__new__(cls, text)
        made.language = language
        return made

    def __str__(self) -> str:
        return self

    def like(self, text: str) -> Self:
        """Another text, or a piece of this one, in the same language for the same reason."""
        return type(self)(text, self.language)


class FallbackText(TextInLanguage):
    """One that stands in the source's language, because it is not translated."""

    __slots__ = ()


def first_and_further(text: str) -> tuple[str, str]:
    """The first line and what follows it; both say their language where the text does."""
    first, _break, further = text.partition("\n")
    if isinstance(text, TextInLanguage):
        return text.like(first), text.like(further)
    return first, further


@dataclass(frozen=True, slots=True)
class Translation:
    """`source_hash` is that of the text it was made from."""

    text: str
    source_hash: str


TranslationsByLanguage = Mapping[str, Mapping[TextKey, Translation]]
"""The translations of a bank by language."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One text as a translator sees it; `target` is empty where there is none.

    `made_from` is the hash of the source from which it was translated.
    """

    place: TextKey
    group: str
    source: str
    target: str
    state: str
    made_from: str = ""

    @property
    def is_done(self) -> bool:
        return self.state == DONE


@dataclass(frozen=True, slots=True)
class Completeness:
    """Of one group of texts, or of all."""

    done: int
    to_review: int
    missing: int

    @property
    def total(self) -> int:
        return self.done + self.to_review + self.missing

    @property
    def percent(self) -> int:
        """Rounded down: 100 means every text."""
        return 100 * self.done // self.total if self.total else 100


@dataclass(frozen=True, kw_only=True)
class TranslatedInstrument(Instrument):
    """An instrument in another language; its content, and so its hash, is the source's."""

    source_instrument: Instrument
    fallbacks: frozenset[TextKey]

    @cached_property
    def content_hash(self) -> str:
        return self.source_instrument.content_hash

    @cached_property
    def texts_hash(self) -> str:
        """Changes with every translation: the key of every cache that holds texts."""
        return hash_of_text("\n".join([self.language, self.content_hash, *self._words()]))

    def language_of(self, place: TextKey) -> str:
        return self.source_instrument.language if place in self.fallbacks else self.language

    def _words(self) -> Iterator[str]:
        return (json.dumps([*place, text]) for place, text in texts_of(self).items())


def current_translations(
    instrument: Instrument, texts: TranslationsByLanguage
) -> dict[str, dict[TextKey, Translation]]:
    """The translations of what stands in the instrument, in its order; none that are empty."""
    places = texts_of(instrument)
    return {
        language: {place: made[place] for place in places if place in made and made[place].text}
        for language, made in sorted(texts.items())
    }


def state_of(source: str, translation: Translation | None) -> str:
    if translation is None or not translation.text:
        return MISSING
    return DONE if translation.source_hash == hash_of_text(source) else TO_REVIEW


def with_translations(
    instrument: Instrument,
    translations: Mapping[TextKey, Translation],
    *,
    language: str,
    spoken: bool = True,
) -> TranslatedInstrument:
    """`instrument` in `language`; what is missing or out of date shows the source's text.

    A translation whose source has changed since may ask something else, so it is not shown. In a
    language that is not `spoken` by the pages around, each text says its own.
    """
    untranslated: set[TextKey] = set()

    def translated_or_source(place: TextKey, text: str) -> str:
        translation = translations.get(place)
        if translation is not None and state_of(text, translation) == DONE:
            made = translation.text
            return made if spoken else TextInLanguage(made, language)
        untranslated.add(place)
        return FallbackText(text, instrument.language)

    changed = replace(map_texts(instrument, translated_or_source), language=language)
    own = {field.name: getattr(changed, field.name) for field in fields(Instrument)}
    return TranslatedInstrument(
        **own, source_instrument=instrument, fallbacks=frozenset(untranslated)
    )


def translation_entries(
    instrument: Instrument, translations: Mapping[TextKey, Translation]
) -> tuple[Entry, ...]:
    """Every text group by group, dimensions first, else in the order of the instrument."""
    found = []
    for place, text in texts_of(instrument).items():
        made = translations.get(place)
        target, state = made.text if made else "", state_of(text, made)
        made_from = made.source_hash if made else ""
        found.append(Entry(place, _group_of(instrument, place), text, target, state, made_from))
    order = {code: number for number, code in enumerate(instrument.dimension)}
    return tuple(sorted(found, key=lambda e: (order.get(e.group, len(order)), e.group)))


def completeness_of(entries: Iterable[Entry]) -> Completeness:
    states = Counter(entry.state for entry in entries)
    return Completeness(states[DONE], states[TO_REVIEW], states[MISSING])


def entries_by_group(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.group, []).append(entry)
    return groups


def language_among(asked: str, offered: Mapping[str, Any] | frozenset[str]) -> str:
    """The offered language that serves who asks for `asked`: es for es-pe; else `asked` itself."""
    base = asked.partition("-")[0]
    return next((language for language in (asked, base) if language in offered), asked)


def variants_among(written: Iterable[str], offered: Collection[str]) -> dict[str, str]:
    """Those `written` which are an offered language in the words of a country, by that language.

    es-co beside es: a few texts that are laid over those of es. One that is itself offered, as
    pt-br may be, is a language of its own.
    """
    matches = (match for one in written if (match := WITH_COUNTRY.fullmatch(one)))
    return {
        match[0]: match[1] for match in matches if match[1] in offered and match[0] not in offered
    }


def is_of_country(language: str) -> bool:
    """Whether its code names a country, as es-co does."""
    return WITH_COUNTRY.fullmatch(language) is not None


def country_of_variant(variant: str) -> str:
    """By its code as a profile has it."""
    return variant.rpartition("-")[2].upper()


def up_to_date(
    translations: Mapping[TextKey, Translation], sources: Mapping[TextKey, str]
) -> dict[TextKey, Translation]:
    """Those that are made from the text that stands in their place now."""
    return {
        place: one
        for place, one in translations.items()
        if place in sources and state_of(sources[place], one) == DONE
    }


def missing_placeholders(source: str, target: str) -> list[str]:
    return sorted(set(PLACEHOLDER.findall(source)) - set(PLACEHOLDER.findall(target)))


def strange_placeholders(source: str, target: str) -> list[str]:
    return missing_placeholders(target, source)


def longest_translation(place: TextKey) -> int:
    return LONGEST_TRANSLATION_OF.get((place.kind, place.field), LONGEST_TRANSLATION)


def _group_of(instrument: Instrument, place: TextKey) -> str:
    """Where a translator looks for it: a dimension's code, else a name that begins with `_`."""
    if place.kind == "dimensions":
        return place.code
    if place.kind == "questions":
        return instrument.question[place.code].dimension or AROUND_DIMENSIONS
    if place.kind == "rules":
        return next(iter(instrument.rule[place.code].dimensions), "_rules")
    return GROUPS_OF_PARTS.get(place.kind, f"_{place.kind}")
