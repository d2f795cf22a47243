"""Whether an instrument is whole: citations, reachable rules, questions that can be answered."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from assessment.instrument import model
from assessment.instrument.issues import Issue, Where, issues_unless
from assessment.instrument.kinds.registry import KINDS
from assessment.instrument.thresholds import number_issues, scale_issues, weight_issues
from assessment.instrument.validation.advice import advice_faults, circles
from assessment.instrument.validation.answerable import (
    country_codes,
    nothing_asked,
    points_faults,
    profile_faults,
)
from assessment.instrument.validation.audience import groups_asked_nothing
from assessment.instrument.validation.codes import codes_alike, unusable_codes
from assessment.instrument.validation.conditions import (
    ARRANGEMENTS,
    condition_faults,
    cyclic_conditions,
    dimensions_without_rule,
    unknown_names,
)
from assessment.instrument.validation.references import (
    PARTS,
    empty_fields,
    finding_regions,
    repeated,
    unknown_references,
)
from assessment.instrument.validation.texts import (
    empty_texts,
    odd_characters,
    placeholder_faults,
    unusable_addresses,
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
    )

QUESTION_PROFILES = ("", *model.PROFILE_FIELDS, "tier", "sector")


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
    at, scale = Where("scale", "scale"), instrument.scale
    for fault in unknown_references(at, "guaranteed", scale.guaranteed, instrument.dimension):
        # A draft keeps its scale as it is, also when a dimension leaves it.
        yield replace(fault, blocks_saving=False)
    yield from scale_issues(scale)


def _repeated_codes(instrument: Instrument) -> Iterator[Issue]:
    for kind in PARTS:
        for code in repeated(entry.code for entry in getattr(instrument, kind)):
            yield Where(kind, code).blocking_issue("code", "repeated_code")
    twice = set(repeated(chain.from_iterable(r.countries for r in instrument.regions)))
    for region in instrument.regions:
        for country in region.countries:
            if country in twice:
                at = Where("regions", region.code)
                yield at.issue("countries", "repeated_country", value=country)


def _findings(instrument: Instrument) -> Iterator[Issue]:
    for finding in instrument.findings:
        yield from _finding(finding, instrument)


def _finding(finding: Finding, instrument: Instrument) -> Iterator[Issue]:
    at = Where("findings", finding.code)
    for field, used, allowed in (
        ("source", [finding.source], instrument.source),
        ("dimensions", finding.dimensions, instrument.dimension),
        ("kind", [finding.kind], model.FINDING_CATEGORIES),
        ("region", [finding.region], finding_regions(instrument)),
    ):
        yield from unknown_references(at, field, used, allowed)
    yield from empty_fields(at, finding, "text", "section", "place")


def cited_findings(instrument: Instrument) -> frozenset[str]:
    """The findings that a question, rule, pattern or case cites."""
    lists = [
        *(question.findings for question in instrument.questions),
        *(rule.findings for rule in instrument.rules),
        *(pattern.findings for pattern in instrument.patterns),
        *(reading.findings for case in instrument.cases for reading in case.readings),
        *([case.finding] for case in instrument.cases),
    ]
    return frozenset(chain.from_iterable(lists))


def _uncited(instrument: Instrument) -> Iterator[Issue]:
    used = cited_findings(instrument)
    for finding in instrument.findings:
        if finding.kind != "context" and finding.code not in used:
            yield Where("findings", finding.code).issue("code", "uncited_finding")
    for source in instrument.sources:
        if all(finding.source != source.code for finding in instrument.findings):
            yield Where("sources", source.code).issue("code", "unused_source")


def _dimensions(instrument: Instrument) -> Iterator[Issue]:
    for dimension in instrument.dimensions:
        yield from _dimension(dimension, instrument)


def _dimension(dimension: Dimension, instrument: Instrument) -> Iterator[Issue]:
    at = Where("dimensions", dimension.code)
    levels, minimum = len(instrument.scale.levels), instrument.scale.minimum_questions
    scored = [q for q in instrument.questions_of[dimension.code] if q.scored]
    advised = len(dimension.advice) == levels and all(dimension.advice)
    yield from unknown_references(at, "findings", dimension.findings, instrument.finding)
    yield from issues_unless(
        (advised, at.issue("advice", "advice_incomplete", levels=levels)),
        (len(scored) >= minimum, at.issue("code", "too_few_questions", minimum=minimum)),
    )
    yield from empty_fields(at, dimension, "findings")


def _questions(instrument: Instrument) -> Iterator[Issue]:
    for question in instrument.questions:
        yield from _question_tags(question, instrument)
        yield from _question_texts(question)
        yield from _question_options(question)
        yield from weight_issues(question)
        yield from number_issues(question)


def _question_tags(question: Question, instrument: Instrument) -> Iterator[Issue]:
    at = Where("questions", question.code)
    for field, used, allowed in (
        ("kind", [question.kind], KINDS),
        ("dimension", [question.dimension], ("", *instrument.dimension)),
        ("profile", [question.profile], QUESTION_PROFILES),
        ("aspect", [question.aspect], ("", *model.ASPECTS)),
        ("indicator_type", [question.indicator_type], ("", *model.INDICATOR_TYPES)),
        ("protocol_cells", question.protocol_cells, model.PROTOCOL_CELLS),
        ("tiers", question.tiers, model.TIERS),
        ("sectors", question.sectors, model.SECTORS),
        ("findings", question.findings, instrument.finding),
    ):
        yield from unknown_references(at, field, used, allowed)


def _question_texts(question: Question) -> Iterator[Issue]:
    at = Where("questions", question.code)
    inside = bool(question.dimension)
    yield from empty_fields(at, question, "text", *(("help", "findings") if inside else ()))
    yield from issues_unless(
        (not (inside and question.profile), at.issue("profile", "dimension_and_profile")),
        (bool(question.tiers or question.finance), at.issue("tiers", "asked_of_nobody")),
        (
            question.scored or not question.essential,
            at.issue("essential", "essential_unscored"),
        ),
        (
            question.hidden_points is None or question.shown_if is not None,
            at.issue("hidden_points", "never_hidden"),
        ),
    )


def _question_options(question: Question) -> Iterator[Issue]:
    at = Where("questions", question.code)
    for value in repeated(option.value for option in question.options):
        yield at.blocking_issue(f"options/{value}/value", "repeated_option", option=value)
    wordless = [option for option in question.options if not option.text]
    bare = [option for option in question.options if option.text.strip() == option.value]
    yield from issues_unless(
        (not wordless, at.issue(_first_text(wordless), "option_without_text")),
        (not bare, at.issue(_first_text(bare), "option_without_words")),
    )
    if question.kind in KINDS:
        kind = KINDS[question.kind]
        counts = question.scored and bool(question.dimension)
        yield from issues_unless((kind.scored or not counts, at.issue("scored", "kind_unscored")))
        yield from kind.validate(question)


def _first_text(options: list[Option]) -> str:
    return f"options/{options[0].value}/text" if options else ""


def _cases(instrument: Instrument) -> Iterator[Issue]:
    for case in instrument.cases:
        yield from _case(case, instrument)


def _case(case: Case, instrument: Instrument) -> Iterator[Issue]:
    at = Where("cases", case.code)
    regional = finding_regions(instrument)[1:]
    yield from unknown_references(at, "finding", [case.finding], instrument.finding)
    yield from unknown_references(at, "region", [case.region], regional)
    yield from unknown_references(at, "arrangement", [case.arrangement], ARRANGEMENTS)
    yield from unknown_references(at, "intention", [case.intention], model.INTENTIONS)
    for name in repeated(reading.dimension for reading in case.readings):
        field = f"readings/{name}/dimension"
        yield at.blocking_issue(field, "repeated_reading", dimension=name)
    for reading in case.readings:
        yield from _reading(at, reading, instrument)


def _reading(at: Where, reading: CaseReading, instrument: Instrument) -> Iterator[Issue]:
    name = reading.dimension
    here = f"readings/{name}"
    for field, used, allowed in (
        ("dimension", [name], instrument.dimension),
        ("findings", reading.findings, instrument.finding),
        ("certainty", [reading.certainty], model.CERTAINTIES),
    ):
        yield from unknown_references(at, f"{here}/{field}", used, allowed)
    if not 0 <= reading.low <= reading.high <= 4:
        yield at.blocking_issue(f"{here}/low", "reading_levels", dimension=name)
    yield from issues_unless(
        (
            bool(reading.findings),
            at.issue(f"{here}/findings", "reading_without_findings", dimension=name),
        ),
        (bool(reading.text), at.issue(f"{here}/text", "reading_without_text", dimension=name)),
    )


def _repeated_texts(instrument: Instrument) -> Iterator[Issue]:
    for kind in ("questions", "findings", "rules", "terms"):
        entries = getattr(instrument, kind)
        twice = set(repeated(entry.text for entry in entries))
        for entry in entries:
            if entry.text in twice:
                yield Where(kind, entry.code).issue("text", "repeated_text")


PHASES: tuple[tuple[Callable[[Instrument], Iterator[Issue]], ...], ...] = (
    (
        _repeated_codes,
        unusable_codes,
        codes_alike,
        nothing_asked,
        _scale,
        _findings,
        _uncited,
        _dimensions,
        _questions,
        _cases,
        advice_faults,
        _repeated_texts,
        profile_faults,
        country_codes,
        points_faults,
        odd_characters,
        unusable_addresses,
        empty_texts,
        placeholder_faults,
        groups_asked_nothing,
    ),
    (condition_faults,),
    (cyclic_conditions, circles, dimensions_without_rule),
)
