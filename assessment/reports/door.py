"""What `score` prints: the result as JSON in the form that others build on, or as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from assessment.method.cases import alike
from assessment.reports import numbers
from assessment.reports.sections.recommendations import wording_of
from assessment.reports.wording import HORIZONS, because_words, too_few_words

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument
    from assessment.method.result import DimensionResult, GroupResult, Recommendation, Result
    from assessment.reports.reading import Reading

WORD_OF = {True: "true", False: "false", None: "unknown"}


def door_json(reading: Reading) -> dict[str, Any]:
    """The fixed form; scores are unrounded, texts are the edition's."""
    result = reading.result
    return {
        "edition": {
            "number": result.edition,
            "name": reading.instrument.name,
            "hash": result.edition_hash,
        },
        "method": result.method,
        "dimensions": dimensions_json(result.dimensions),
        "weakest": list(result.weakest),
        "overall": overall_json(result),
        "verdicts": {code: found.verdict for code, found in result.verdicts.items()},
        "cases": {
            code: [{"case": case.case, "certainty": case.certainty} for case in cases]
            for code, cases in result.cases.items()
        },
        "rules": {code: WORD_OF[fired] for code, fired in result.rules.items()},
        "recommendations": [
            recommendation_json(reading, found) for found in result.recommendations
        ],
        "next_steps": [
            {"question": s.question, "from": s.start, "to": s.to, "gain": s.gain}
            for s in result.next_steps
        ],
        "robustness": {
            code: {"p05": firm.p05, "p95": firm.p95, "weakest_share": firm.weakest_share}
            for code, firm in result.robustness.items()
        },
        "groups": [group_json(group) for group in result.groups],
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
            for found in alike(reading.instrument, result.profile)
        ],
        "agreed": list(result.agreed),
        "raw": dimensions_json(result.raw) if result.raw else None,
        "status": result.status,
        "notice": too_few_words(reading) or None,
    }


def dimensions_json(dimensions: dict[str, DimensionResult]) -> dict[str, Any]:
    return {code: dimension_json(found) for code, found in dimensions.items()}


def dimension_json(found: DimensionResult) -> dict[str, Any]:
    return {
        "score": found.score,
        "low": found.low,
        "high": found.high,
        "level": found.level,
        "name": found.name,
        "limited_by": list(found.limited_by),
        "sufficient": found.sufficient,
        "dont_know_share": found.dont_know_share,
        "formal": found.formal,
        "practice": found.practice,
    }


def overall_json(result: Result) -> dict[str, float] | None:
    overall = result.overall
    if overall is None:
        return None
    return {"score": overall.score, "low": overall.low, "high": overall.high}


def recommendation_json(reading: Reading, found: Recommendation) -> dict[str, Any]:
    rule = reading.instrument.rule[found.rule]
    text, _first_step, _needs = wording_of(reading, rule, found)
    return {
        "code": rule.code,
        "priority": rule.priority,
        "actor": rule.actor,
        "horizon": rule.horizon,
        "text": text,
        "because": list(because_words(reading, found.because)),
        "findings": list(rule.findings),
        "first": found.first,
    }


def group_json(group: GroupResult) -> dict[str, Any]:
    return {
        "sector": group.sector,
        "tier": group.tier,
        "n": group.n,
        "hidden": group.hidden,
        "dimensions": dimensions_json(group.dimensions),
    }


def door_text(reading: Reading) -> str:
    """The result for a terminal: dimensions, weakest, what to do first; or why there is none."""
    if reading.too_few:
        return too_few_words(reading)
    bank = reading.instrument
    lines = [_line(reading, found) for found in reading.result.dimensions.values()]
    lines += ["", _("Weakest: {names}").format(names=_names(bank, reading.result.weakest))]
    lines += ["", _("What to do first:")]
    for found in reading.result.recommendations:
        if found.first:
            rule = bank.rule[found.rule]
            horizon = str(HORIZONS[rule.horizon])
            lines.append(f"{rule.code}  {rule.title} ({rule.actor}; {horizon})")
    return "\n".join(lines)


def _line(reading: Reading, found: DimensionResult) -> str:
    name = reading.instrument.dimension[found.dimension].name
    if found.score is None or found.level is None:
        return f"{found.dimension}  {name}: " + _("not enough information")
    score = numbers.score(found.score, reading.instrument.scale.bands)
    limits = _(", limited by {codes}").format(codes=", ".join(found.limited_by))
    label = reading.label(found.level)
    return f"{found.dimension}  {name}: {label}, {score}" + (limits if found.limited_by else "")


def _names(bank: Instrument, codes: tuple[str, ...]) -> str:
    return ", ".join(bank.dimension[code].name for code in codes) or _("none")
