"""Patterns: what several answers look like together, which of them lead, and what else stands out.

A pattern is named only where its condition is true and no answer speaks against it. Where none
holds, the clearest contrast between two dimensions is told in its place.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assessment.instrument.conditions.evaluate import evaluate
from assessment.instrument.conditions.explain import explain
from assessment.method.dimensions import HIGH, INDICATIVE, LOW, SETTLED
from assessment.method.evidence import standing_of_evidence
from assessment.method.result import Contrast, PatternResult

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assessment.instrument.model import Instrument, Pattern
    from assessment.method.dimensions import Judgement
    from assessment.method.situation import Situation


def patterns_of(situation: Situation) -> tuple[PatternResult, ...]:
    """Every pattern that holds, in the order of the bank; those that lead are `first`."""
    found = [pattern_result(situation, pattern) for pattern in situation.instrument.patterns]
    true = [one for one in found if one is not None]
    leading = leading_patterns(situation.instrument, true)
    return tuple(replace(one, first=one.pattern in leading) for one in true)


def pattern_result(situation: Situation, pattern: Pattern) -> PatternResult | None:
    facts = situation.facts
    contradicted = pattern.unless is not None and evaluate(pattern.unless, facts) is True
    if contradicted or evaluate(pattern.when, facts) is not True:
        return None
    because = explain(pattern.when, facts)
    standing = standing_of_evidence(situation, because)
    return PatternResult(pattern.code, False, standing, because)


def leading_patterns(instrument: Instrument, true: Sequence[PatternResult]) -> frozenset[str]:
    """The first of the bank, one of each group; a lone one leads alone, fillers come last."""
    patterns = [instrument.pattern[one.pattern] for one in true]
    lone = [pattern.code for pattern in patterns if pattern.alone]
    if lone:
        return frozenset(lone[:1])
    chosen: list[Pattern] = []
    for pattern in sorted(patterns, key=lambda pattern: pattern.filler):
        taken = {other.group for other in chosen if other.group}
        if pattern.group not in taken and len(chosen) < instrument.scale.leading_patterns:
            chosen.append(pattern)
    return frozenset(pattern.code for pattern in chosen)


def contrast_of(situation: Situation) -> Contrast | None:
    """The high and the low dimension that lie furthest apart, settled ones before others."""
    for standing in (SETTLED, INDICATIVE):
        judged = situation.judgements.values()
        known = [j for j in judged if j.score is not None and j.standing == standing]
        high = max((j for j in known if j.direction == HIGH), key=_score, default=None)
        low = min((j for j in known if j.direction == LOW), key=_score, default=None)
        if high and low and _score(high) - _score(low) >= situation.instrument.scale.equal_points:
            return Contrast(high.dimension, low.dimension, standing)
    return None


def _score(judgement: Judgement) -> float:
    return float(judgement.score or 0)
