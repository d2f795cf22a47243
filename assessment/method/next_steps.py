"""What can be improved: a step of every answered question that is not at its best yet."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from assessment.instrument.kinds.registry import kind_of, scored_kind_of
from assessment.method.dimensions import MEANINGFUL, answered
from assessment.method.result import NextStep

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from assessment.instrument.kinds.kind import Improvement
    from assessment.instrument.model import Instrument, Question
    from assessment.method.dimensions import Judgement
    from assessment.method.items import Item

Order = tuple[bool, Fraction, bool, str, str]
LOW, HIGH = "low", "high"
"""Which of the two written steps of a question; else the value of one of its options."""


def next_steps(
    instrument: Instrument, items: Mapping[str, Item], judgements: Mapping[str, Judgement]
) -> tuple[NextStep, ...]:
    """Those of settled dimensions first, in each the largest gain first."""
    steps = []
    for code, judgement in judgements.items():
        parts = [items[q.code] for q in instrument.questions_of[code]]
        weight = sum(pair[0] for pair in answered(item for item in parts if item.takes_part))
        if judgement.standing in MEANINGFUL:
            for item in parts:
                steps += [
                    next_step(item, found, weight, settled=judgement.settled)
                    for found in improvements(item)
                ]
    steps.sort(key=lambda pair: pair[0])
    return tuple(pair[1] for pair in steps)


def improvements(item: Item) -> Iterator[Improvement]:
    kind = scored_kind_of(item.question)
    if kind is None or item.status != "answered" or item.score is None:
        return iter(())
    return kind.improvements(item.question, item.score, item.fact)


def next_step(
    item: Item, found: Improvement, weight: int, *, settled: bool
) -> tuple[Order, NextStep]:
    question = item.question
    gain = question.weight * found.points / weight
    step = NextStep(
        question.code,
        question.dimension,
        float(found.start),
        found.to,
        float(gain),
        found.option,
    )
    return (not settled, -gain, not question.essential, question.code, found.option), step


def wording_of_step(question: Question, step: NextStep, low_level: int) -> str:
    """LOW, HIGH, or the value of the option that the step is written for."""
    if step.option:
        return step.option
    is_low = step.start < low_level + 1 or not kind_of(question).has_levels
    return LOW if is_low else HIGH


def written_step(question: Question, wording: str) -> str:
    """Empty in an edition that has none."""
    option = question.option(wording)
    if option is not None:
        return option.step
    return question.step_low if wording == LOW else question.step_high
