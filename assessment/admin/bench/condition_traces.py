"""Whether a condition holds for a sample: of a rule or a pattern, or their `unless`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assessment.instrument.model import Rule
from assessment.method.rule_trace import trace_rules

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assessment.instrument.conditions.grammar import Condition
    from assessment.instrument.model import Instrument
    from assessment.method.result import Respondent
    from assessment.method.rule_trace import RuleTrace


def trace_conditions(
    instrument: Instrument,
    profile: Mapping[str, int | str],
    respondent: Respondent,
    conditions: Mapping[str, Condition | None],
) -> dict[str, RuleTrace]:
    """By code; none where there is no condition. The method traces each as that of a rule."""
    probes = tuple(_rule(code, when) for code, when in conditions.items() if when is not None)
    traced = trace_rules(replace(instrument, rules=probes), profile, respondent)
    return {found.rule.code: found for found in traced}


def _rule(code: str, when: Condition) -> Rule:
    words: Any = dict.fromkeys(("title", "horizon", "text", "first_step", "needs"), "")
    return Rule(code=code, when=when, priority=1, **words)
