"""The result of each dimension: score, limits, answers in short, steps, findings, cases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from assessment.instrument.answers import DONT_KNOW
from assessment.instrument.kinds.registry import kind_of
from assessment.method.result import SUPPRESSED
from assessment.reports import formats
from assessment.reports.charts import Chart, pair_chart
from assessment.reports.sections.findings import SeenFindings, seen_here
from assessment.reports.sections.lines import ScoreLine, Section, case_name, score_line
from assessment.reports.short_answer import place_words, short_answer
from assessment.reports.wording import CERTAINTIES, STATUSES

if TYPE_CHECKING:
    from assessment.instrument.model import CaseReading, Dimension, Question
    from assessment.method.result import DimensionResult, NextStep
    from assessment.reports.report_data import ReportData

MOST_STEPS = 2
LONGEST_NOTE = 200
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
    """`limits` are the essential questions that are low or open; `binding`: they hold the level.

    `answers` are what was said; what was asked and left open is named in `unanswered`.
    """

    slug: str
    line: ScoreLine
    topics: str
    advice: str
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
    steps: tuple[str, ...]
    seen: SeenFindings
    cases: tuple[CaseLine, ...]
    any_cases: bool


@dataclass(frozen=True, slots=True)
class Dimensions:
    chart: Chart | None
    pairs: tuple[PairLine, ...]
    pages: tuple[DimensionPage, ...]


def dimensions(report: ReportData) -> Section:
    paired = [d for d in report.settled if d.formal is not None and d.practice is not None]
    content = Dimensions(
        chart=pair_chart(report, paired) if paired else None,
        pairs=tuple(_pair(report, found) for found in paired),
        pages=tuple(_page(report, d) for d in report.instrument.dimensions),
    )
    parts = tuple((page.slug, page.line.name) for page in content.pages)
    return Section(
        "dimensions", _("Results by dimension"), "report/_dimensions.html", content, parts
    )


def _pair(report: ReportData, found: DimensionResult) -> PairLine:
    name = report.instrument.dimension[found.dimension].name
    return PairLine(name, _mean(found.formal), _mean(found.practice))


def _mean(value: float | None) -> str:
    return "" if value is None else formats.number(value)


def _page(report: ReportData, dimension: Dimension) -> DimensionPage:
    found = report.result.dimensions[dimension.code]
    questions = report.instrument.questions_of[dimension.code]
    level = found.level
    return DimensionPage(
        slug=f"dimension-{dimension.code.lower()}",
        line=score_line(report, found),
        topics="; ".join(dimension.sub_dimensions),
        advice="" if level is None else dimension.advice[level],
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
        cases=tuple(_cases(report, dimension.code)) if found.settled else (),
        any_cases=bool(report.instrument.cases),
    )


def _answered(report: ReportData, questions: tuple[Question, ...]) -> str:
    """How many of the questions that were shown have an answer."""
    items = [report.result.items.get(q.code) for q in questions if kind_of(q).scored]
    statuses = [i.status for i in items if i and i.status in ASKED_STATUSES]
    count, few = statuses.count("answered"), statuses.count(SUPPRESSED)
    values = {"count": formats.number(count), "shown": formats.number(len(statuses))}
    if few:
        return _(
            "{count} of {shown} questions of this dimension were answered by enough people."
        ).format(**values)
    if not count:
        return _("None of the questions of this dimension was answered.")
    return _("{count} of {shown} questions of this dimension were answered.").format(**values)


def has_answer(report: ReportData, question: Question) -> bool:
    """Not knowing is one, and so is what too few people said."""
    item = report.item(question)
    return item is not None and item.status in ASKED_STATUSES - {"unanswered"}


def is_unanswered(report: ReportData, question: Question) -> bool:
    item = report.item(question)
    return item is not None and item.status == "unanswered" and kind_of(question).scored


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
        note=shorten_note(report.notes.get(question.code, "")),
    )


def shorten_note(note: str) -> str:
    words = " ".join(note.split())
    return words if len(words) <= LONGEST_NOTE else words[: LONGEST_NOTE - 1].rstrip() + "…"


def _steps(report: ReportData, dimension: str) -> tuple[str, ...]:
    """What to do first on this subject: the written steps that lift its score most."""
    low = report.instrument.scale.low_level
    texts = (
        written_step(report.instrument.question[step.question], step, low)
        for step in report.result.next_steps
        if step.dimension == dimension
    )
    return tuple(text for text in texts if text)[:MOST_STEPS]


def written_step(question: Question, step: NextStep, low_level: int) -> str:
    """Empty in an edition that has none."""
    option = question.option(step.option) if step.option else None
    if option is not None:
        return option.step
    is_low = step.start < low_level + 1 or not kind_of(question).has_levels
    return question.step_low if is_low else question.step_high


def _cases(report: ReportData, dimension: str) -> list[CaseLine]:
    return [
        _case(report, case.case, case.certainty, dimension)
        for case in report.result.cases.get(dimension, ())
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
