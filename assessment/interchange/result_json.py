"""The result in the fixed form that `score` prints and others build on."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from assessment.method.cases import cases_of_arrangement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assessment.instrument.model import Instrument
    from assessment.method.result import (
        DimensionResult,
        GivenTogether,
        GroupResult,
        Recommendation,
        Result,
        WithheldRule,
    )

WORD_OF = {True: "true", False: "false", None: "unknown"}


@dataclass(frozen=True, slots=True)
class ResultSentences:
    """What only the reader's language can say.

    `recommendations` holds for each rule its text and its reasons; `notice` says why a round
    has no result, and is empty where it has one.
    """

    recommendations: Mapping[str, tuple[str, tuple[str, ...]]]
    notice: str = ""


def result_json(
    result: Result, instrument: Instrument, sentences: ResultSentences
) -> dict[str, Any]:
    """Scores are unrounded, texts are the edition's, sentences those that are handed in."""
    return {
        "edition": {
            "number": result.edition,
            "name": instrument.name,
            "hash": result.edition_hash,
        },
        "method": result.method,
        "dimensions": _dimensions(result.dimensions),
        "weakest": list(result.weakest),
        "overall": _overall(result),
        "verdicts": {code: found.verdict for code, found in result.verdicts.items()},
        "cases": {
            code: [{"case": case.case, "certainty": case.certainty} for case in cases]
            for code, cases in result.cases.items()
        },
        "rules": {code: WORD_OF[fired] for code, fired in result.rules.items()},
        "recommendations": [
            _recommendation(instrument, sentences, found) for found in result.recommendations
        ],
        "next_steps": [
            {"question": s.question, "from": s.start, "to": s.to, "gain": s.gain}
            for s in result.next_steps
        ],
        "robustness": {
            code: {"p05": firm.p05, "p95": firm.p95, "weakest_share": firm.weakest_share}
            for code, firm in result.robustness.items()
        },
        "groups": [_group(group) for group in result.groups],
        "gaps": [
            {
                "between": list(gap.between),
                "on": gap.on,
                "levels": gap.levels,
                "questions": list(gap.questions),
            }
            for gap in result.gaps
        ],
        "agreement": [
            {"group": a.group, "question": a.question, "ad": a.ad, "n": a.n}
            for a in result.agreement
        ],
        "arranged_like": [
            {"case": found.case, "programmes": found.programmes, "intention": found.intention}
            for found in cases_of_arrangement(instrument, result.profile)
        ],
        "agreed": list(result.agreed),
        "raw": _dimensions(result.raw) if result.raw else None,
        "withheld": [_withheld(found) for found in result.withheld],
        "patterns": [
            {"code": p.pattern, "first": p.first, "standing": p.standing} for p in result.patterns
        ],
        "packages": [
            {
                "code": found.package,
                "first": found.first,
                "lead": found.lead,
                "steps": list(found.steps),
                "when": found.timing,
                "after": list(found.after),
            }
            for found in result.packages
        ],
        "contrast": None if result.contrast is None else asdict(result.contrast),
        "advice": [{"finding": found.finding, "state": found.state} for found in result.advice],
        "together": [_together(found) for found in result.together],
        "status": result.status,
        "notice": sentences.notice or None,
    }


def _dimensions(dimensions: dict[str, DimensionResult]) -> dict[str, Any]:
    return {code: _dimension(found) for code, found in dimensions.items()}


def _dimension(found: DimensionResult) -> dict[str, Any]:
    return {
        "score": found.score,
        "low": found.low,
        "high": found.high,
        "level": found.level,
        "name": found.name,
        "limited_by": list(found.limited_by),
        "sufficient": found.sufficient,
        "standing": found.standing,
        "direction": found.direction,
        "answered": found.questions_answered,
        "asked": found.questions_asked,
        "dont_know_share": found.dont_know_share,
        "formal": found.formal,
        "practice": found.practice,
    }


def _overall(result: Result) -> dict[str, float] | None:
    overall = result.overall
    if overall is None:
        return None
    return {"score": overall.score, "low": overall.low, "high": overall.high}


def _recommendation(
    instrument: Instrument, sentences: ResultSentences, found: Recommendation
) -> dict[str, Any]:
    rule = instrument.rule[found.rule]
    text, because = sentences.recommendations[rule.code]
    return {
        "code": rule.code,
        "priority": rule.priority,
        "actor": instrument.role[rule.role].name if rule.role else rule.actor,
        "horizon": rule.horizon,
        "text": text,
        "because": list(because),
        "findings": list(rule.findings),
        "first": found.first,
        "package": found.package or None,
        "basis": found.basis,
        "rests_on": {"standing": found.standing, "answers": found.answers},
        "contained_in": found.contained_in or None,
    }


def _withheld(found: WithheldRule) -> dict[str, Any]:
    """`because` names what is read in the conditions: the other rule, or the answers."""
    names = [reason.name for reason in found.because]
    return {"rule": found.rule, "because": names or [found.suppressed_by]}


def _group(group: GroupResult) -> dict[str, Any]:
    return {
        "sector": group.sector,
        "tier": group.tier,
        "n": group.n,
        "hidden": group.hidden,
        "dimensions": _dimensions(group.dimensions),
    }


def _together(response: GivenTogether) -> dict[str, Any]:
    return {
        "sector": response.sector,
        "tier": response.tier,
        "people": response.people,
        "dimensions": _dimensions(response.dimensions),
    }
