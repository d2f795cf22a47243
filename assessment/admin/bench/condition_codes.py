"""What a condition of an edition may speak of, each with what it stands for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from assessment.instrument.kinds.registry import kind_of
from assessment.instrument.model import COUNTED_DIRECTIONS, PROFILE_FIELDS
from assessment.reports.condition_wording import JUDGED_WORDS, subject_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assessment.instrument.model import Instrument, Question

OVERALL_NAMES = (
    *(f"directions.{direction}" for direction in COUNTED_DIRECTIONS),
    "unknown.count",
    "unknown.any",
    "gap.sectors.any",
    "gap.tiers.any",
    "disagreement.any",
)
DIMENSION_FAMILIES = ("level", "score", "unknown", "gap.sectors", "gap.tiers")


@dataclass(frozen=True, slots=True)
class ConditionCode:
    """What is inserted, and what it stands for."""

    text: str
    meaning: str


@dataclass(frozen=True, slots=True)
class CodeGroup:
    title: str
    codes: tuple[ConditionCode, ...]


def code_groups(instrument: Instrument, families: frozenset[str]) -> Iterator[CodeGroup]:
    """Everything a condition of these families may speak of, under short headings."""
    if "level" in families:
        names = [f"{f}.{d.code}" for d in instrument.dimensions for f in DIMENSION_FAMILIES]
        numbers = named_codes(instrument, [*names, *OVERALL_NAMES])
        yield CodeGroup(_("Dimensions"), (*numbers, *judged_codes(instrument)))
    yield CodeGroup(_("Profile"), tuple(profile_codes(instrument)))
    for dimension in instrument.dimensions:
        codes = [
            code
            for question in instrument.questions_of[dimension.code]
            for code in question_codes(instrument, question)
        ]
        yield CodeGroup(dimension.name, tuple(codes))


def named_codes(instrument: Instrument, names: list[str]) -> tuple[ConditionCode, ...]:
    return tuple(ConditionCode(name, subject_words(name, instrument)) for name in names)


def judged_codes(instrument: Instrument) -> Iterator[ConditionCode]:
    """What is said of a dimension in words: each with the words it can be."""
    for dimension in instrument.dimensions:
        for family, words in JUDGED_WORDS.items():
            for value, word in words.items():
                text = f'{family}.{dimension.code} == "{value}"'
                yield ConditionCode(text, f"{dimension.name}: {word}")


def profile_codes(instrument: Instrument) -> Iterator[ConditionCode]:
    by_field = {question.profile: question for question in instrument.profile_questions}
    for region in instrument.regions:
        yield ConditionCode(f'profile.region == "{region.code}"', region.name)
    for field in PROFILE_FIELDS:
        question = by_field.get(field)
        if question is None:
            continue
        if not question.options:
            yield from named_codes(instrument, [f"profile.{field}"])
        for option in question.options:
            yield ConditionCode(f'profile.{field} == "{option.value}"', option.text)


def question_codes(instrument: Instrument, question: Question) -> Iterator[ConditionCode]:
    kind, name = kind_of(question), f"answer.{question.code}"
    if kind.points_domain(question) is not None:
        yield from named_codes(instrument, [f"points.{question.code}"])
    domain = kind.domain(question)
    if domain is None:
        return
    if not kind.several:
        yield from named_codes(instrument, [name])
    for option in question.options:
        yield ConditionCode(domain.asking(name, option.value), option.text)
