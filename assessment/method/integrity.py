"""Whether an instrument is whole: citations, reachable rules, questions that can be answered."""

from __future__ import annotations

from itertools import chain, pairwise
from typing import TYPE_CHECKING

from assessment.method import instrument as model
from assessment.method.faults import Fault, known, repeated, unless
from assessment.method.kinds import KINDS
from assessment.method.reach import ARRANGEMENTS, circles, condition_faults, silent_dimensions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from assessment.method.instrument import Case, Dimension, Finding, Instrument, Question, Rule

__all__ = ["ARRANGEMENTS", "Fault", "cited", "faults_in"]

FINDING_REGIONS = ("ALL", "LA", "AF")
RULE_REGIONS = ("ALL", *model.REGIONS)
QUESTION_PROFILES = ("", *model.PROFILE_FIELDS, "tier", "sector")


def faults_in(instrument: Instrument) -> list[Fault]:
    """Everything that keeps the edition from being published, in the order of its parts.

    Conditions are judged once the parts they speak of are sound, and what follows from them last.
    """
    for checks in STAGES:
        if faults := [fault for found in checks for fault in found(instrument)]:
            return faults
    return []


def _scale(instrument: Instrument) -> Iterator[Fault]:
    scale = instrument.scale
    levels = len(scale.levels)
    bands = (0, *scale.bands, 100)
    yield from known("scale", "dimension", scale.guaranteed, instrument.dimension)
    yield from unless(
        "scale",
        (
            len(scale.labels) == len(scale.meanings) == levels == len(scale.bands) + 1,
            "needs a label and a meaning for each level, and a band between each two",
        ),
        (all(low < high for low, high in pairwise(bands)), "has bands that do not rise to 100"),
        (0 <= scale.cap < levels, "holds back at a level that it does not have"),
    )


def _repeated_codes(instrument: Instrument) -> Iterator[Fault]:
    parts = (
        instrument.regions,
        instrument.sources,
        instrument.findings,
        instrument.dimensions,
        instrument.questions,
        instrument.cases,
        instrument.rules,
        instrument.terms,
    )
    for part in parts:
        for code in repeated(entry.code for entry in part):
            yield Fault(code, "the code stands more than once")
    twice = set(repeated(chain.from_iterable(r.countries for r in instrument.regions)))
    for region in instrument.regions:
        for country in region.countries:
            if country in twice:
                yield Fault(region.code, f"the country {country} stands more than once")


def _findings(instrument: Instrument) -> Iterator[Fault]:
    for finding in instrument.findings:
        yield from _finding(finding, instrument)


def _finding(finding: Finding, instrument: Instrument) -> Iterator[Fault]:
    yield from known(finding.code, "source", [finding.source], instrument.source)
    yield from known(finding.code, "dimension", finding.dimensions, instrument.dimension)
    yield from known(finding.code, "kind", [finding.kind], model.FINDING_KINDS)
    yield from known(finding.code, "region", [finding.region], FINDING_REGIONS)
    yield from unless(
        finding.code,
        (bool(finding.text), "has no text"),
        (bool(finding.section), "names no section of its source"),
        (bool(finding.place), "names no place in its source"),
    )


def cited(instrument: Instrument) -> frozenset[str]:
    """The findings that a question, rule or case cites."""
    lists = [
        *(question.findings for question in instrument.questions),
        *(rule.findings for rule in instrument.rules),
        *(reading.findings for case in instrument.cases for reading in case.readings),
        *([case.finding] for case in instrument.cases),
    ]
    return frozenset(chain.from_iterable(lists))


def _uncited(instrument: Instrument) -> Iterator[Fault]:
    used = cited(instrument)
    for finding in instrument.findings:
        if finding.kind != "context" and finding.code not in used:
            yield Fault(finding.code, "no question, rule or case cites it and it is not context")
    for source in instrument.sources:
        if all(finding.source != source.code for finding in instrument.findings):
            yield Fault(source.code, "no finding comes from this source")


def _dimensions(instrument: Instrument) -> Iterator[Fault]:
    for dimension in instrument.dimensions:
        yield from _dimension(dimension, instrument)


def _dimension(dimension: Dimension, instrument: Instrument) -> Iterator[Fault]:
    levels = len(instrument.scale.levels)
    scored = [q for q in instrument.questions_of[dimension.code] if q.scored]
    yield from known(dimension.code, "finding", dimension.findings, instrument.finding)
    yield from unless(
        dimension.code,
        (
            len(dimension.advice) == levels and all(dimension.advice),
            f"needs advice for each of the {levels} levels",
        ),
        (len(scored) >= instrument.scale.minimum_questions, "has too few scored questions"),
        (bool(dimension.findings), "cites no finding"),
    )


def _questions(instrument: Instrument) -> Iterator[Fault]:
    for question in instrument.questions:
        yield from _question_tags(question, instrument)
        yield from _question_texts(question)
        yield from _question_options(question)
        yield from _question_numbers(question)


def _question_tags(question: Question, instrument: Instrument) -> Iterator[Fault]:
    code = question.code
    yield from known(code, "kind", [question.kind], KINDS)
    yield from known(code, "dimension", [question.dimension], {"", *instrument.dimension})
    yield from known(code, "profile field", [question.profile], QUESTION_PROFILES)
    yield from known(code, "aspect", [question.aspect], ("", *model.ASPECTS))
    yield from known(
        code, "indicator type", [question.indicator_type], ("", *model.INDICATOR_TYPES)
    )
    yield from known(code, "protocol cell", question.protocol_cells, model.PROTOCOL_CELLS)
    yield from known(code, "tier", question.tiers, model.TIERS)
    yield from known(code, "sector", question.sectors, model.SECTORS)
    yield from known(code, "finding", question.findings, instrument.finding)


def _question_texts(question: Question) -> Iterator[Fault]:
    inside = bool(question.dimension)
    yield from unless(
        question.code,
        (bool(question.text), "has no text"),
        (not inside or bool(question.help), "has no help"),
        (not inside or bool(question.findings), "cites no finding"),
        (not (inside and question.profile), "is both in a dimension and of the profile"),
        (bool(question.tiers or question.finance), "is seen by nobody"),
        (question.weight >= 1, "has no weight"),
        (question.scored or not question.essential, "is essential but not scored"),
        (
            question.hidden_points is None or question.shown_if is not None,
            "has points when hidden but is never hidden",
        ),
    )


def _question_options(question: Question) -> Iterator[Fault]:
    for value in repeated(option.value for option in question.options):
        yield Fault(question.code, f"option {value} stands more than once")
    points = [option.points for option in question.options]
    has_level_options = [o.value for o in question.options] == ["0", "1", "2", "3", "4"]
    yield from unless(
        question.code,
        (all(option.text for option in question.options), "has an option without text"),
        (
            question.kind != "level" or (has_level_options and points == [0, 1, 2, 3, 4]),
            "needs five levels whose points rise from 0 to 4",
        ),
        (
            question.kind not in ("multi", "choice") or len(question.options) > 1,
            "offers no choice",
        ),
        (
            question.kind != "multi"
            or [o.value for o in question.options if o.exclusive] == ["none"],
            "needs exactly one excluding option, none",
        ),
        (
            question.kind != "multi" or not question.scored or sum(points) > 0,
            "has options without points",
        ),
    )


def _question_numbers(question: Question) -> Iterator[Fault]:
    number = question.kind == "number"
    bounded = question.minimum is not None and question.maximum is not None
    yield from unless(
        question.code,
        (not number or bounded, "needs a smallest and a largest number"),
        (_rising(*(question.goalposts or ())), "has goalposts that do not rise"),
        (
            _rising(question.minimum, question.maximum),
            "has a smallest number that is not below the largest",
        ),
        (
            not (number and question.scored and question.dimension)
            or question.goalposts is not None,
            "is scored but has no goalposts",
        ),
    )


def _rising(low: int | None = None, high: int | None = None) -> bool:
    return low is None or high is None or low < high


def _cases(instrument: Instrument) -> Iterator[Fault]:
    for case in instrument.cases:
        yield from _case(case, instrument)


def _case(case: Case, instrument: Instrument) -> Iterator[Fault]:
    yield from known(case.code, "finding", [case.finding], instrument.finding)
    yield from known(case.code, "region", [case.region], model.REGIONS)
    yield from known(case.code, "arrangement", [case.arrangement], ARRANGEMENTS)
    for value in repeated(reading.dimension for reading in case.readings):
        yield Fault(case.code, f"dimension {value} is read more than once")
    for reading in case.readings:
        yield from known(case.code, "dimension", [reading.dimension], instrument.dimension)
        yield from known(case.code, "finding", reading.findings, instrument.finding)
        yield from known(case.code, "certainty", [reading.certainty], model.CERTAINTIES)
        yield from unless(
            case.code,
            (
                0 <= reading.low <= reading.high <= 4,
                f"{reading.dimension} is no interval of levels",
            ),
            (bool(reading.findings), f"the reading of {reading.dimension} cites no finding"),
            (bool(reading.text), f"the reading of {reading.dimension} has no text"),
        )


def _rules(instrument: Instrument) -> Iterator[Fault]:
    for rule in instrument.rules:
        yield from _rule(rule, instrument)


def _rule(rule: Rule, instrument: Instrument) -> Iterator[Fault]:
    yield from known(rule.code, "dimension", rule.dimensions, instrument.dimension)
    yield from known(rule.code, "finding", rule.findings, instrument.finding)
    yield from known(rule.code, "rule", filter(None, [rule.suppressed_by]), instrument.rule)
    yield from known(rule.code, "horizon", [rule.horizon], model.HORIZONS)
    yield from known(rule.code, "region", [rule.region], RULE_REGIONS)
    texts = (rule.title, rule.text, rule.actor, rule.first_step, rule.needs)
    yield from unless(
        rule.code,
        (all(texts), "lacks a title, a text, an actor, a first step or what it needs"),
        (rule.priority in (1, 2, 3), "has no priority from 1 to 3"),
        (bool(rule.findings) or not rule.dimensions, "cites no finding"),
        (bool(rule.suppressed_by) or rule.suppressed_when is None, "names no suppressing rule"),
    )


def _repeated_texts(instrument: Instrument) -> Iterator[Fault]:
    for part in (instrument.questions, instrument.findings, instrument.rules, instrument.terms):
        twice = set(repeated(entry.text for entry in part))
        for entry in part:
            if entry.text in twice:
                yield Fault(entry.code, "the same text stands under another code")


STAGES: tuple[tuple[Callable[[Instrument], Iterator[Fault]], ...], ...] = (
    (
        _repeated_codes,
        _scale,
        _findings,
        _uncited,
        _dimensions,
        _questions,
        _cases,
        _rules,
        _repeated_texts,
    ),
    (condition_faults,),
    (circles, silent_dimensions),
)
