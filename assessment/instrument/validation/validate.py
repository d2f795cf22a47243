"""Whether an instrument is whole: citations, reachable rules, questions that can be answered."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from assessment.instrument import model
from assessment.instrument.kinds.registry import KINDS
from assessment.instrument.validation.audience import groups_asked_nothing
from assessment.instrument.validation.conditions import (
    ARRANGEMENTS,
    condition_faults,
    cyclic_conditions,
    dimensions_without_rule,
    mutual_suppression,
    unknown_names,
)
from assessment.instrument.validation.issues import (
    Issue,
    empty_field,
    issues_unless,
    repeated,
    unknown_references,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from assessment.instrument.model import (
        Case,
        CaseReading,
        Dimension,
        Finding,
        Instrument,
        Option,
        Question,
        Rule,
    )

WEIGHTS = range(1, 11)
QUESTION_PROFILES = ("", *model.PROFILE_FIELDS, "tier", "sector")
UNCITED = "No question, rule or case cites this finding. Cite it, or set its kind to “context”."
BOTH_PLACES = "Only one of the fields “Dimension” and “Profile field” can be filled in."
ASKED_OF_NOBODY = "Nobody sees it: tick a tier, or “Shown to finance and planning”."
WEIGHT_OUT_OF_RANGE = f"The field “Weight” must be from {WEIGHTS[0]} to {WEIGHTS[-1]}."
ESSENTIAL_UNSCORED = (
    "Only a scored question can be essential: tick “Scored”, or take the tick from “Essential”."
)
KIND_UNSCORED = "Its kind gives no points: take the tick from “Scored”, or choose another kind."
NEVER_HIDDEN = "The field “Points when hidden” is filled in, but “Shown if” is empty."
OPTION_WITHOUT_WORDS = "An option says only its value: describe what can be seen there."
CONDITION_WITHOUT_RULE = (
    "The field “Suppressed only when” is filled in, but “Suppressed by rule” is empty."
)


SCALE_WORDS = (
    "In “Scale and thresholds”, “labels” and “meanings” need a text for each level, and “bands” "
    "a number between each two levels."
)
SCALE_BANDS = "In “Scale and thresholds”, “bands” must rise, from above 0 to below 100."
SCALE_CAP = "In “Scale and thresholds”, “cap” must be one of the levels, counted from 0."


def finding_regions(instrument: Instrument) -> tuple[str, ...]:
    """What a finding or rule may speak of: everywhere, or a region of this edition."""
    return ("ALL", *(region.code for region in instrument.regions))


def issues_in(instrument: Instrument) -> list[Issue]:
    """Everything that keeps the edition from being published, in the order of its parts.

    Conditions are judged once the parts they speak of are sound, and what follows from them last.
    """
    for checks in PHASES:
        if faults := [fault for found in checks for fault in found(instrument)]:
            return faults
    return []


def blocking_issues(instrument: Instrument) -> list[Issue]:
    """What keeps a bank from being stored even as an unfinished draft."""
    found = [fault for check in PHASES[0] for fault in check(instrument) if fault.blocks_saving]
    return [*found, *unknown_names(instrument)]


def _scale(instrument: Instrument) -> Iterator[Issue]:
    scale = instrument.scale
    levels = len(scale.levels)
    bands = (0, *scale.bands, 100)
    guaranteed = "Scale and thresholds: guaranteed"
    for fault in unknown_references(
        "scale", "guaranteed", guaranteed, scale.guaranteed, instrument.dimension
    ):
        # A draft keeps its scale as it is, also when a dimension leaves it.
        yield replace(fault, blocks_saving=False)
    yield from issues_unless(
        "scale",
        (
            len(scale.labels) == len(scale.meanings) == levels == len(scale.bands) + 1
            and all((*scale.labels, *scale.meanings)),
            "labels",
            SCALE_WORDS,
        ),
        (all(low < high for low, high in pairwise(bands)), "bands", SCALE_BANDS),
        (0 <= scale.cap < levels, "cap", SCALE_CAP),
    )


def _repeated_codes(instrument: Instrument) -> Iterator[Issue]:
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
            yield Issue(code, "This code stands more than once.", "code", blocks_saving=True)
    twice = set(repeated(chain.from_iterable(r.countries for r in instrument.regions)))
    for region in instrument.regions:
        for country in region.countries:
            if country in twice:
                message = f"The field “Countries” says {country}, which stands more than once."
                yield Issue(region.code, message, "countries")


def _findings(instrument: Instrument) -> Iterator[Issue]:
    for finding in instrument.findings:
        yield from _finding(finding, instrument)


def _finding(finding: Finding, instrument: Instrument) -> Iterator[Issue]:
    code = finding.code
    yield from unknown_references(code, "source", "Source", [finding.source], instrument.source)
    yield from unknown_references(
        code, "dimensions", "Dimensions", finding.dimensions, instrument.dimension
    )
    yield from unknown_references(code, "kind", "Kind", [finding.kind], model.FINDING_CATEGORIES)
    yield from unknown_references(
        code, "region", "Region", [finding.region], finding_regions(instrument)
    )
    yield from issues_unless(
        code,
        (bool(finding.text), "text", empty_field("Text")),
        (bool(finding.section), "section", empty_field("Section")),
        (bool(finding.place), "place", empty_field("Place")),
    )


def cited_findings(instrument: Instrument) -> frozenset[str]:
    """The findings that a question, rule or case cites."""
    lists = [
        *(question.findings for question in instrument.questions),
        *(rule.findings for rule in instrument.rules),
        *(reading.findings for case in instrument.cases for reading in case.readings),
        *([case.finding] for case in instrument.cases),
    ]
    return frozenset(chain.from_iterable(lists))


def _uncited(instrument: Instrument) -> Iterator[Issue]:
    used = cited_findings(instrument)
    for finding in instrument.findings:
        if finding.kind != "context" and finding.code not in used:
            yield Issue(finding.code, UNCITED, "code")
    for source in instrument.sources:
        if all(finding.source != source.code for finding in instrument.findings):
            yield Issue(source.code, "No finding comes from this source.", "code")


def _dimensions(instrument: Instrument) -> Iterator[Issue]:
    for dimension in instrument.dimensions:
        yield from _dimension(dimension, instrument)


def _dimension(dimension: Dimension, instrument: Instrument) -> Iterator[Issue]:
    levels = len(instrument.scale.levels)
    scored = [q for q in instrument.questions_of[dimension.code] if q.scored]
    yield from unknown_references(
        dimension.code, "findings", "Findings", dimension.findings, instrument.finding
    )
    yield from issues_unless(
        dimension.code,
        (
            len(dimension.advice) == levels and all(dimension.advice),
            "advice",
            f"The field “Advice for each level” needs {levels} lines, one for each level.",
        ),
        (
            len(scored) >= instrument.scale.minimum_questions,
            "code",
            f"It needs at least {instrument.scale.minimum_questions} scored questions.",
        ),
        (bool(dimension.findings), "findings", empty_field("Findings")),
    )


def _questions(instrument: Instrument) -> Iterator[Issue]:
    for question in instrument.questions:
        yield from _question_tags(question, instrument)
        yield from _question_texts(question)
        yield from _question_options(question)
        yield from _question_numbers(question)


def _question_tags(question: Question, instrument: Instrument) -> Iterator[Issue]:
    code = question.code
    dimensions, indicator_types = ("", *instrument.dimension), ("", *model.INDICATOR_TYPES)
    for place, label, used, allowed in (
        ("kind", "Kind", [question.kind], KINDS),
        ("dimension", "Dimension", [question.dimension], dimensions),
        ("profile", "Profile field", [question.profile], QUESTION_PROFILES),
        ("aspect", "Aspect", [question.aspect], ("", *model.ASPECTS)),
        ("indicator_type", "Indicator type", [question.indicator_type], indicator_types),
        ("protocol_cells", "Protocol cells", question.protocol_cells, model.PROTOCOL_CELLS),
        ("tiers", "Tiers", question.tiers, model.TIERS),
        ("sectors", "Only for sectors", question.sectors, model.SECTORS),
        ("findings", "Findings", question.findings, instrument.finding),
    ):
        yield from unknown_references(code, place, label, used, allowed)


def _question_texts(question: Question) -> Iterator[Issue]:
    inside = bool(question.dimension)
    yield from issues_unless(
        question.code,
        (bool(question.text), "text", empty_field("Question")),
        (not inside or bool(question.help), "help", empty_field("Help")),
        (not inside or bool(question.findings), "findings", empty_field("Findings")),
        (not (inside and question.profile), "profile", BOTH_PLACES),
        (bool(question.tiers or question.finance), "tiers", ASKED_OF_NOBODY),
        (question.weight in WEIGHTS, "weight", WEIGHT_OUT_OF_RANGE),
        (question.scored or not question.essential, "essential", ESSENTIAL_UNSCORED),
        (
            question.hidden_points is None or question.shown_if is not None,
            "hidden_points",
            NEVER_HIDDEN,
        ),
    )


def _question_options(question: Question) -> Iterator[Issue]:
    for value in repeated(option.value for option in question.options):
        message = f"The option {value} stands more than once."
        yield Issue(question.code, message, f"options/{value}/value", blocks_saving=True)
    wordless = [option for option in question.options if not option.text]
    bare = [option for option in question.options if option.text.strip() == option.value]
    yield from issues_unless(
        question.code,
        (not wordless, _first_text(wordless), "An option has no text."),
        (not bare, _first_text(bare), OPTION_WITHOUT_WORDS),
    )
    if question.kind in KINDS:
        kind = KINDS[question.kind]
        counts = question.scored and bool(question.dimension)
        yield from issues_unless(
            question.code, (kind.scored or not counts, "scored", KIND_UNSCORED)
        )
        yield from kind.validate(question)


def _first_text(options: list[Option]) -> str:
    return f"options/{options[0].value}/text" if options else ""


def _question_numbers(question: Question) -> Iterator[Issue]:
    yield from issues_unless(
        question.code,
        (
            _rising(*(question.goalposts or ())),
            "goalposts",
            "In the field “Goalposts” the second number must be the larger one.",
        ),
        (
            _rising(question.minimum, question.maximum),
            "minimum",
            "The field “Smallest number” must be below “Largest number”.",
        ),
    )


def _rising(low: int | None = None, high: int | None = None) -> bool:
    return low is None or high is None or low < high


def _cases(instrument: Instrument) -> Iterator[Issue]:
    for case in instrument.cases:
        yield from _case(case, instrument)


def _case(case: Case, instrument: Instrument) -> Iterator[Issue]:
    regional = finding_regions(instrument)[1:]
    yield from unknown_references(
        case.code, "finding", "Finding", [case.finding], instrument.finding
    )
    yield from unknown_references(case.code, "region", "Region", [case.region], regional)
    yield from unknown_references(
        case.code, "arrangement", "Arrangement", [case.arrangement], ARRANGEMENTS
    )
    for value in repeated(reading.dimension for reading in case.readings):
        message = f"Two readings speak of the dimension {value}."
        yield Issue(case.code, message, f"readings/{value}/dimension", blocks_saving=True)
    for reading in case.readings:
        yield from _reading(case.code, reading, instrument)


def _reading(code: str, reading: CaseReading, instrument: Instrument) -> Iterator[Issue]:
    name = reading.dimension
    here = f"readings/{name}"
    for place, label, used, allowed in (
        ("dimension", "Reading: dimension", [name], instrument.dimension),
        ("findings", "Reading: findings", reading.findings, instrument.finding),
        ("certainty", "Reading: certainty", [reading.certainty], model.CERTAINTIES),
    ):
        yield from unknown_references(code, f"{here}/{place}", label, used, allowed)
    if not 0 <= reading.low <= reading.high <= 4:
        message = f"The reading of {name} needs levels from 0 to 4, the lowest first."
        yield Issue(code, message, f"{here}/low", blocks_saving=True)
    yield from issues_unless(
        code,
        (bool(reading.findings), f"{here}/findings", f"The reading of {name} has no findings."),
        (bool(reading.text), f"{here}/text", f"The reading of {name} has no text."),
    )


def _rules(instrument: Instrument) -> Iterator[Issue]:
    for rule in instrument.rules:
        yield from _rule(rule, instrument)


def _rule(rule: Rule, instrument: Instrument) -> Iterator[Issue]:
    code, suppressing = rule.code, filter(None, [rule.suppressed_by])
    for place, label, used, allowed in (
        ("dimensions", "Main and other dimensions", rule.dimensions, instrument.dimension),
        ("findings", "Findings", rule.findings, instrument.finding),
        ("suppressed_by", "Suppressed by rule", suppressing, instrument.rule),
        ("horizon", "Horizon", [rule.horizon], model.HORIZONS),
        ("region", "Region", [rule.region], finding_regions(instrument)),
    ):
        yield from unknown_references(code, place, label, used, allowed)
    yield from issues_unless(
        code,
        (bool(rule.title), "title", empty_field("Title")),
        (bool(rule.text), "text", empty_field("What to do")),
        (bool(rule.actor), "actor", empty_field("Who acts")),
        (bool(rule.first_step), "first_step", empty_field("First step within 30 days")),
        (bool(rule.needs), "needs", empty_field("What it needs")),
        (rule.priority in (1, 2, 3), "priority", "The field “Priority” must be 1, 2 or 3."),
        (bool(rule.findings) or not rule.dimensions, "findings", empty_field("Findings")),
        (
            bool(rule.suppressed_by) or rule.suppressed_when is None,
            "suppressed_by",
            CONDITION_WITHOUT_RULE,
        ),
    )


def _repeated_texts(instrument: Instrument) -> Iterator[Issue]:
    for part in (instrument.questions, instrument.findings, instrument.rules, instrument.terms):
        twice = set(repeated(entry.text for entry in part))
        for entry in part:
            if entry.text in twice:
                yield Issue(entry.code, "The same text stands under another code.", "text")


PHASES: tuple[tuple[Callable[[Instrument], Iterator[Issue]], ...], ...] = (
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
        groups_asked_nothing,
    ),
    (condition_faults,),
    (cyclic_conditions, mutual_suppression, dimensions_without_rule),
)
