"""The result of each dimension: score, limits, answers in short, steps, findings, cases."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from assessment.instrument.answers import DONT_KNOW
from assessment.instrument.kinds.registry import scored_kind_of
from assessment.method.advice import reference_of_step
from assessment.method.next_steps import written_step
from assessment.method.result import SUPPRESSED
from assessment.reports import formats
from assessment.reports.charts import Chart, pair_chart
from assessment.reports.plan_wording import planned_advice
from assessment.reports.profile_table import subject_slug
from assessment.reports.sections.findings import SeenFindings, seen_here
from assessment.reports.sections.lines import ScoreLine, Section, case_name, score_line
from assessment.reports.sections.own_words import note_beside
from assessment.reports.sections.recommendations import first_sentence
from assessment.reports.short_answer import place_words, short_answer
from assessment.reports.wording import CERTAINTIES, STATUSES

if TYPE_CHECKING:
    from assessment.instrument.model import CaseReading, Question
    from assessment.method.result import DimensionResult, NextStep
    from assessment.reports.plan_wording import PlanEntry
    from assessment.reports.report_data import ReportData

MOST_STEPS = 2
ASKED_STATUSES = frozenset({"answered", DONT_KNOW, "unanswered", SUPPRESSED})


@dataclass(frozen=True, slots=True)
class ShortLine:
    """An answer in few words with its place among the steps; its whole text stands in the annexes.

    `open` tells that there is none; `note` is the beginning of what was written beside it.
    """

    code: str
    question: str
    words: str
    place: str
    open: bool
    agreed: bool
    note: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """`advice` is its key in the plan, `planned` the line of the plan that was taken from it."""

    text: str
    advice: str
    planned: PlanEntry | None


@dataclass(frozen=True, slots=True)
class CaseLine:
    """`text` is empty where the case before it is told in the same words."""

    name: str
    text: str
    certainty: str
    levels: str


@dataclass(frozen=True, slots=True)
class PairLine:
    name: str
    formal: str
    practice: str


@dataclass(frozen=True, slots=True)
class DimensionPage:
    """`limits` are the essential questions that are low or open; `binding`: they hold the level.

    `meaning` is what a level says in general; what usually helps at it stands in the annexes.
    `answers` are what was said; what was asked and left open is named in `unanswered`. `cases` are
    those `at_level`, else the nearest above or below.
    """

    slug: str
    line: ScoreLine
    topics: str
    meaning: str
    asked: bool
    answered: str
    indicative: bool
    limits: tuple[ShortLine, ...]
    binding: bool
    cap: str
    formal: str
    practice: str
    answers: tuple[ShortLine, ...]
    unanswered: tuple[str, ...]
    steps: tuple[StepLine, ...]
    seen: SeenFindings
    cases: tuple[CaseLine, ...]
    at_level: bool


@dataclass(frozen=True, slots=True)
class Dimensions:
    pages: tuple[DimensionPage, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """Of the subjects that were asked about both what is agreed on paper and what is practised."""

    chart: Chart
    pairs: tuple[PairLine, ...]


def dimensions(report: ReportData) -> Section:
    pages = tuple(subject_page(report, d.code) for d in report.instrument.dimensions)
    parts = tuple((page.slug, page.line.name) for page in pages)
    title = _("Results by subject")
    return Section("dimensions", title, "report/_dimensions.html", Dimensions(pages), parts)


def compared(report: ReportData) -> Section | None:
    """What is agreed on paper beside what is practised; nothing where no subject has both."""
    paired = [d for d in report.settled if d.formal is not None and d.practice is not None]
    if not paired:
        return None
    lines = tuple(_pair(report, found) for found in paired)
    content = Compared(pair_chart(report, paired), lines)
    return Section("compared", _("On paper and in practice"), "report/_compared.html", content)


def _pair(report: ReportData, found: DimensionResult) -> PairLine:
    name = report.instrument.dimension[found.dimension].name
    return PairLine(name, _mean(found.formal), _mean(found.practice))


def _mean(value: float | None) -> str:
    return "" if value is None else formats.number(value)


def subject_page(report: ReportData, code: str) -> DimensionPage:
    dimension = report.instrument.dimension[code]
    found = report.result.dimensions[code]
    questions = report.instrument.questions_of[dimension.code]
    level = found.level
    return DimensionPage(
        slug=subject_slug(code),
        line=score_line(report, found),
        topics=formats.semicolon().join(dimension.sub_dimensions),
        meaning="" if level is None else first_sentence(dimension.advice[level]),
        asked=found.asked,
        answered=_answered(report, questions),
        indicative=found.indicative,
        limits=tuple(
            short_line(report, report.instrument.question[code]) for code in found.limited_by
        ),
        binding=found.capped and found.settled,
        cap=report.label(report.instrument.scale.cap),
        formal=_mean(found.formal) if found.settled else "",
        practice=_mean(found.practice) if found.settled else "",
        answers=tuple(short_line(report, q) for q in questions if has_answer(report, q)),
        unanswered=tuple(q.short or q.text for q in questions if is_unanswered(report, q)),
        steps=_steps(report, dimension.code),
        seen=seen_here(report, dimension.code),
        cases=tuple(_cases(report, dimension.code) or _nearest_cases(report, found)),
        at_level=bool(report.result.cases.get(dimension.code)),
    )


def _answered(report: ReportData, questions: tuple[Question, ...]) -> str:
    """How many of the questions that were shown and count have an answer, as in the profile."""
    items = [report.result.items.get(q.code) for q in questions if scored_kind_of(q)]
    statuses = [i.status for i in items if i and i.status in ASKED_STATUSES]
    count, few = statuses.count("answered"), statuses.count(SUPPRESSED)
    values = {"count": formats.number(count), "shown": formats.number(len(statuses))}
    if few:
        return _("{count} of {shown} answered by enough people.").format(**values)
    if not count and (unknown := statuses.count("dont_know")):
        return _("No question was answered; {unknown} of {shown} with “I do not know”.").format(
            unknown=formats.number(unknown), **values
        )
    if not count:
        return _("No question was answered.")
    return _("{count} of {shown} questions answered.").format(**values)


def has_answer(report: ReportData, question: Question) -> bool:
    """Not knowing is one, and so is what too few people said."""
    item = report.item(question)
    return item is not None and item.status in ASKED_STATUSES - {"unanswered"}


def is_unanswered(report: ReportData, question: Question) -> bool:
    item = report.item(question)
    return item is not None and item.status == "unanswered" and scored_kind_of(question) is not None


def short_line(report: ReportData, question: Question) -> ShortLine:
    item = report.item(question)
    words = short_answer(question, item) if item else ""
    status = item.status if item else "unanswered"
    return ShortLine(
        code=question.code,
        question=question.short or question.text,
        words=words or str(STATUSES.get(status, STATUSES["unanswered"])),
        place=place_words(question, item) if item else "",
        open=not words,
        agreed=item is not None and item.agreed,
        note=note_beside(report, question.code),
    )


def _steps(report: ReportData, dimension: str) -> tuple[StepLine, ...]:
    """What to do first on this subject: the written steps that lift its score most."""
    found = (step for step in report.result.next_steps if step.dimension == dimension)
    lines = (_step(report, step) for step in found)
    return tuple(line for line in lines if line.text)[:MOST_STEPS]


def _step(report: ReportData, step: NextStep) -> StepLine:
    advice = reference_of_step(report.instrument, step)
    text = written_step(report.instrument.question[step.question], advice.wording)
    return StepLine(text, advice.key, planned_advice(report).get(advice.key))


def _cases(report: ReportData, dimension: str) -> list[CaseLine]:
    lines: list[CaseLine] = []
    for case in report.result.cases.get(dimension, ()):
        line = _case(report, case.case, case.certainty, dimension)
        told = any(line.text == before.text for before in lines)
        lines.append(replace(line, text="") if told else line)
    return lines


def _nearest_cases(report: ReportData, found: DimensionResult) -> list[CaseLine]:
    """Where no case stands at this level, those just above or below it."""
    level = found.level
    if level is None:
        return []
    away = [
        (max(reading.low - level, level - reading.high), case.code, reading.certainty)
        for case in report.instrument.cases
        for reading in case.readings
        if reading.dimension == found.dimension
    ]
    nearest = min((distance for distance, _case, _certainty in away), default=0)
    return [
        _case(report, code, certainty, found.dimension)
        for distance, code, certainty in away
        if distance == nearest
    ]


def _case(report: ReportData, code: str, certainty: str, dimension: str) -> CaseLine:
    cell = next(r for r in report.instrument.case[code].readings if r.dimension == dimension)
    return CaseLine(
        name=case_name(report, code),
        text=cell.text,
        certainty=str(CERTAINTIES[certainty]),
        levels=_levels(report, cell),
    )


def _levels(report: ReportData, cell: CaseReading) -> str:
    if cell.low == cell.high:
        return report.label(cell.low)
    return _("{low} to {high}").format(low=report.label(cell.low), high=report.label(cell.high))
