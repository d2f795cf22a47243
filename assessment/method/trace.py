"""Every rule for one respondent: whether it holds, and what decides that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assessment.method.evaluation import evaluate, names, reasons
from assessment.method.levels import judge_all
from assessment.method.rules import facts_of
from assessment.method.scoring import items_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assessment.method.evaluation import Facts
    from assessment.method.instrument import Instrument, Rule
    from assessment.method.result import Reason, Respondent


@dataclass(frozen=True, slots=True)
class Traced:
    """`because` decides a verdict; `missing` are the names that leave it open."""

    rule: Rule
    verdict: bool | None
    because: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()


def trace(
    instrument: Instrument, profile: Mapping[str, int | str], respondent: Respondent
) -> tuple[Traced, ...]:
    """The rules in their order, for somebody who answers alone."""
    items = items_of(instrument, profile, respondent)
    facts = facts_of(instrument, profile, items, judge_all(instrument, items))
    return tuple(traced(rule, facts) for rule in instrument.rules)


def traced(rule: Rule, facts: Facts) -> Traced:
    verdict = evaluate(rule.when, facts)
    if verdict is None:
        return Traced(rule, None, missing=tuple(sorted(names(rule.when) - facts.keys())))
    found = reasons(rule.when.tree, facts, wanted=verdict)
    return Traced(rule, verdict, tuple(dict.fromkeys(found)))
