"""Analyses of the same answers: rights, sectors, tiers, and how robust the result is."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from assessment.instrument.model import COORDINATING_SECTORS, INDICATOR_TYPES, PROTOCOL_CELLS
from assessment.instrument.model import TIERS as TIER_CODES
from assessment.method.dimensions import direction_of_level
from assessment.reports import formats
from assessment.reports.charts import Chart, range_chart
from assessment.reports.reliability import answered_of, invited_to, people_counted
from assessment.reports.seat_wording import SECTORS
from assessment.reports.sections.lines import Section, name_of, score_line
from assessment.reports.wording import CELLS, DIRECTIONS, INDICATORS, topic_words

if TYPE_CHECKING:
    from assessment.method.result import Agreement, DimensionResult, Gap, GroupResult
    from assessment.reports.report_data import ReportData

PRINCIPLES = 3
MOST_DISAGREEMENTS = 10


@dataclass(frozen=True, slots=True)
class CategoryLine:
    """`means` stand with the name of their indicator type, empty where nothing was answered.

    `direction` is which way all these answers point.
    """

    name: str
    means: tuple[tuple[str, str], ...]
    total: str
    direction: str
    questions: str


@dataclass(frozen=True, slots=True)
class Rights:
    columns: tuple[str, ...]
    categories: tuple[CategoryLine, ...]
    principles: tuple[CategoryLine, ...]

    @property
    def groups(self) -> tuple[tuple[CategoryLine, ...], ...]:
        return (self.categories, self.principles)


@dataclass(frozen=True, slots=True)
class RobustnessLine:
    name: str
    score: str
    span: str
    weakest: str


@dataclass(frozen=True, slots=True)
class RobustnessTable:
    chart: Chart
    lines: tuple[RobustnessLine, ...]
    draws: str
    spread: str


@dataclass(frozen=True, slots=True)
class GapLine:
    topic: str
    between: str
    levels: str
    large: bool


@dataclass(frozen=True, slots=True)
class GroupStanding:
    """One dimension in one group; `score` is empty where there is not enough information.

    `formal` and `practice` are empty unless both are known; `many` says that more people do not
    know than the edition takes for a finding.
    """

    score: str
    formal: str
    practice: str
    unknown: str
    many: bool


@dataclass(frozen=True, slots=True)
class GroupScores:
    """A group in all dimensions, none where it is hidden."""

    name: str
    people: str
    standings: tuple[GroupStanding, ...]


@dataclass(frozen=True, slots=True)
class AlphaLine:
    """Of one group by dimension, in the instrument's order; empty where there is none."""

    name: str
    alphas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectorComparison:
    """`alphas` are for who runs the round: they say how far people of a group agree."""

    dimensions: tuple[str, ...]
    scores: tuple[GroupScores, ...]
    gaps: tuple[GapLine, ...]
    tier_gaps: tuple[GapLine, ...]
    agreement: tuple[GapLine, ...]
    alphas: tuple[AlphaLine, ...]
    unknown_share: str


def rights(report: ReportData) -> Section:
    lines = tuple(_category_line(report, cell) for cell in PROTOCOL_CELLS)
    content = Rights(
        columns=tuple(str(INDICATORS[kind]) for kind in INDICATOR_TYPES),
        categories=lines[:-PRINCIPLES],
        principles=lines[-PRINCIPLES:],
    )
    return Section("rights", _("Through the lens of rights"), "report/_rights.html", content)


def _category_line(report: ReportData, cell: str) -> CategoryLine:
    scored = [
        (question, item.score)
        for question in report.instrument.questions
        if cell in question.protocol_cells
        and (item := report.item(question)) is not None
        and item.score is not None
        and item.status == "answered"
    ]
    return CategoryLine(
        name=str(CELLS[cell]),
        means=tuple(
            (
                str(INDICATORS[kind]),
                mean_text([score for question, score in scored if question.indicator_type == kind]),
            )
            for kind in INDICATOR_TYPES
        ),
        total=mean_text([score for _question, score in scored]),
        direction=_direction(report, [score for _question, score in scored]),
        questions=", ".join(question.code for question, _score in scored),
    )


def mean_text(scores: list[float]) -> str:
    return formats.number(float(_mean(scores))) if scores else ""


def _mean(scores: list[float]) -> Fraction:
    return sum((Fraction(repr(score)) for score in scores), Fraction(0)) / len(scores)


def _direction(report: ReportData, scores: list[float]) -> str:
    """By the bands of the edition, as that of a subject; empty where nothing was answered."""
    if not scores:
        return ""
    scale = report.instrument.scale
    level = sum(_mean(scores) >= band for band in scale.bands)
    return str(DIRECTIONS[direction_of_level(scale, level)])


def robustness(report: ReportData) -> Section | None:
    found = report.result.robustness
    if not found:
        return None
    scale = report.instrument.scale
    content = RobustnessTable(
        chart=range_chart(report),
        lines=tuple(
            RobustnessLine(
                name=name_of(report, report.result.dimensions[code]),
                score=formats.score(report.result.dimensions[code].score or 0, scale.bands),
                span=_("{low} to {high}").format(
                    low=formats.number(spread.p05), high=formats.number(spread.p95)
                ),
                weakest=formats.percent(spread.weakest_share),
            )
            for code, spread in found.items()
        ),
        draws=formats.number(scale.draws),
        spread=formats.percent(float(scale.weight_spread)),
    )
    return Section("robustness", _("How firm this result is"), "report/_robustness.html", content)


def sectors(report: ReportData) -> Section | None:
    if not report.several:
        return None
    result, scale = report.result, report.instrument.scale
    content = SectorComparison(
        dimensions=tuple(dimension.short for dimension in report.instrument.dimensions),
        scores=tuple(_scores(report, group) for group in result.groups),
        gaps=tuple(_gaps(report, COORDINATING_SECTORS)),
        tier_gaps=tuple(_gaps(report, (TIER_CODES[0], TIER_CODES[-1]))),
        agreement=tuple(
            GapLine(
                topic=topic_words(report.instrument, found.question),
                between=group_name_of(report, found.group),
                levels=formats.number(found.ad, 1),
                large=True,
            )
            for found in widest(result.agreement, scale.no_common_view)
        ),
        alphas=tuple(_alphas(report)) if report.facilitated else (),
        unknown_share=formats.percent(float(scale.unknown_share)),
    )
    return Section("sides", _("Where the sides differ"), "report/_sides.html", content)


def _alphas(report: ReportData) -> list[AlphaLine]:
    found = {(one.group, one.dimension): one.alpha for one in report.result.alphas}
    return [
        AlphaLine(
            group_name_of(report, group),
            tuple(
                formats.number(found[group, one.code], 2) if (group, one.code) in found else ""
                for one in report.instrument.dimensions
            ),
        )
        for group in dict.fromkeys(group for group, _dimension in found)
    ]


def widest(agreement: tuple[Agreement, ...], limit: Fraction) -> list[Agreement]:
    """The questions that divide a group most, at most ten."""
    divided = [found for found in agreement if found.ad > limit]
    return sorted(divided, key=lambda found: -found.ad)[:MOST_DISAGREEMENTS]


def _scores(report: ReportData, group: GroupResult) -> GroupScores:
    standings = tuple(_standing(report, found) for found in group.dimensions.values())
    people = answered_of(
        people_counted(report, group), invited_to(report, group.sector, group.tier)
    )
    return GroupScores(group_name(report, group), people, standings)


def _standing(report: ReportData, found: DimensionResult) -> GroupStanding:
    line, share = score_line(report, found), found.dont_know_share or 0
    both = found.formal is not None and found.practice is not None
    return GroupStanding(
        score=line.score,
        formal=formats.number(found.formal or 0) if both else "",
        practice=formats.number(found.practice or 0) if both else "",
        unknown="" if found.dont_know_share is None else formats.percent(share),
        many=share > report.instrument.scale.unknown_share,
    )


def group_name(report: ReportData, group: GroupResult) -> str:
    return report.seat_words(group.sector, group.tier) or _("Everybody")


def group_name_of(report: ReportData, group: str) -> str:
    """The name of a cell written as sector/tier."""
    sector, _slash, tier = group.partition("/")
    return report.seat_words(sector, tier)


def _gaps(report: ReportData, between: tuple[str, ...]) -> list[GapLine]:
    return [
        GapLine(
            topic=topic_words(report.instrument, gap.on),
            between=_higher(report, gap),
            levels=formats.number(abs(gap.levels), 1),
            large=report.instrument.scale.is_gap(gap.levels),
        )
        for gap in report.result.gaps
        if gap.between == between and gap.on in report.instrument.dimension
    ]


def _higher(report: ReportData, gap: Gap) -> str:
    """Who sees it higher; where the gap is shown as nothing, neither does."""
    if not formats.rounded(gap.levels, 1):
        return _("Both alike")
    names = {**SECTORS, **report.tiers}
    return str(names[gap.between[0] if gap.levels > 0 else gap.between[1]])
