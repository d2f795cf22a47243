"""The range and the order of every number that judges: thresholds of a scale, of a question.

Forms, files, seeds and publishing ask the functions below; the meaning of each threshold stands in
`reports/issue_wording/thresholds.py`, because people read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from assessment.instrument.issues import Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assessment.instrument.issues import Issue
    from assessment.instrument.model import Question, Scale

LEVEL_COUNT = 5
"""Fixed: each question of levels describes five states (docs/decisions/0001)."""
LARGEST_NUMBER = 999_999_999


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high`, both allowed."""

    low: Fraction | int
    high: Fraction | int

    def holds(self, value: Fraction | int) -> bool:
        return self.low <= value <= self.high


RANGES: Mapping[str, Range] = {
    "sufficient_share": Range(Fraction(1, 10), 1),
    "minimum_questions": Range(1, 50),
    "essential_below": Range(1, 100),
    "cap": Range(1, LEVEL_COUNT - 2),
    "verdict_seen": Range(1, 100),
    "verdict_not_seen": Range(0, 99),
    "minimum_group": Range(3, 100),
    "smallest_group": Range(3, 100),
    "agreement_group": Range(3, 100),
    "gap_levels": Range(1, LEVEL_COUNT - 1),
    "no_common_view": Range(Fraction(1, 10), LEVEL_COUNT - 1),
    "draws": Range(0, 5_000),
    "weight_spread": Range(0, Fraction(9, 10)),
    "overlap": Range(1, 50),
    "first": Range(1, 50),
    "per_dimension": Range(1, 50),
    "weakest": Range(1, 50),
    "unknown_share": Range(0, Fraction(9, 10)),
    "low_level": Range(0, LEVEL_COUNT - 2),
    "strength_level": Range(1, LEVEL_COUNT - 1),
    "high_level": Range(1, LEVEL_COUNT - 1),
    "equal_points": Range(0, 25),
    "leading_patterns": Range(1, 5),
    "first_packages": Range(1, 20),
    "package_steps": Range(0, 20),
    "option_share": Range(Fraction(1, 10), 1),
}
"""By field of Scale; `bands` and what is no number have a rule of their own below."""
WEIGHTS = Range(1, 10)
RISING = (
    ("verdict_not_seen", "verdict_seen"),
    ("low_level", "strength_level"),
    ("low_level", "high_level"),
)
"""The first has to be below the second."""
NOT_ABOVE = (
    ("smallest_group", "minimum_group"),
    ("smallest_group", "agreement_group"),
    ("strength_level", "high_level"),
    ("per_dimension", "first"),
)
"""The first may not be above the second."""


def scale_issues(scale: Scale) -> Iterator[Issue]:
    """Everything about a scale that is no scale: its words, its bands, each threshold."""
    at = Where("scale", "scale")
    yield from _words(at, scale)
    if not _bands_rise(scale):
        yield at.blocking_issue("bands", "scale_bands")
    for name, allowed in RANGES.items():
        value = getattr(scale, name)
        if not allowed.holds(value):
            limits = {"low": str(allowed.low), "high": str(allowed.high)}
            yield at.blocking_issue(name, "scale_range", threshold=name, value=str(value), **limits)
    for code, pairs in (("scale_rising", RISING), ("scale_not_above", NOT_ABOVE)):
        for name, other in pairs:
            one, two = getattr(scale, name), getattr(scale, other)
            if one > two or (one == two and code == "scale_rising"):
                yield at.blocking_issue(name, code, threshold=name, other_threshold=other)


def _words(at: Where, scale: Scale) -> Iterator[Issue]:
    lists = (scale.levels, scale.labels, scale.meanings)
    if any(len(words) != LEVEL_COUNT or not all(map(str.strip, words)) for words in lists):
        yield at.blocking_issue("labels", "scale_words", levels=LEVEL_COUNT)
    elif len(set(scale.levels)) < LEVEL_COUNT or len(set(scale.labels)) < LEVEL_COUNT:
        yield at.blocking_issue("labels", "scale_words_twice")
    if len(set(scale.guaranteed)) < len(scale.guaranteed):
        yield at.blocking_issue("guaranteed", "scale_guaranteed_twice")


def _bands_rise(scale: Scale) -> bool:
    edges = (0, *scale.bands, 100)
    return len(scale.bands) == LEVEL_COUNT - 1 and all(low < high for low, high in pairwise(edges))


def weight_issues(question: Question) -> Iterator[Issue]:
    if not WEIGHTS.holds(question.weight):
        limits = {"low": int(WEIGHTS.low), "high": int(WEIGHTS.high)}
        yield Where("questions", question.code).issue("weight", "weight_out_of_range", **limits)


def number_issues(question: Question) -> Iterator[Issue]:
    """What is wrong with the numbers of a question, but for what its kind knows."""
    at = Where("questions", question.code)
    low, high = question.minimum, question.maximum
    for field, bound in (("minimum", low), ("maximum", high)):
        if bound is not None and abs(bound) > LARGEST_NUMBER:
            yield at.blocking_issue(field, "number_too_large", most=LARGEST_NUMBER)
    if low is not None and high is not None and low >= high:
        yield at.blocking_issue("minimum", "bounds_order")
        return
    yield from _goalpost_issues(at, question)


def _goalpost_issues(at: Where, question: Question) -> Iterator[Issue]:
    if question.goalposts is None:
        return
    first, second = question.goalposts
    if first >= second:
        yield at.blocking_issue("goalposts", "goalposts_order")
    elif question.minimum is not None and question.maximum is not None:
        low, high = question.minimum, question.maximum
        if first < low or second > high:
            yield at.blocking_issue("goalposts", "goalposts_outside", low=low, high=high)
