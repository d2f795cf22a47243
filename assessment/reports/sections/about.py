"""What the result is of: the scheme, how its programmes are related, and which result this is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.method.cases import cases_of_arrangement
from assessment.reports import formats
from assessment.reports.sections.brief import answered_by
from assessment.reports.sections.lines import Section, case_name, edition_words
from assessment.reports.wording import fill_placeholders, profile_words

if TYPE_CHECKING:
    from assessment.method.result import CaseOfArrangement
    from assessment.reports.report_data import NamedProgramme, ReportData


@dataclass(frozen=True, slots=True)
class Fact:
    term: str
    text: str


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
    facts: tuple[Fact, ...]
    arrangements: tuple[ArrangementLine, ...]
    alike: tuple[SameArrangementLine, ...]


@dataclass(frozen=True, slots=True)
class About:
    """Names whole, where the brief has to cut them; and what tells this report from every other."""

    scheme: str
    programmes: tuple[NamedProgramme, ...]
    facts: tuple[Fact, ...]


def about(report: ReportData) -> Section:
    content = About(report.scheme, report.programmes, tuple(_identity_facts(report)))
    return Section("about", _("About this result"), "report/_about.html", content)


def _identity_facts(report: ReportData) -> list[Fact]:
    date = _("Date of submission") if report.submitted else _("Date")
    status = _("Final") if report.submitted else _("From a file, not stored")
    facts = [
        Fact(_("Status"), status),
        Fact(date, formats.date_words(report.generated_at)),
        Fact(_("Answered by"), answered_by(report)),
        Fact(_("Reference"), report.reference),
        Fact(_("Language"), formats.language_name(report.language)),
        Fact(_("Questions"), edition_words(report)),
        Fact(_("Version of the method"), report.result.method),
    ]
    return [fact for fact in facts if fact.text]


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
        Fact(
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
    return Section(
        "profile", _("Your programmes and how they are related"), "report/_profile.html", content
    )


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
