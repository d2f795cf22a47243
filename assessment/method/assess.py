"""The one computation of a result: from an instrument and responses to what is stored.

Page, PDF, command and file all call `assess()`; nothing else computes a score.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from assessment.instrument.answers import Answer
from assessment.instrument.groups import TOTAL
from assessment.method.cases import cases_at_level, distances, same_arrangement
from assessment.method.dimensions import judge_all, overall, weakest
from assessment.method.facts import NO_DIFFERENCES, Differences, facts_of
from assessment.method.items import Item, items_of
from assessment.method.next_steps import next_steps
from assessment.method.parse_input import read_profile
from assessment.method.patterns import contrast_of, patterns_of
from assessment.method.regional_advice import regional_advice
from assessment.method.result import TOO_FEW, GivenTogether, GroupResult, Respondent, Result
from assessment.method.robustness import robustness
from assessment.method.rounds.aggregation import group_results, items_of_group
from assessment.method.rounds.agreement import alphas, deviations
from assessment.method.rounds.cells import cells_of
from assessment.method.rounds.chain import chain
from assessment.method.rounds.consensus import alone_with_agreed, round_with_agreed
from assessment.method.rounds.gaps import find_gaps
from assessment.method.rounds.round_policy import policy_of_round
from assessment.method.rules import advice_of, evaluate_rules
from assessment.method.situation import Situation
from assessment.method.verdicts import verdicts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assessment.instrument.model import Instrument
    from assessment.method.dimensions import Judgement
    from assessment.method.result import DimensionResult

__all__ = ["METHOD_VERSION", "assess", "read_profile"]

METHOD_VERSION = "2.1"
"""Raised with every change that could give another result from the same input.

Each result carries the version it was made by, and `stored_result.READERS` must read it for ever.
"""
ANSWER_FIELDS, RESPONDENT_FIELDS = (
    tuple(field.name for field in fields(described)) for described in (Answer, Respondent)
)


@dataclass(frozen=True, slots=True)
class AssessmentInput:
    """What every part of one judgement shares."""

    instrument: Instrument
    profile: dict[str, int | str]
    seed: str
    draws: int


def assess(
    *,
    instrument: Instrument,
    profile: Mapping[str, int | str],
    responses: Sequence[Respondent],
    alone: bool,
    minimum: int | None = None,
    agreed: Mapping[str, Answer] | None = None,
    draws: int | None = None,
) -> Result:
    """The judgement on one scheme, of one person or of a round.

    Which of the two it is the caller says: a round that only one person answered shows nothing of
    her. Who is alone sees everything. All values were read where they entered (`parse_input` for
    files, the forms for the database) and are not checked again.

    `minimum` is the smallest group that is shown (None: that of the scale), `agreed` holds agreed
    answers by question code, `draws` the number of robustness draws (None: that of the scale).
    Raises ValueError where `alone` is said of any other number of responses than one.
    """
    facts, consensus = dict(profile), dict(agreed or {})
    smallest = instrument.scale.minimum_group if minimum is None else minimum
    inputs = AssessmentInput(
        instrument,
        facts,
        seed_of(instrument, facts, responses, consensus, smallest),
        instrument.scale.draws if draws is None else draws,
    )
    if not alone:
        return assess_round(inputs, responses, consensus, smallest)
    (answering,) = responses
    # Where one person sits hides nothing from her: she is asked everything.
    respondent = replace(answering, tier=None, sector=None)
    items = alone_with_agreed(instrument, facts, respondent, consensus)
    raw = items_of(instrument, facts, respondent) if consensus else None
    together = given_together(inputs, responses)
    parts = agreed_parts(inputs, items, raw)
    return build_result(inputs, items, respondents=1 - len(together), together=together, **parts)


def assess_round(
    inputs: AssessmentInput,
    respondents: Sequence[Respondent],
    agreed: Mapping[str, Answer],
    minimum: int,
) -> Result:
    instrument, together = inputs.instrument, given_together(inputs, respondents)
    people = len(respondents) - len(together)
    if people < minimum and (people or not together):
        return replace(too_few_result(inputs, people, minimum), together=together)
    cells = cells_of(instrument, inputs.profile, respondents)
    policy, compared = policy_of_round(instrument, cells, minimum)
    if TOTAL in policy.suppressed:
        return replace(too_few_result(inputs, people, minimum), together=together)
    items = round_with_agreed(instrument, inputs.profile, cells, agreed, policy)
    sectors, tiers = find_gaps(instrument, cells, policy, compared)
    spread = deviations(instrument, cells, policy)
    raw = items_of_group(instrument, cells, policy, TOTAL) if agreed else None
    most = max((deviation.ad for deviation in spread), default=None)
    return build_result(
        inputs,
        items,
        Differences(sectors.absolute(), tiers.absolute(), most),
        respondents=people,
        minimum=minimum,
        together=together,
        groups=group_results(instrument, cells, policy),
        gaps=(*sectors.gaps(), *tiers.gaps()),
        agreement=tuple(deviation.result() for deviation in spread),
        alphas=tuple(alphas(instrument, cells, spread)),
        chain=chain(instrument, cells, policy),
        **agreed_parts(inputs, items, raw),
    )


def too_few_result(inputs: AssessmentInput, respondents: int, minimum: int) -> Result:
    """A round with fewer responses than the minimum has no result, only its size."""
    items = {q.code: Item(q, "not_routed") for q in inputs.instrument.questions if not q.profile}
    total = GroupResult(None, None, respondents, True)
    found = build_result(inputs, items, respondents=respondents, minimum=minimum, groups=(total,))
    unknown = dict.fromkeys(found.rules)
    return replace(
        found,
        status=TOO_FEW,
        rules=unknown,
        recommendations=(),
        withheld=(),
        packages=(),
        patterns=(),
        contrast=None,
        advice=(),
    )


def given_together(
    inputs: AssessmentInput, responses: Sequence[Respondent]
) -> tuple[GivenTogether, ...]:
    """Each response of several people by itself: what they agreed on is shown in any case."""
    return tuple(
        GivenTogether(one.sector, one.tier, one.people, judged_alone(inputs, one))
        for one in responses
        if one.people is not None
    )


def judged_alone(inputs: AssessmentInput, response: Respondent) -> dict[str, DimensionResult]:
    items = items_of(inputs.instrument, inputs.profile, response)
    return dimension_results(judge_all(inputs.instrument, items))


def agreed_parts(
    inputs: AssessmentInput, items: Mapping[str, Item], raw: Mapping[str, Item] | None
) -> dict[str, Any]:
    """Which answers were agreed, and the dimensions without them."""
    if raw is None:
        return {}
    codes = tuple(code for code, item in items.items() if item.agreed)
    return {"agreed": codes, "raw": dimension_results(judge_all(inputs.instrument, raw))}


def build_result(
    inputs: AssessmentInput,
    items: Mapping[str, Item],
    differences: Differences = NO_DIFFERENCES,
    *,
    respondents: int = 1,
    **of_round: Any,
) -> Result:
    instrument, profile, seed = inputs.instrument, inputs.profile, inputs.seed
    judgements = judge_all(instrument, items)
    facts = facts_of(instrument, profile, items, judgements, differences)
    rules = evaluate_rules(instrument, facts)
    situation = Situation(instrument, items, judgements, facts)
    patterns = patterns_of(situation)
    advice = advice_of(situation, rules, patterns)
    return Result(
        edition=instrument.number,
        edition_hash=instrument.content_hash,
        method=METHOD_VERSION,
        seed=seed,
        profile=profile,
        items={code: item.result() for code, item in items.items()},
        dimensions=dimension_results(judgements),
        weakest=weakest(instrument, judgements),
        overall=overall(judgements),
        verdicts=verdicts(instrument, items, facts),
        cases=cases_at_level(instrument, judgements),
        same_arrangement=same_arrangement(instrument, profile),
        distances=distances(instrument, judgements),
        rules=rules,
        recommendations=advice.recommendations,
        withheld=advice.withheld,
        packages=advice.packages,
        patterns=patterns,
        contrast=None if patterns else contrast_of(situation),
        advice=regional_advice(instrument, facts),
        next_steps=next_steps(instrument, items, judgements),
        robustness=robustness(instrument, items, judgements, seed=seed, draws=inputs.draws),
        respondents=respondents,
        **of_round,
    )


def dimension_results(judgements: Mapping[str, Judgement]) -> dict[str, DimensionResult]:
    return {code: judgement.result() for code, judgement in judgements.items()}


def seed_of(
    instrument: Instrument,
    profile: Mapping[str, int | str],
    respondents: Sequence[Respondent],
    agreed: Mapping[str, Answer],
    minimum: int,
) -> str:
    """The seed of the robustness draws: the same input gives the same draws, in whatever order.

    A result can so be made again to the last digit, and nobody can choose a lucky seed.
    """
    everyone = sorted(canonical_json(described(respondent)) for respondent in respondents)
    agreed_values = {code: answer.value for code, answer in agreed.items()}
    content = canonical_json([instrument.content_hash, profile, everyone, agreed_values, minimum])
    return hashlib.sha256(content.encode()).hexdigest()


def described(respondent: Respondent) -> dict[str, Any]:
    """Without `people` where it is one person, as before responses could be given together."""
    answers = {
        code: {name: getattr(answer, name) for name in ANSWER_FIELDS}
        for code, answer in respondent.answers.items()
    }
    rest = {name: getattr(respondent, name) for name in RESPONDENT_FIELDS}
    return {name: value for name, value in rest.items() if name != "people" or value} | {
        "answers": answers
    }


def canonical_json(content: object) -> str:
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
