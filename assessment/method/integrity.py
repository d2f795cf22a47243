"""Whether an instrument is whole: citations, reachable rules, questions that can be answered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, product
from typing import TYPE_CHECKING

from assessment.method import instrument as model
from assessment.method.conditions import ANSWER_FAMILIES, check, evaluate, names
from assessment.method.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assessment.method.conditions import Condition, Fact
    from assessment.method.instrument import Case, Dimension, Finding, Instrument, Question, Rule

ARRANGEMENTS = (
    "coincident",
    "complementary_same",
    "complementary_different",
    "integrated_strategy",
    "single",
)
FINDING_REGIONS = ("ALL", "LA", "AF")
RULE_REGIONS = ("ALL", *model.REGIONS)
QUESTION_PROFILES = ("", *model.PROFILE_FIELDS, "tier", "sector")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with the object of this code."""

    code: str
    message: str


def faults_in(instrument: Instrument) -> list[Fault]:
    """Everything that keeps the edition from being published, in the order of its parts."""
    checks = (
        _repeated_codes,
        _findings,
        _uncited,
        _dimensions,
        _questions,
        _cases,
        _rules,
        _circles,
        _silent_dimensions,
        _repeated_texts,
    )
    return [fault for found in checks for fault in found(instrument)]


def _unless(code: str, *demands: tuple[bool, str]) -> Iterator[Fault]:
    return (Fault(code, message) for met, message in demands if not met)


def _known(code: str, what: str, used: Iterable[str], known: Iterable[str]) -> Iterator[Fault]:
    return (Fault(code, f"{what} {name} is not known") for name in used if name not in known)


def _repeated(values: Iterable[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]


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
        for code in _repeated(entry.code for entry in part):
            yield Fault(code, "the code stands more than once")
    for country in _repeated(chain.from_iterable(r.countries for r in instrument.regions)):
        yield Fault(country, "the country stands in more than one region")


def _findings(instrument: Instrument) -> Iterator[Fault]:
    for finding in instrument.findings:
        yield from _finding(finding, instrument)


def _finding(finding: Finding, instrument: Instrument) -> Iterator[Fault]:
    yield from _known(finding.code, "source", [finding.source], instrument.source)
    yield from _known(finding.code, "dimension", finding.dimensions, instrument.dimension)
    yield from _known(finding.code, "kind", [finding.kind], model.FINDING_KINDS)
    yield from _known(finding.code, "region", [finding.region], FINDING_REGIONS)
    yield from _unless(
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
    yield from _known("scale", "dimension", instrument.scale.guaranteed, instrument.dimension)


def _dimension(dimension: Dimension, instrument: Instrument) -> Iterator[Fault]:
    levels = len(instrument.scale.levels)
    scored = [q for q in instrument.questions_of[dimension.code] if q.scored]
    yield from _known(dimension.code, "finding", dimension.findings, instrument.finding)
    yield from _unless(
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
        if question.shown_if is not None:
            for message in check(question.shown_if, instrument, families=ANSWER_FAMILIES):
                yield Fault(question.code, f"shown_if: {message}")


def _question_tags(question: Question, instrument: Instrument) -> Iterator[Fault]:
    code = question.code
    yield from _known(code, "kind", [question.kind], KINDS)
    yield from _known(code, "dimension", [question.dimension], {"", *instrument.dimension})
    yield from _known(code, "profile field", [question.profile], QUESTION_PROFILES)
    yield from _known(code, "aspect", [question.aspect], ("", *model.ASPECTS))
    yield from _known(
        code, "indicator type", [question.indicator_type], ("", *model.INDICATOR_TYPES)
    )
    yield from _known(code, "protocol cell", question.protocol_cells, model.PROTOCOL_CELLS)
    yield from _known(code, "tier", question.tiers, model.TIERS)
    yield from _known(code, "sector", question.sectors, model.SECTORS)
    yield from _known(code, "finding", question.findings, instrument.finding)


def _question_texts(question: Question) -> Iterator[Fault]:
    inside = bool(question.dimension)
    yield from _unless(
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
    for value in _repeated(option.value for option in question.options):
        yield Fault(question.code, f"option {value} stands more than once")
    points = [option.points for option in question.options]
    has_level_options = [o.value for o in question.options] == ["0", "1", "2", "3", "4"]
    yield from _unless(
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
    low, high = question.goalposts or (0, 1)
    bounded = question.minimum is not None and question.maximum is not None
    yield from _unless(
        question.code,
        (not number or bounded, "needs a smallest and a largest number"),
        (low < high, "has goalposts that do not rise"),
        (
            not (number and question.scored and question.dimension)
            or question.goalposts is not None,
            "is scored but has no goalposts",
        ),
    )


def _checked(
    code: str, place: str, condition: Condition | None, instrument: Instrument
) -> Iterator[Fault]:
    if condition is not None:
        for message in check(condition, instrument):
            yield Fault(code, f"{place}: {message}")


def _cases(instrument: Instrument) -> Iterator[Fault]:
    for case in instrument.cases:
        yield from _case(case, instrument)


def _case(case: Case, instrument: Instrument) -> Iterator[Fault]:
    yield from _known(case.code, "finding", [case.finding], instrument.finding)
    yield from _known(case.code, "region", [case.region], model.REGIONS)
    yield from _known(case.code, "arrangement", [case.arrangement], ARRANGEMENTS)
    for value in _repeated(reading.dimension for reading in case.readings):
        yield Fault(case.code, f"dimension {value} is read more than once")
    for reading in case.readings:
        yield from _known(case.code, "dimension", [reading.dimension], instrument.dimension)
        yield from _known(case.code, "finding", reading.findings, instrument.finding)
        yield from _known(case.code, "certainty", [reading.certainty], model.CERTAINTIES)
        yield from _unless(
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
        yield from _rule_conditions(rule, instrument)


def _rule(rule: Rule, instrument: Instrument) -> Iterator[Fault]:
    yield from _known(rule.code, "dimension", rule.dimensions, instrument.dimension)
    yield from _known(rule.code, "finding", rule.findings, instrument.finding)
    yield from _known(rule.code, "rule", filter(None, [rule.suppressed_by]), instrument.rule)
    yield from _known(rule.code, "horizon", [rule.horizon], model.HORIZONS)
    yield from _known(rule.code, "region", [rule.region], RULE_REGIONS)
    texts = (rule.title, rule.text, rule.actor, rule.first_step, rule.needs)
    yield from _unless(
        rule.code,
        (all(texts), "lacks a title, a text, an actor, a first step or what it needs"),
        (rule.priority in (1, 2, 3), "has no priority from 1 to 3"),
        (bool(rule.findings) or not rule.dimensions, "cites no finding"),
        (bool(rule.suppressed_by) or rule.suppressed_when is None, "names no suppressing rule"),
    )


def _rule_conditions(rule: Rule, instrument: Instrument) -> Iterator[Fault]:
    yield from _checked(rule.code, "when", rule.when, instrument)
    yield from _checked(rule.code, "when_case", rule.when_case, instrument)
    yield from _checked(rule.code, "suppressed_when", rule.suppressed_when, instrument)
    for variant in rule.variants:
        yield from _checked(rule.code, "variant", variant.when, instrument)


def asks(question: Question) -> frozenset[str]:
    """The codes of the questions whose answers decide whether this one is shown."""
    if question.shown_if is None:
        return frozenset()
    used = (name.split(".") for name in names(question.shown_if))
    return frozenset(parts[1] for parts in used if parts[0] in ("answer", "points"))


def _circles(instrument: Instrument) -> Iterator[Fault]:
    for question in instrument.questions:
        reached: set[str] = set()
        ahead = set(asks(question))
        while ahead:
            code = ahead.pop()
            reached.add(code)
            asked = instrument.question.get(code)
            ahead |= (asks(asked) if asked else frozenset()) - reached
        if question.code in reached:
            yield Fault(question.code, "shown_if leads back to the question itself")


def _silent_dimensions(instrument: Instrument) -> Iterator[Fault]:
    """Every dimension has advice when it is low, in every region."""
    for dimension, region in product(instrument.dimensions, model.REGIONS):
        if not any(_fires_on_low(rule, dimension.code, region) for rule in instrument.rules):
            yield Fault(dimension.code, f"no rule fires when its level is low in region {region}")


def _fires_on_low(rule: Rule, dimension: str, region: str) -> bool:
    for arrangement in ARRANGEMENTS:
        programmes = 1 if arrangement == "single" else 2
        facts: dict[str, Fact] = {
            f"level.{dimension}": Fraction(0),
            "profile.region": region,
            "profile.arrangement": arrangement,
            "profile.programmes": Fraction(programmes),
        }
        if f"level.{dimension}" in names(rule.when) and evaluate(rule.when, facts):
            return True
    return False


def _repeated_texts(instrument: Instrument) -> Iterator[Fault]:
    for part in (instrument.questions, instrument.findings, instrument.rules, instrument.terms):
        repeated = set(_repeated(entry.text for entry in part))
        for entry in part:
            if entry.text in repeated:
                yield Fault(entry.code, "the same text stands under another code")
