"""The only door of the method: from an instrument and responses to the result."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from assessment.method.cases import arranged_like, company, distances
from assessment.method.intake import (
    checked_respondents,
    read_agreed,
    read_minimum,
    read_profile,
)
from assessment.method.levels import judge_all, next_steps, overall, weakest
from assessment.method.result import Result
from assessment.method.robustness import robustness
from assessment.method.rules import NO_DIFFERENCES, facts_of, recommendations, verdicts_of
from assessment.method.scoring import items_of
from assessment.method.verdicts import verdicts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assessment.method.instrument import Instrument
    from assessment.method.levels import Judgement
    from assessment.method.result import Respondent
    from assessment.method.rules import Differences
    from assessment.method.scoring import Item

METHOD_VERSION = "1.0"

__all__ = ["METHOD_VERSION", "assess", "read_profile"]


def assess(
    *,
    instrument: Instrument,
    profile: Mapping[str, int | str],
    responses: Sequence[Respondent],
    minimum: int | None = None,
    agreed: Mapping[str, object] | None = None,
    draws: int | None = None,
) -> Result:
    """The judgement on one scheme; raises BadAnswer where the input is not what it must be."""
    facts = read_profile(instrument, dict(profile))
    respondents = checked_respondents(instrument, responses)
    read_agreed(instrument, dict(agreed or {}))
    read_minimum(instrument, minimum)
    seed = seed_of(instrument, facts, respondents, agreed or {}, minimum)
    draws = instrument.scale.draws if draws is None else draws
    items = items_of(instrument, facts, respondents[0])
    return judged(instrument, facts, items, seed=seed, draws=draws)


def judged(
    instrument: Instrument,
    profile: dict[str, int | str],
    items: Mapping[str, Item],
    *,
    seed: str,
    draws: int,
    differences: Differences = NO_DIFFERENCES,
    **of_round: Any,
) -> Result:
    judgements = judge_all(instrument, items)
    facts = facts_of(instrument, profile, items, judgements, differences)
    return Result(
        edition=instrument.number,
        edition_hash=instrument.content_hash,
        method=METHOD_VERSION,
        seed=seed,
        profile=profile,
        items={code: item.result() for code, item in items.items()},
        dimensions=results(judgements),
        weakest=weakest(instrument, judgements),
        overall=overall(judgements),
        verdicts=verdicts(instrument, items),
        cases=company(instrument, judgements),
        arranged_like=arranged_like(instrument, profile),
        distances=distances(instrument, judgements),
        rules=verdicts_of(instrument, facts),
        recommendations=recommendations(instrument, judgements, facts),
        next_steps=next_steps(instrument, items, judgements),
        robustness=robustness(instrument, items, judgements, seed=seed, draws=draws),
        **{"respondents": 1, **of_round},
    )


def results(judgements: Mapping[str, Judgement]) -> dict[str, Any]:
    return {code: judgement.result() for code, judgement in judgements.items()}


def seed_of(
    instrument: Instrument,
    profile: Mapping[str, int | str],
    respondents: Sequence[Respondent],
    agreed: Mapping[str, object],
    minimum: int | None,
) -> str:
    """The same input gives the same seed, in whatever order the responses came."""
    everyone = sorted(as_text(asdict(respondent)) for respondent in respondents)
    content = as_text([instrument.content_hash, profile, everyone, agreed, minimum])
    return hashlib.sha256(content.encode()).hexdigest()


def as_text(content: object) -> str:
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
