"""The first pages: cover, summary on one page, how to read, the profile of the scheme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.method.cases import alike
from assessment.reports import formats
from assessment.reports.charts import Chart, profile_chart
from assessment.reports.sections.lines import ScoreLine, Section, name_of, score_line
from assessment.reports.sections.recommendations import (
    RecommendationLine,
    recommendation_lines,
)
from assessment.reports.wording import filled, profile_words, too_few_words

if TYPE_CHECKING:
    from assessment.method.result import AlikeCase, DimensionResult
    from assessment.reports.report_data import NamedProgramme, Reading

HIGHLIGHTS = 3
LONG_NAME, LONG_NAMES = 80, 600
EMERGING = 2


@dataclass(frozen=True, slots=True)
class Fact:
    term: str
    text: str


@dataclass(frozen=True, slots=True)
class Cover:
    """`long_names`: set large they would not fit on one page."""

    scheme: str
    long_names: bool
    programmes: tuple[NamedProgramme, ...]
    facts: tuple[Fact, ...]


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
    nothing_known: bool
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
class AlikeLine:
    case: str
    programmes: str
    intention: str


@dataclass(frozen=True, slots=True)
class Profile:
    facts: tuple[Fact, ...]
    arrangements: tuple[ArrangementLine, ...]
    alike: tuple[AlikeLine, ...]


def cover(reading: Reading) -> Section:
    content = Cover(
        scheme=reading.scheme or _("Your scheme"),
        long_names=has_long_names(reading),
        programmes=reading.programmes,
        facts=tuple(_cover_facts(reading)),
    )
    return Section("cover", _("Cover"), "report/_cover.html", content)


def has_long_names(reading: Reading) -> bool:
    below = sum(len(named.name) + len(named.institution) for named in reading.programmes)
    return len(reading.scheme) > LONG_NAME or below > LONG_NAMES


def _cover_facts(reading: Reading) -> list[Fact]:
    profile, instrument = reading.result.profile, reading.instrument
    facts = [
        Fact(term, profile_words(instrument, field, profile[field]))
        for field, term in (("country", _("Country")), ("region", _("Region")))
        if field in profile
    ]
    facts.append(Fact(_("Answered by"), answered_by(reading)))
    return facts + _identity_facts(reading)


def _identity_facts(reading: Reading) -> list[Fact]:
    """What tells this report from every other."""
    date = _("Date of submission") if reading.submitted else _("Date")
    status = _("Final") if reading.submitted else _("From a file, not stored")
    facts = [
        Fact(_("Status"), status),
        Fact(date, formats.date_words(reading.generated_at)),
        Fact(_("Reference"), reading.reference),
        Fact(_("Language"), formats.language_name(reading.language)),
        Fact(_("Questions"), edition_words(reading)),
        Fact(_("Version of the method"), reading.result.method),
    ]
    return [fact for fact in facts if fact.text]


def answered_by(reading: Reading) -> str:
    if reading.result.respondents == 1:
        return _("one response")
    return _("{count} responses").format(count=formats.number(reading.result.respondents))


def edition_words(reading: Reading) -> str:
    number = reading.result.edition
    if number is None:
        return _("{name} (not yet published)").format(name=reading.instrument.name)
    if reading.correction:
        return _("Edition {number}, correction {correction}: {name}").format(
            number=number, correction=reading.correction, name=reading.instrument.name
        )
    return _("Edition {number}: {name}").format(number=number, name=reading.instrument.name)


def summary(reading: Reading) -> Section:
    if reading.too_few:
        return Section("summary", _("Summary"), "report/_too_few.html", too_few_words(reading))
    strengths, gaps = _ends(reading)
    lines = recommendation_lines(reading)
    reached = any((found.level or 0) >= EMERGING for found in strengths)
    content = Summary(
        chart=profile_chart(reading) if reading.sufficient else None,
        lines=tuple(score_line(reading, found) for found in reading.result.dimensions.values()),
        strengths=tuple(_strength(reading, found) for found in strengths),
        gaps=tuple(_gap(reading, found) for found in gaps),
        actions=tuple(line for line in lines if line.first)[:HIGHLIGHTS],
        missing=tuple(name_of(reading, found) for found in reading.insufficient),
        nothing_known=not reading.sufficient,
        level_floor="" if reached else reading.label(EMERGING),
    )
    return Section("summary", _("Summary"), "report/_summary.html", content)


def _ends(reading: Reading) -> tuple[list[DimensionResult], list[DimensionResult]]:
    """The highest and the lowest dimensions, none of them in both; the gaps come first."""
    ranked = sorted(reading.sufficient, key=lambda found: found.score or 0)
    gaps = ranked[: min(HIGHLIGHTS, (len(ranked) + 1) // 2)]
    rest = ranked[len(gaps) :]
    return list(reversed(rest))[:HIGHLIGHTS], gaps


def _strength(reading: Reading, found: DimensionResult) -> Highlight:
    meanings = reading.instrument.scale.meanings
    return Highlight(score_line(reading, found), meanings[found.level or 0])


def _gap(reading: Reading, found: DimensionResult) -> Highlight:
    dimension = reading.instrument.dimension[found.dimension]
    return Highlight(score_line(reading, found), dimension.advice[found.level or 0])


def how_to_read(reading: Reading) -> Section:
    scale = reading.instrument.scale
    limits = (0, *scale.bands, 100)
    levels = tuple(
        LevelLine(label, _span(limits[at], limits[at + 1]), scale.meanings[at])
        for at, label in enumerate(scale.labels)
    )
    content = HowToRead(
        levels=levels,
        enough=_share_words(float(scale.sufficient_share)),
        capped_at=reading.label(scale.cap),
    )
    return Section("how-to-read", _("How to read this report"), "report/_how_to_read.html", content)


def _span(low: int, high: int) -> str:
    if high == 100:
        return _("{low} and more").format(low=formats.number(low))
    return _("{low} to below {high}").format(low=formats.number(low), high=formats.number(high))


def _share_words(share: float) -> str:
    if abs(share - 2 / 3) < 1e-9:
        return _("two thirds")
    return formats.percent(share)


PROFILE_TERMS = {
    "country": gettext_lazy("Country"),
    "region": gettext_lazy("Region"),
    "stage": gettext_lazy("Stage"),
    "programmes": gettext_lazy("Number of programmes"),
    "arrangement": gettext_lazy("How the programmes are related"),
    "intention": gettext_lazy("Working together was intended"),
    "stronger": gettext_lazy("The stronger ministry"),
}


def profile(reading: Reading) -> Section:
    known = reading.result.profile
    facts = tuple(
        Fact(
            str(term),
            profile_words(reading.instrument, field, known[field])
            if field in known
            else _("Not given"),
        )
        for field, term in PROFILE_TERMS.items()
    )
    content = Profile(
        facts=facts,
        arrangements=tuple(_arrangements(reading)),
        alike=tuple(
            _alike(reading, found) for found in alike(reading.instrument, reading.result.profile)
        ),
    )
    return Section("profile", _("The scheme and its arrangement"), "report/_profile.html", content)


def _alike(reading: Reading, found: AlikeCase) -> AlikeLine:
    return AlikeLine(
        case_name(reading, found.case),
        _programmes_beside(reading, found),
        _intention_beside(reading, found),
    )


def _programmes_beside(reading: Reading, found: AlikeCase) -> str:
    there = formats.number(reading.instrument.case[found.case].programmes)
    if found.programmes is None:
        return _("Number of programmes: {there}; here it is not given.").format(there=there)
    if found.programmes:
        return _("The same number of programmes: {there}.").format(there=there)
    return _("Another number of programmes: {there}, here {here}.").format(
        there=there, here=formats.number(float(reading.result.profile["programmes"]))
    )


def _intention_beside(reading: Reading, found: AlikeCase) -> str:
    bank = reading.instrument
    there = profile_words(bank, "intention", bank.case[found.case].intention)
    if found.intention is None:
        return _("Intention: “{there}”; here it is not given.").format(there=there)
    if found.intention:
        return _("The same intention: “{there}”.").format(there=there)
    return _("Another intention: “{there}”, here “{here}”.").format(
        there=there, here=profile_words(bank, "intention", reading.result.profile["intention"])
    )


def _arrangements(reading: Reading) -> list[ArrangementLine]:
    question = next(q for q in reading.instrument.profile_questions if q.profile == "arrangement")
    here = reading.result.profile.get("arrangement")
    return [
        ArrangementLine(
            text=filled(option.text, reading),
            here=option.value == here,
            cases=tuple(
                case_name(reading, case.code)
                for case in reading.instrument.cases
                if case.arrangement == option.value
            ),
        )
        for option in question.options
    ]


def case_name(reading: Reading, code: str) -> str:
    case = reading.instrument.case[code]
    return _("{case} ({country})").format(
        case=case.name, country=formats.country_name(case.country)
    )
