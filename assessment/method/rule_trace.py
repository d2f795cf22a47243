"""Every rule for one respondent: whether it holds, and what decides that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assessment.instrument.conditions.evaluate import evaluate, names
from assessment.instrument.conditions.explain import reasons
from assessment.method.dimensions import judge_all
from assessment.method.facts import facts_of
from assessment.method.items import items_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assessment.instrument.conditions.evaluate import Facts
    from assessment.instrument.conditions.explain import Reason
    from assessment.instrument.model import Instrument, Rule
    from assessment.method.result import Respondent


@dataclass(frozen=True, slots=True)
class RuleTrace:
    """`because` decides a verdict; `missing` are the names that leave it open."""

    rule: Rule
    verdict: bool | None
    because: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()


def trace_rules(
    instrument: Instrument, profile: Mapping[str, int | str], respondent: Respondent
) -> tuple[RuleTrace, ...]:
    """The rules in their order, for somebody who answers alone."""
    items = items_of(instrument, profile, respondent)
    facts = facts_of(instrument, profile, items, judge_all(instrument, items))
    return tuple(trace_rule(rule, facts) for rule in instrument.rules)


def trace_rule(rule: Rule, facts: Facts) -> RuleTrace:
    verdict = evaluate(rule.when, facts)
    if verdict is None:
        return RuleTrace(rule, None, missing=tuple(sorted(names(rule.when) - facts.keys())))
    found = reasons(rule.when.tree, facts, wanted=verdict)
    return RuleTrace(rule, verdict, tuple(dict.fromkeys(found)))
