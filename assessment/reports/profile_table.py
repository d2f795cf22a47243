"""The profile as a table: a row a subject, its words beside its picture, so that it needs no other.

A row reflows on a narrow screen, can be linked, and is tagged in the PDF.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.instrument.model import COORDINATING_SECTORS
from assessment.reports import formats
from assessment.reports.charts import Band, bands_of
from assessment.reports.marks import Mark, mark
from assessment.reports.profile_picture import bar_marks, brackets_of, height_of, profile_marks
from assessment.reports.reliability import round_reliability, unknown_share
from assessment.reports.wording import INDICATIONS

if TYPE_CHECKING:
    from assessment.method.result import DimensionResult
    from assessment.reports.report_data import ReportData

APART = (15.2, 11.2, 7.8, 4.6, 0)
"""By level the distance between the centres of two rings of radius 6."""
DASHED = {"stroke_dasharray": "2.2 1.8"}


@dataclass(frozen=True, slots=True)
class Picture:
    """`title` says what it shows, for those who do not see it."""

    title: str
    height: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One level on the axis: its name over its band, with the rings that stand for it."""

    band: Band
    rings: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """`picture` is None where nothing was asked; `standing` is one word for the style sheet."""

    code: str
    slug: str
    name: str
    short: str
    value: str
    detail: str
    standing: str
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class PairBar:
    """What is agreed on paper, or what is practised, of one subject."""

    name: str
    value: str
    picture: Picture


@dataclass(frozen=True, slots=True)
class SubjectStand:
    """One subject on its own page: its row, the axis below it, the sign of its level.

    `rings` is empty where nothing is known, `pair` unless both rules and practice were asked about.
    """

    row: ProfileRow
    steps: tuple[Step, ...]
    rings: tuple[Mark, ...]
    pair: tuple[PairBar, ...]
    reliability: str = ""


@dataclass(frozen=True, slots=True)
class ProfileTable:
    """`summary` is one sentence on what it shows, `countries` what the cases' letters mean.

    Scores less than `equal` apart are not ranked. `reliability` is what all of them rest on, in a
    round of several, which has little room on paper: both sides stand there too.
    """

    steps: tuple[Step, ...]
    rows: tuple[ProfileRow, ...]
    summary: str
    countries: str
    equal: str
    reliability: str


def profile_table(report: ReportData) -> ProfileTable:
    """In a round without the cases: the sides are its company, and each subject has them."""
    return ProfileTable(
        steps=steps_of(report),
        rows=tuple(
            _row(report, found, cases=not report.several)
            for found in report.result.dimensions.values()
        ),
        summary=_summary(report),
        countries="" if report.several else _countries(report),
        equal=formats.number(report.instrument.scale.equal_points),
        reliability=round_reliability(report) if report.several else "",
    )


def steps_of(report: ReportData) -> tuple[Step, ...]:
    """The axis: its levels from left to right."""
    return tuple(Step(band, rings(at)) for at, band in enumerate(bands_of(report)))


def stand_of(report: ReportData, code: str) -> SubjectStand:
    found = report.result.dimensions[code]
    row = _row(report, found)
    rests_on = round_reliability(report) if report.several else ""
    rings_here = standing_rings(found)
    return SubjectStand(row, steps_of(report), rings_here, _pair(report, found), rests_on)


def _pair(report: ReportData, found: DimensionResult) -> tuple[PairBar, ...]:
    if not found.settled or found.formal is None or found.practice is None:
        return ()
    bars = ((_("On paper"), "formal", found.formal), (_("Practised"), "practice", found.practice))
    return tuple(_pair_bar(report, found, *bar) for bar in bars)


def _pair_bar(
    report: ReportData, found: DimensionResult, name: str, aspect: str, mean: float
) -> PairBar:
    value = formats.number(mean)
    marks = bar_marks(f"{found.dimension}-{aspect}", mean, report.instrument.scale.bands)
    title = _("{name}: {score} of 100").format(name=name, score=value)
    return PairBar(name, value, Picture(title, height_of(()), marks))


def standing_rings(found: DimensionResult) -> tuple[Mark, ...]:
    """The sign of the level, broken for an indication, none where nothing is known."""
    if found.settled and found.level is not None:
        return rings(found.level)
    return INDICATION_RINGS if found.indicative else ()


def rings(level: int) -> tuple[Mark, ...]:
    """Two rings: apart, touching, overlapping, nearly one, one."""
    apart = APART[level] / 2
    fill = "ink" if not apart else "none"
    return tuple(
        mark("circle", cx=15 + at, cy=8, r=6, fill=fill, stroke="ink", stroke_width=1.7)
        for at in ((-apart, apart) if apart else (0,))
    )


INDICATION_RINGS = tuple(
    mark("circle", cx=x, cy=8, r=6, fill="none", stroke="ink", stroke_width=1.6, **DASHED)
    for x in (11, 19)
)
"""Of a direction without a level: no step of the five, and broken like its bar."""


def subject_slug(code: str) -> str:
    return f"dimension-{code.lower()}"


def _row(report: ReportData, found: DimensionResult, *, cases: bool = True) -> ProfileRow:
    value, detail = value_words(report, found), detail_words(report, found)
    name = report.instrument.dimension[found.dimension].name
    brackets = brackets_of(report.instrument, found.dimension) if cases else ()
    marks = profile_marks(found, report.instrument.scale.bands, brackets)
    picture = Picture(
        title=_("{subject}: {value}; {detail}").format(subject=name, value=value, detail=detail),
        height=height_of(brackets),
        marks=marks,
    )
    return ProfileRow(
        code=found.dimension,
        slug=subject_slug(found.dimension),
        name=name,
        short=report.instrument.dimension[found.dimension].short,
        value=value,
        detail=detail,
        standing=found.standing.replace("_", "-") or "open",
        picture=picture if marks else None,
    )


def value_words(report: ReportData, found: DimensionResult) -> str:
    """The level and the score, or what stands in their place."""
    if found.settled and found.score is not None and found.level is not None:
        score = formats.score(found.score, report.instrument.scale.bands)
        return _("{level} {score}").format(level=report.label(found.level), score=score)
    if found.indicative:
        return str(INDICATIONS[found.direction or ""])
    return _("Open") if found.asked else _("Not asked")


def detail_words(report: ReportData, found: DimensionResult) -> str:
    """Where the score could lie, how many questions are answered.

    In a round also who does not know, and, because its score is that of nobody then, how far apart
    the sides are.
    """
    parts = [_span_words(report, found, answered_words(found))]
    if report.several:
        parts = [_sides_apart(report, found), *parts, unknown_share(found)]
    return " · ".join(part for part in parts if part)


def _sides_apart(report: ReportData, found: DimensionResult) -> str:
    """Nothing where their gap is not one, or may not be shown."""
    gap = report.result.gap(COORDINATING_SECTORS, found.dimension)
    if gap is None or not report.instrument.scale.is_gap(gap.levels):
        return ""
    levels = abs(gap.levels)
    words = ngettext(
        "sides {levels} level apart", "sides {levels} levels apart", formats.counted(levels, 1)
    )
    return words.format(levels=formats.number(levels, 1))


def _span_words(report: ReportData, found: DimensionResult, answered: str) -> str:
    if not found.settled or found.low is None or found.high is None or found.low == found.high:
        return answered
    bands = report.instrument.scale.bands
    span = _("{low} to {high}").format(
        low=formats.score(found.low, bands), high=formats.score(found.high, bands)
    )
    if found.questions_answered is None or found.questions_asked is None:
        return span
    return _("{span} · {answered} of {asked}").format(
        span=span,
        answered=formats.number(found.questions_answered),
        asked=formats.number(found.questions_asked),
    )


def answered_words(found: DimensionResult) -> str:
    """Nothing in results of before, which do not tell."""
    answered, asked = found.questions_answered, found.questions_asked
    if answered is None or asked is None:
        return ""
    if not asked:
        return _("no question applies")
    if answered == asked:
        words = ngettext("the one question answered", "all {asked} answered", asked)
    else:
        words = _("{answered} of {asked} answered")
    return words.format(answered=formats.number(answered), asked=formats.number(asked))


def _summary(report: ReportData) -> str:
    """How many subjects stand how, in one sentence."""
    found = report.result.dimensions.values()
    settled = [d for d in found if d.settled]
    low = sum(1 for d in found if d.direction == "low")
    high = sum(1 for d in found if d.direction == "high")
    return _(
        "{settled} of {all} subjects have a level. Of all {all}, {high} stand or point high, {low} "
        "low, {rest} neither."
    ).format(
        settled=formats.number(len(settled)),
        all=formats.number(len(found)),
        high=formats.number(high),
        low=formats.number(low),
        rest=formats.number(len(found) - high - low),
    )


def _countries(report: ReportData) -> str:
    codes = dict.fromkeys(case.country for case in report.instrument.cases if case.readings)
    names = [(formats.country_name(code), code) for code in codes]
    names.sort(key=lambda one: formats.sort_key(one[0]))
    return ", ".join(f"{name} ({code})" for name, code in names)
