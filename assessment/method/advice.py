"""What of a result can be taken into a plan: its recommendations and the steps of its subjects."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from assessment.method.next_steps import wording_of_step, written_step

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from assessment.instrument.model import Instrument
    from assessment.method.result import NextStep, Recommendation, Result

RULE, STEP = "rule", "step"


class AdviceReference(NamedTuple):
    """`code` is that of the rule, or of the question whose step it is.

    `wording` is the number of a rule's variant, empty where it has none; of a step what
    `wording_of_step` says.
    """

    origin: str
    code: str
    wording: str = ""

    @property
    def key(self) -> str:
        """Its name in forms and anchors: a rule is one advice in whatever words, a step is not."""
        return "-".join(self if self.origin == STEP else self[:2])


def advice_references(instrument: Instrument, result: Result) -> Mapping[str, AdviceReference]:
    """By key, in the order of the result."""
    found = (*map(_of_rule, result.recommendations), *_steps(instrument, result))
    return {advice.key: advice for advice in found}


def _of_rule(found: Recommendation) -> AdviceReference:
    return AdviceReference(RULE, found.rule, "" if found.variant is None else str(found.variant))


def _steps(instrument: Instrument, result: Result) -> Iterator[AdviceReference]:
    for step in result.next_steps:
        advice = reference_of_step(instrument, step)
        if written_step(instrument.question[step.question], advice.wording):
            yield advice


def reference_of_step(instrument: Instrument, step: NextStep) -> AdviceReference:
    question = instrument.question[step.question]
    wording = wording_of_step(question, step, instrument.scale.low_level)
    return AdviceReference(STEP, step.question, wording)
