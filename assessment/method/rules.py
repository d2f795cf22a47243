"""Rules: which are true, which of those are recommended, and what keeps the others back.

`rules` of a result always tells whether a condition is true. Suppression, `unless` and containment
change only what is recommended, and each is named: nothing is left out without a word.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from assessment.instrument.conditions.evaluate import evaluate
from assessment.instrument.conditions.explain import explain
from assessment.instrument.model import HORIZONS
from assessment.method.evidence import basis_of_findings, questions_in, standing_of_evidence
from assessment.method.packages import packages_of
from assessment.method.result import PackageResult, Recommendation, WithheldRule

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assessment.instrument.conditions.evaluate import Facts
    from assessment.instrument.model import Instrument, Rule, Scale
    from assessment.method.dimensions import Judgement
    from assessment.method.result import PatternResult
    from assessment.method.situation import Situation


@dataclass(frozen=True, slots=True)
class Advice:
    recommendations: tuple[Recommendation, ...]
    withheld: tuple[WithheldRule, ...]
    packages: tuple[PackageResult, ...]


def evaluate_rules(instrument: Instrument, facts: Facts) -> dict[str, bool | None]:
    return {rule.code: evaluate(rule.when, facts) for rule in instrument.rules}


def advice_of(
    situation: Situation,
    truths: Mapping[str, bool | None],
    patterns: Sequence[PatternResult] = (),
) -> Advice:
    """What is recommended in which order, and what is withheld.

    The leading patterns bring their packages forward. An edition without packages has one list,
    the most important rules first.
    """
    true = [rule for rule in situation.instrument.rules if truths[rule.code] is True]
    withheld = [found for rule in true if (found := withheld_rule(rule, truths, situation.facts))]
    kept_back = {found.rule for found in withheld}
    recommended = [recommendation(situation, r) for r in true if r.code not in kept_back]
    if not situation.instrument.packages:
        return Advice(by_priority(situation, recommended), tuple(withheld), ())
    packages, ordered = packages_of(situation, recommended, patterns)
    return Advice(ordered, tuple(withheld), packages)


def withheld_rule(
    rule: Rule, truths: Mapping[str, bool | None], facts: Facts
) -> WithheldRule | None:
    if suppressed(rule, truths, facts):
        return WithheldRule(rule.code, rule.suppressed_by)
    if rule.unless is not None and evaluate(rule.unless, facts) is True:
        return WithheldRule(rule.code, because=explain(rule.unless, facts))
    return None


def suppressed(rule: Rule, truths: Mapping[str, bool | None], facts: Facts) -> bool:
    """By the truth of the other rule, whether or not that one is recommended."""
    if truths.get(rule.suppressed_by) is not True:
        return False
    return rule.suppressed_when is None or evaluate(rule.suppressed_when, facts) is True


def recommendation(situation: Situation, rule: Rule) -> Recommendation:
    because = explain(rule.when, situation.facts)
    region = situation.facts.get("profile.region")
    return Recommendation(
        rule=rule.code,
        variant=matching_variant(rule, situation.facts),
        first=False,
        because=because,
        basis=basis_of_findings(situation.instrument, rule.findings, region),
        standing=standing_of_evidence(situation, because),
        answers=len(questions_in(situation, because)),
    )


def matching_variant(rule: Rule, facts: Facts) -> int | None:
    fitting = (n for n, v in enumerate(rule.variants) if evaluate(v.when, facts) is True)
    return next(fitting, None)


def by_priority(
    situation: Situation, recommended: Sequence[Recommendation]
) -> tuple[Recommendation, ...]:
    """One list; those to begin with come first."""
    instrument, judgements = situation.instrument, situation.judgements
    found = {one.rule: one for one in recommended}
    rules = [instrument.rule[code] for code in found]
    rules.sort(key=lambda rule: priority_order(rule, judgements))
    first = {rule.code for rule in first_rules(instrument, rules, judgements)}
    rules.sort(key=lambda rule: rule.code not in first)
    return tuple(found[rule.code].put_first(first=rule.code in first) for rule in rules)


def priority_order(
    rule: Rule, judgements: Mapping[str, Judgement]
) -> tuple[int, bool, Fraction | int, int, str]:
    """Priority, lowest settled score among its dimensions (none known: last), horizon, code."""
    judged = (judgements[code] for code in rule.dimensions if code in judgements)
    known = (judgement.score for judgement in judged if judgement.settled)
    lowest = min((score for score in known if score is not None), default=None)
    return (
        rule.priority,
        lowest is None,
        lowest or 0,
        HORIZONS.index(rule.horizon),
        rule.code,
    )


def first_rules(
    instrument: Instrument, applicable: Sequence[Rule], judgements: Mapping[str, Judgement]
) -> list[Rule]:
    """At most `first`, of these at most `per_dimension` with the same main dimension."""
    scale = instrument.scale
    chosen: list[Rule] = []
    for rule in applicable:
        same = sum(1 for other in chosen if other.dimensions[:1] == rule.dimensions[:1])
        if len(chosen) < scale.first and (not rule.dimensions or same < scale.per_dimension):
            chosen.append(rule)
    for code in scale.guaranteed:
        chosen = with_guaranteed(scale, chosen, applicable, judgements.get(code))
    return chosen


def with_guaranteed(
    scale: Scale, chosen: list[Rule], applicable: Sequence[Rule], judgement: Judgement | None
) -> list[Rule]:
    """A low guaranteed dimension has a rule among the first, in place of the last if need be."""
    if judgement is None or judgement.level is None or judgement.level > scale.low_level:
        return chosen
    own = [rule for rule in applicable if judgement.dimension in rule.dimensions]
    if not own or any(rule in chosen for rule in own):
        return chosen
    return [*chosen[: scale.first - 1], own[0]]
