"""The profile as a table: a row a subject, its words beside its picture, so that it needs no other.

A row reflows on a narrow screen, can be linked, and is tagged in the PDF.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.reports import formats
from assessment.reports.charts import Band, bands_of
from assessment.reports.marks import Mark, mark
from assessment.reports.profile_picture import brackets_of, height_of, profile_marks
from assessment.reports.wording import INDICATIONS

if TYPE_CHECKING:
    from assessment.method.result import DimensionResult
    from assessment.reports.report_data import ReportData

APART = (15.2, 11.2, 7.8, 4.6, 0)
"""By level the distance between the centres of two rings of radius 6."""


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

    slug: str
    name: str
    value: str
    detail: str
    standing: str
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class ProfileTable:
    """`summary` is one sentence on what it shows, `countries` what the cases' letters mean."""

    steps: tuple[Step, ...]
    rows: tuple[ProfileRow, ...]
    summary: str
    countries: str


def profile_table(report: ReportData) -> ProfileTable:
    bands = bands_of(report)
    return ProfileTable(
        steps=tuple(Step(band, rings(at)) for at, band in enumerate(bands)),
        rows=tuple(_row(report, found) for found in report.result.dimensions.values()),
        summary=_summary(report),
        countries=_countries(report),
    )


def rings(level: int) -> tuple[Mark, ...]:
    """Two rings: apart, touching, overlapping, nearly one, one."""
    apart = APART[level] / 2
    fill = "ink" if not apart else "none"
    return tuple(
        mark("circle", cx=15 + at, cy=8, r=6, fill=fill, stroke="ink", stroke_width=1.7)
        for at in ((-apart, apart) if apart else (0,))
    )


def subject_slug(code: str) -> str:
    return f"dimension-{code.lower()}"


def _row(report: ReportData, found: DimensionResult) -> ProfileRow:
    value, detail = value_words(report, found), detail_words(report, found)
    name = report.instrument.dimension[found.dimension].name
    brackets = brackets_of(report.instrument, found.dimension)
    marks = profile_marks(found, report.instrument.scale.bands, brackets)
    picture = Picture(
        title=_("{subject}: {value}; {detail}").format(subject=name, value=value, detail=detail),
        height=height_of(brackets),
        marks=marks,
    )
    return ProfileRow(
        slug=subject_slug(found.dimension),
        name=name,
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
    """Where the score could lie, and how many questions are answered."""
    answered = answered_words(found)
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
        "{settled} of {all} subjects have a level; {high} stand or point high, {low} low."
    ).format(
        settled=formats.number(len(settled)),
        all=formats.number(len(report.result.dimensions)),
        high=formats.number(high),
        low=formats.number(low),
    )


def _countries(report: ReportData) -> str:
    codes = dict.fromkeys(case.country for case in report.instrument.cases if case.readings)
    names = ((formats.country_name(code), code) for code in codes)
    return ", ".join(f"{name} ({code})" for name, code in sorted(names))
