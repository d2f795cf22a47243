"""The first pages: cover, summary on one page, how to read, the profile of the scheme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.instrument.answers import DONT_KNOW
from assessment.method.cases import cases_of_arrangement
from assessment.method.result import SUPPRESSED
from assessment.reports import formats
from assessment.reports.charts import Chart, profile_chart
from assessment.reports.sections.lines import ScoreLine, Section, case_name, name_of, score_line
from assessment.reports.sections.recommendations import (
    RecommendationLine,
    recommendation_lines,
)
from assessment.reports.wording import (
    fill_placeholders,
    profile_words,
    share_words,
    too_few_words,
)

if TYPE_CHECKING:
    from assessment.method.result import CaseOfArrangement, DimensionResult
    from assessment.reports.report_data import NamedProgramme, ReportData

HIGHLIGHTS = 3
OPEN_STATUSES = frozenset({DONT_KNOW, "unanswered", SUPPRESSED})
LONG_NAME, LONG_NAMES = 80, 600


@dataclass(frozen=True, slots=True)
class CoverLine:
    term: str
    text: str


@dataclass(frozen=True, slots=True)
class Cover:
    """`long_names`: set large they would not fit on one page."""

    scheme: str
    long_names: bool
    programmes: tuple[NamedProgramme, ...]
    facts: tuple[CoverLine, ...]


@dataclass(frozen=True, slots=True)
class Highlight:
    line: ScoreLine
    text: str


@dataclass(frozen=True, slots=True)
class Summary:
    """`level_floor` is the level no strength reaches, empty where one does."""

    chart: Chart | None
    lines: tuple[ScoreLine, ...]
    strengths: tuple[Highlight, ...]
    gaps: tuple[Highlight, ...]
    actions: tuple[RecommendationLine, ...]
    missing: tuple[str, ...]
    nothing_settled: bool
    nothing_known: bool
    left_open: bool
    level_floor: str


@dataclass(frozen=True, slots=True)
class LevelLine:
    label: str
    span: str
    meaning: str


@dataclass(frozen=True, slots=True)
class HowToRead:
    levels: tuple[LevelLine, ...]
    enough: str
    capped_at: str


@dataclass(frozen=True, slots=True)
class ArrangementLine:
    text: str
    here: bool
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SameArrangementLine:
    case: str
    programmes: str
    intention: str


@dataclass(frozen=True, slots=True)
class Profile:
    facts: tuple[CoverLine, ...]
    arrangements: tuple[ArrangementLine, ...]
    alike: tuple[SameArrangementLine, ...]


def cover(report: ReportData) -> Section:
    content = Cover(
        scheme=report.scheme or _("Your scheme"),
        long_names=has_long_names(report),
        programmes=report.programmes,
        facts=tuple(_cover_facts(report)),
    )
    return Section("cover", _("Cover"), "report/_cover.html", content)


def has_long_names(report: ReportData) -> bool:
    below = sum(len(named.name) + len(named.institution) for named in report.programmes)
    return len(report.scheme) > LONG_NAME or below > LONG_NAMES


def _cover_facts(report: ReportData) -> list[CoverLine]:
    profile, instrument = report.result.profile, report.instrument
    facts = [
        CoverLine(term, profile_words(instrument, field, profile[field]))
        for field, term in (("country", _("Country")), ("region", _("Region")))
        if field in profile
    ]
    facts.append(CoverLine(_("Answered by"), answered_by(report)))
    return facts + _identity_facts(report)


def _identity_facts(report: ReportData) -> list[CoverLine]:
    """What tells this report from every other."""
    date = _("Date of submission") if report.submitted else _("Date")
    status = _("Final") if report.submitted else _("From a file, not stored")
    facts = [
        CoverLine(_("Status"), status),
        CoverLine(date, formats.date_words(report.generated_at)),
        CoverLine(_("Reference"), report.reference),
        CoverLine(_("Language"), formats.language_name(report.language)),
        CoverLine(_("Questions"), edition_words(report)),
        CoverLine(_("Version of the method"), report.result.method),
    ]
    return [fact for fact in facts if fact.text]


def answered_by(report: ReportData) -> str:
    if report.result.respondents == 1:
        return _("one response")
    return _("{count} responses").format(count=formats.number(report.result.respondents))


def edition_words(report: ReportData) -> str:
    number = report.result.edition
    if number is None:
        return _("{name} (not yet published)").format(name=report.instrument.name)
    if report.correction:
        return _("Edition {number}, correction {correction}: {name}").format(
            number=number, correction=report.correction, name=report.instrument.name
        )
    return _("Edition {number}: {name}").format(number=number, name=report.instrument.name)


def summary(report: ReportData) -> Section:
    if report.too_few:
        return Section("summary", _("Summary"), "report/_too_few.html", too_few_words(report))
    strengths, gaps = _strongest_and_weakest(report)
    lines = recommendation_lines(report)
    strength = report.instrument.scale.strength_level
    reached = any((found.level or 0) >= strength for found in strengths)
    content = Summary(
        chart=profile_chart(report) if report.settled or report.indicative else None,
        lines=tuple(score_line(report, found) for found in report.result.dimensions.values()),
        strengths=tuple(_strength(report, found) for found in strengths),
        gaps=tuple(_weakness(report, found) for found in gaps),
        actions=tuple(line for line in lines if line.first)[:HIGHLIGHTS],
        missing=tuple(name_of(report, found) for found in report.unknown),
        nothing_settled=not report.settled,
        nothing_known=not report.settled and not report.indicative,
        left_open=has_open_questions(report),
        level_floor="" if reached else report.label(strength),
    )
    return Section("summary", _("Summary"), "report/_summary.html", content)


def has_open_questions(report: ReportData) -> bool:
    """Whether a question that counts has no answer, or was answered by too few people."""
    items = report.result.items
    scored = (q for q in report.instrument.questions if q.dimension and q.scored)
    found = (items[question.code].status for question in scored if question.code in items)
    return any(status in OPEN_STATUSES for status in found)


def _strongest_and_weakest(
    report: ReportData,
) -> tuple[list[DimensionResult], list[DimensionResult]]:
    """The highest and the lowest dimensions, none of them in both; of few, the lowest get more."""
    ranked = sorted(report.settled, key=lambda found: found.score or 0)
    gaps = ranked[: min(HIGHLIGHTS, (len(ranked) + 1) // 2)]
    rest = ranked[len(gaps) :]
    return list(reversed(rest))[:HIGHLIGHTS], gaps


def _strength(report: ReportData, found: DimensionResult) -> Highlight:
    meanings = report.instrument.scale.meanings
    return Highlight(score_line(report, found), meanings[found.level or 0])


def _weakness(report: ReportData, found: DimensionResult) -> Highlight:
    dimension = report.instrument.dimension[found.dimension]
    return Highlight(score_line(report, found), dimension.advice[found.level or 0])


def how_to_read(report: ReportData) -> Section:
    scale = report.instrument.scale
    limits = (0, *scale.bands, 100)
    levels = tuple(
        LevelLine(label, _span(limits[at], limits[at + 1]), scale.meanings[at])
        for at, label in enumerate(scale.labels)
    )
    content = HowToRead(
        levels=levels,
        enough=share_words(scale.sufficient_share),
        capped_at=report.label(scale.cap),
    )
    return Section("how-to-read", _("How to read this report"), "report/_how_to_read.html", content)


def _span(low: int, high: int) -> str:
    if high == 100:
        return _("{low} and more").format(low=formats.number(low))
    return _("{low} to below {high}").format(low=formats.number(low), high=formats.number(high))


PROFILE_TERMS = {
    "country": gettext_lazy("Country"),
    "region": gettext_lazy("Region"),
    "stage": gettext_lazy("Stage"),
    "programmes": gettext_lazy("Number of programmes"),
    "arrangement": gettext_lazy("How the programmes are related"),
    "intention": gettext_lazy("Working together was intended"),
    "stronger": gettext_lazy("The stronger ministry"),
}


def profile(report: ReportData) -> Section:
    known = report.result.profile
    asked = {question.profile for question in report.instrument.profile_questions} | {"region"}
    facts = tuple(
        CoverLine(
            str(term),
            profile_words(report.instrument, field, known[field])
            if field in known
            else _("Not given"),
        )
        for field, term in PROFILE_TERMS.items()
        if field in known or field in asked
    )
    content = Profile(
        facts=facts,
        arrangements=tuple(_arrangements(report)),
        alike=tuple(
            _same_arrangement_line(report, found)
            for found in cases_of_arrangement(report.instrument, report.result.profile)
        ),
    )
    return Section("profile", _("The scheme and its arrangement"), "report/_profile.html", content)


def _same_arrangement_line(report: ReportData, found: CaseOfArrangement) -> SameArrangementLine:
    return SameArrangementLine(
        case_name(report, found.case),
        _programmes_beside(report, found),
        _intention_beside(report, found),
    )


def _programmes_beside(report: ReportData, found: CaseOfArrangement) -> str:
    there = formats.number(report.instrument.case[found.case].programmes)
    if found.programmes is None:
        return _("Number of programmes: {there}; here it is not given.").format(there=there)
    if found.programmes:
        return _("The same number of programmes: {there}.").format(there=there)
    return _("Another number of programmes: {there}, here {here}.").format(
        there=there, here=formats.number(float(report.result.profile["programmes"]))
    )


def _intention_beside(report: ReportData, found: CaseOfArrangement) -> str:
    bank = report.instrument
    there = profile_words(bank, "intention", bank.case[found.case].intention)
    if found.intention is None:
        return _("Intention: “{there}”; here it is not given.").format(there=there)
    if found.intention:
        return _("The same intention: “{there}”.").format(there=there)
    return _("Another intention: “{there}”, here “{here}”.").format(
        there=there, here=profile_words(bank, "intention", report.result.profile["intention"])
    )


def _arrangements(report: ReportData) -> list[ArrangementLine]:
    asked = (q for q in report.instrument.profile_questions if q.profile == "arrangement")
    question = next(asked, None)
    here = report.result.profile.get("arrangement")
    return [
        ArrangementLine(
            text=fill_placeholders(option.text, report),
            here=option.value == here,
            cases=tuple(
                case_name(report, case.code)
                for case in report.instrument.cases
                if case.arrangement == option.value
            ),
        )
        for option in (question.options if question else ())
    ]
