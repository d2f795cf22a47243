"""From questions to a dimension: score, interval, level, limits, aspects and next steps."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import starmap
from math import exp, log
from typing import TYPE_CHECKING

from assessment.instrument.answers import NOT_APPLICABLE
from assessment.instrument.kinds.registry import kind_of
from assessment.instrument.model import ASPECTS, DIRECTIONS, HIGHEST, STANDINGS
from assessment.method.result import DimensionResult, Overall

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from assessment.instrument.model import Instrument, Scale
    from assessment.method.items import Item

Weighted = tuple[int, Fraction]

SETTLED, INDICATIVE, OPEN, NOT_ASKED = STANDINGS
LOW, MIXED, HIGH = DIRECTIONS
MEANINGFUL = frozenset({SETTLED, INDICATIVE})
"""The standings of a dimension that has a mean and a direction."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One dimension in exact numbers."""

    dimension: str
    score: Fraction | None
    low: Fraction | None
    high: Fraction | None
    level: int | None
    name: str | None
    limited_by: tuple[str, ...]
    unknown_essentials: tuple[str, ...]
    capped: bool
    asked: bool
    sufficient: bool
    answered_share: Fraction | None
    dont_know_share: Fraction | None
    formal: Fraction | None
    practice: Fraction | None
    standing: str
    direction: str | None
    questions_answered: int
    questions_asked: int

    @property
    def settled(self) -> bool:
        return self.standing == SETTLED

    def result(self) -> DimensionResult:
        return DimensionResult(
            self.dimension,
            to_float(self.score),
            to_float(self.low),
            to_float(self.high),
            self.level,
            self.name,
            self.limited_by,
            self.unknown_essentials,
            self.capped,
            self.asked,
            self.sufficient,
            to_float(self.answered_share),
            to_float(self.dont_know_share),
            to_float(self.formal),
            to_float(self.practice),
            self.standing,
            self.direction,
            self.questions_answered,
            self.questions_asked,
        )


def to_float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def mean(values: Iterable[Weighted]) -> Fraction | None:
    """The weighted mean, None of nothing."""
    pairs = list(values)
    weight = sum(pair[0] for pair in pairs)
    return sum(starmap(times, pairs), Fraction(0)) / weight if weight else None


def times(weight: int, value: Fraction) -> Fraction:
    return weight * value


def answered(items: Iterable[Item]) -> list[Weighted]:
    return [(item.question.weight, item.score) for item in items if item.score is not None]


def judge_all(instrument: Instrument, items: Mapping[str, Item]) -> dict[str, Judgement]:
    return {
        code: judge(instrument.scale, code, [items[q.code] for q in questions])
        for code, questions in instrument.questions_of.items()
    }


def judge(scale: Scale, code: str, items: Sequence[Item]) -> Judgement:
    parts = [item for item in items if item.takes_part]
    share = answered_share(parts)
    enough = sufficient(scale, parts, share)
    applying = [i for i in parts if not i.counted and i.status != NOT_APPLICABLE]
    known = [item for item in applying if item.score is not None]
    standing = standing_of(scale, applying, known, sufficient=enough)
    value = mean(answered(parts)) if standing in MEANINGFUL else None
    limits = [item for item in parts if item.question.essential and limiting(scale, item)]
    band = scale.band_of(value) if value is not None and standing == SETTLED else None
    level = None if band is None else min(band, scale.cap) if limits else band
    formal, practice = aspects(parts)
    return Judgement(
        dimension=code,
        score=value,
        low=score_bound(items, lowest=True),
        high=score_bound(items, lowest=False),
        level=level,
        name=None if level is None else scale.levels[level],
        limited_by=tuple(item.question.code for item in limits),
        unknown_essentials=tuple(item.question.code for item in limits if item.missing),
        capped=level != band,
        asked=bool(parts),
        sufficient=enough,
        answered_share=share,
        dont_know_share=dont_know_share(items),
        formal=formal,
        practice=practice,
        standing=standing,
        direction=None if value is None else direction_of(scale, value, parts),
        questions_answered=len(known),
        questions_asked=len(applying),
    )


def standing_of(
    scale: Scale, applying: Sequence[Item], known: Sequence[Item], *, sufficient: bool
) -> str:
    """How much an answer about the dimension can carry: one of STANDINGS."""
    if not applying:
        return NOT_ASKED
    if sufficient and len(known) >= scale.minimum_questions:
        return SETTLED
    return INDICATIVE if known else OPEN


def direction_of(scale: Scale, value: Fraction, parts: Iterable[Item]) -> str:
    """Low, mixed or high, by the band of the mean; an essential answer that is low holds at mixed.

    An essential question that nobody answered does not: it holds the level, which claims more.
    """
    found = direction_of_level(scale, scale.band_of(value))
    held = any(item.question.essential and answered_low(scale, item) for item in parts)
    return MIXED if held and found == HIGH else found


def direction_of_level(scale: Scale, level: int) -> str:
    if level <= scale.low_level:
        return LOW
    return HIGH if level >= scale.high_level else MIXED


def answered_share(parts: Sequence[Item]) -> Fraction | None:
    """The weight of what is answered over the weight of what applies."""
    known = sum(item.question.weight for item in parts if item.score is not None)
    missing = sum(item.question.weight for item in parts if item.missing)
    return Fraction(known, known + missing) if known + missing else None


def sufficient(scale: Scale, parts: Sequence[Item], share: Fraction | None) -> bool:
    applying = sum(1 for item in parts if item.missing or item.score is not None)
    enough = share is not None and share >= scale.sufficient_share
    return enough and applying >= scale.minimum_questions


def limiting(scale: Scale, item: Item) -> bool:
    return item.missing or answered_low(scale, item)


def answered_low(scale: Scale, item: Item) -> bool:
    return item.score is not None and item.score < scale.essential_below


def aspects(parts: Sequence[Item]) -> tuple[Fraction | None, Fraction | None]:
    """Formal and practised, side by side or not at all."""
    formal, practice = (
        mean(answered(item for item in parts if item.question.aspect == aspect))
        for aspect in ASPECTS
    )
    return (None, None) if formal is None or practice is None else (formal, practice)


def dont_know_share(items: Sequence[Item]) -> Fraction | None:
    closed = [item for item in items if not kind_of(item.question).free_text]
    asked = sum(item.asked for item in closed)
    return Fraction(sum(item.dont_knows for item in closed), asked) if asked else None


def score_bound(items: Iterable[Item], *, lowest: bool) -> Fraction | None:
    """The lowest or highest mean that answering everything can lead to."""
    sign = 1 if lowest else -1
    firm: list[Weighted] = []
    loose: list[Weighted] = []
    for item in items:
        bound = item.low if lowest else item.high
        if bound is not None:
            (loose if item.optional else firm).append((item.question.weight, bound))
    for pair in sorted(loose, key=lambda pair: sign * pair[1]):
        now = mean(firm)
        if now is None or sign * pair[1] < sign * now:
            firm.append(pair)
    return mean(firm)


def weakest(instrument: Instrument, judgements: Mapping[str, Judgement]) -> tuple[str, ...]:
    """The lowest settled dimensions and what is equal to them; an indication is never ranked.

    Where all are equal none is the weakest.
    """
    known = [
        (j.score, j.dimension) for j in judgements.values() if j.score is not None and j.settled
    ]
    lowest = sorted(known, key=lambda pair: pair[0])
    named = lowest[: instrument.scale.weakest]
    if not named:
        return ()
    bound = named[-1][0] + instrument.scale.equal_points
    equal = [pair for pair in lowest[len(named) :] if pair[0] < bound]
    all_equal = len(lowest) > 1 and lowest[-1][0] - lowest[0][0] < instrument.scale.equal_points
    return () if all_equal else tuple(code for _, code in (*named, *equal))


def overall(judgements: Mapping[str, Judgement]) -> Overall | None:
    """The geometric mean of all dimensions, for the annex; None while one is missing."""
    rows = [(j.score, j.low, j.high) for j in judgements.values() if j.settled]
    columns = [
        [(1, value) for value in column if value is not None] for column in zip(*rows, strict=True)
    ]
    if not rows or any(len(column) < len(judgements) for column in columns):
        return None
    return Overall(*(geometric(column) for column in columns))


def geometric(values: Sequence[Weighted]) -> float:
    """The weighted geometric mean of scores clipped to 1-100."""
    weight = sum(pair[0] for pair in values)
    logs = (w * log(min(max(value, Fraction(1)), HIGHEST)) for w, value in values)
    return min(100.0, exp(sum(logs) / weight))
