"""The result of each dimension: score, limits, answers with next steps, findings, cases."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from assessment.instrument.answers import DONT_KNOW
from assessment.instrument.kinds import KINDS
from assessment.method.result import FEW
from assessment.reports import formats
from assessment.reports.charts import Chart, pair_chart
from assessment.reports.sections.front import case_name
from assessment.reports.sections.lines import (
    AnswerLine,
    FindingLine,
    ScoreLine,
    Section,
    answer_line,
    finding_line,
    score_line,
)
from assessment.reports.wording import CERTAINTIES, VERDICTS

if TYPE_CHECKING:
    from assessment.instrument.model import CaseReading, Dimension, Question
    from assessment.method.result import DimensionResult, NextStep
    from assessment.reports.report_data import Reading

ASKED = frozenset({"answered", DONT_KNOW, "unanswered", FEW})


@dataclass(frozen=True, slots=True)
class VerdictLine:
    finding: FindingLine
    verdict: str
    slug: str
    questions: str


@dataclass(frozen=True, slots=True)
class CaseLine:
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
    """`limits` are the essential questions that are low or open; `binding`: they hold the level."""

    slug: str
    line: ScoreLine
    topics: str
    advice: str
    asked: bool
    answered: str
    limits: tuple[AnswerLine, ...]
    binding: bool
    cap: str
    formal: str
    practice: str
    answers: tuple[AnswerLine, ...]
    verdicts: tuple[VerdictLine, ...]
    cases: tuple[CaseLine, ...]


@dataclass(frozen=True, slots=True)
class Dimensions:
    chart: Chart | None
    pairs: tuple[PairLine, ...]
    pages: tuple[DimensionPage, ...]
    steps: tuple[AnswerLine, ...]


def dimensions(reading: Reading) -> Section:
    paired = [d for d in reading.sufficient if d.formal is not None and d.practice is not None]
    content = Dimensions(
        chart=pair_chart(reading, paired) if paired else None,
        pairs=tuple(_pair(reading, found) for found in paired),
        pages=tuple(_page(reading, d) for d in reading.instrument.dimensions),
        steps=tuple(_weakest_steps(reading)),
    )
    parts = tuple((page.slug, page.line.name) for page in content.pages)
    return Section(
        "dimensions", _("Results by dimension"), "report/_dimensions.html", content, parts
    )


def _pair(reading: Reading, found: DimensionResult) -> PairLine:
    name = reading.instrument.dimension[found.dimension].name
    return PairLine(name, _mean(found.formal), _mean(found.practice))


def _mean(value: float | None) -> str:
    return "" if value is None else formats.number(value)


def _page(reading: Reading, dimension: Dimension) -> DimensionPage:
    found = reading.result.dimensions[dimension.code]
    questions = reading.instrument.questions_of[dimension.code]
    level = found.level
    return DimensionPage(
        slug=f"dimension-{dimension.code.lower()}",
        line=score_line(reading, found),
        topics="; ".join(dimension.sub_dimensions),
        advice="" if level is None else dimension.advice[level],
        asked=found.asked,
        answered=_answered(reading, questions),
        limits=tuple(
            answer_line(reading, reading.instrument.question[code]) for code in found.limited_by
        ),
        binding=found.capped and found.sufficient,
        cap=reading.label(reading.instrument.scale.cap),
        formal=_mean(found.formal) if found.sufficient else "",
        practice=_mean(found.practice) if found.sufficient else "",
        answers=_answers(reading, questions),
        verdicts=tuple(_verdicts(reading, dimension)),
        cases=tuple(_cases(reading, dimension.code)) if found.sufficient else (),
    )


def _answered(reading: Reading, questions: tuple[Question, ...]) -> str:
    """How many of the questions that were shown have an answer."""
    items = [reading.result.items.get(q.code) for q in questions if KINDS[q.kind].scored]
    standing = [i.status for i in items if i and i.status in ASKED]
    count, few = standing.count("answered"), standing.count(FEW)
    told = {"count": formats.number(count), "shown": formats.number(len(standing))}
    if few:
        return _(
            "{count} of {shown} questions of this dimension were answered by enough people."
        ).format(**told)
    if not count:
        return _("None of the questions of this dimension was answered.")
    return _("{count} of {shown} questions of this dimension were answered.").format(**told)


def _answers(reading: Reading, questions: tuple[Question, ...]) -> tuple[AnswerLine, ...]:
    steps = {step.question: step for step in reading.result.next_steps}
    return tuple(with_step(reading, question, steps.get(question.code)) for question in questions)


def with_step(reading: Reading, question: Question, step: NextStep | None) -> AnswerLine:
    line = answer_line(reading, question)
    if step is None:
        return line
    return replace(
        line,
        next_step=" ".join(KINDS[question.kind].words(question, step.to)),
        gain=_("+{points} points").format(points=formats.number(step.gain, 1)),
    )


def _weakest_steps(reading: Reading) -> list[AnswerLine]:
    """The steps that lift the weakest dimensions most, at most five."""
    weakest = reading.result.weakest
    steps = [step for step in reading.result.next_steps if step.dimension in weakest][:5]
    return [with_step(reading, reading.instrument.question[s.question], s) for s in steps]


def _verdicts(reading: Reading, dimension: Dimension) -> list[VerdictLine]:
    lines = []
    for code, found in reading.result.verdicts.items():
        if dimension.code in reading.instrument.finding[code].dimensions:
            lines.append(
                VerdictLine(
                    finding=finding_line(reading, code),
                    verdict=str(VERDICTS[found.verdict]),
                    slug=found.verdict.replace("_", "-"),
                    questions=", ".join(found.questions),
                )
            )
    return lines


def _cases(reading: Reading, dimension: str) -> list[CaseLine]:
    return [
        _case(reading, company.case, company.certainty, dimension)
        for company in reading.result.cases.get(dimension, ())
    ]


def _case(reading: Reading, code: str, certainty: str, dimension: str) -> CaseLine:
    cell = next(r for r in reading.instrument.case[code].readings if r.dimension == dimension)
    return CaseLine(
        name=case_name(reading, code),
        text=cell.text,
        certainty=str(CERTAINTIES[certainty]),
        levels=_levels(reading, cell),
    )


def _levels(reading: Reading, cell: CaseReading) -> str:
    if cell.low == cell.high:
        return reading.label(cell.low)
    return _("{low} to {high}").format(low=reading.label(cell.low), high=reading.label(cell.high))
