"""The last pages: every answer, the method, what is never claimed, sources, glossary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.models.offered_languages import OFFERS
from assessment.reports import formats
from assessment.reports.sections.lines import (
    AnswerLine,
    Section,
    answer_line,
    case_name,
    edition_words,
)
from assessment.reports.wording import profile_words

if TYPE_CHECKING:
    from assessment.instrument.model import Question, Source
    from assessment.reports.report_data import ReportData


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    name: str
    lines: tuple[AnswerLine, ...]


@dataclass(frozen=True, slots=True)
class DistanceLine:
    case: str
    distance: str
    overlap: str


@dataclass(frozen=True, slots=True)
class SourceLine:
    """`linked`: its address leads to a page; anything else is shown as text only."""

    source: Source
    linked: bool


@dataclass(frozen=True, slots=True)
class MethodPage:
    edition: str
    edition_hash: str
    translation: str
    method: str
    result_hash: str
    essential_below: str
    cap: str
    enough: str
    overall: str
    overall_span: str
    distances: tuple[DistanceLine, ...]


def answers(report: ReportData) -> Section:
    bank = report.instrument
    groups = [AnswerGroup(_("Your programmes"), _profile_lines(report))]
    groups += [
        AnswerGroup(
            dimension.name,
            tuple(answer_line(report, q, note=True) for q in bank.questions_of[dimension.code]),
        )
        for dimension in bank.dimensions
    ]
    closing = tuple(answer_line(report, q, note=True) for q in bank.closing_questions)
    if closing:
        groups.append(AnswerGroup(_("In closing"), closing))
    return Section(
        "answers", _("Annex: all answers and notes"), "report/_answers.html", tuple(groups)
    )


def _profile_lines(report: ReportData) -> tuple[AnswerLine, ...]:
    known = report.result.profile
    return tuple(
        _profile_line(report, question)
        for question in report.instrument.profile_questions
        if question.profile in known
    )


def _profile_line(report: ReportData, question: Question) -> AnswerLine:
    words = profile_words(
        report.instrument, question.profile, report.result.profile[question.profile]
    )
    return AnswerLine(
        code=question.code,
        text=question.text,
        words=(words,),
        open=False,
        essential=False,
        note=report.notes.get(question.code, ""),
    )


def method(report: ReportData) -> Section:
    result, scale = report.result, report.instrument.scale
    overall = result.overall
    content = MethodPage(
        edition=edition_words(report),
        edition_hash=result.edition_hash,
        translation=_translation(report),
        method=result.method,
        result_hash=report.result_hash,
        essential_below=formats.number(scale.essential_below),
        cap=report.label(scale.cap),
        enough=formats.percent(float(scale.sufficient_share)),
        overall=formats.score(overall.score, scale.bands) if overall else "",
        overall_span=_("{low} to {high}").format(
            low=formats.number(overall.low), high=formats.number(overall.high)
        )
        if overall
        else "",
        distances=tuple(
            DistanceLine(
                case=case_name(report, found.case),
                distance=formats.number(found.distance, 2),
                overlap=formats.number(found.overlap),
            )
            for found in result.distances
        ),
    )
    return Section("method", _("Annex: method"), "report/_method.html", content)


def _translation(report: ReportData) -> str:
    """Whether the texts in the report's language were reviewed; nothing of those of the source."""
    if report.language == settings.LANGUAGE_CODE:
        return ""
    review = OFFERS.review(report.language)
    if review.day is None:
        return _(
            "The texts are translated from English. Nobody who lives in this language has reviewed "
            "them yet."
        )
    return _("The texts are translated from English and were reviewed by {name} on {day}.").format(
        name=review.reviewer, day=formats.day_words(review.day)
    )


def _about_cases(report: ReportData) -> tuple[str, ...]:
    """Of an edition without cases nothing is said about them."""
    cases = report.instrument.cases
    if not cases:
        return ()
    return (
        ngettext(
            "The documents look at {count} hand-picked case and are silent on much of what is "
            "asked here.",
            "The documents look at {count} hand-picked cases and are silent on much of what is "
            "asked here.",
            len(cases),
        ).format(count=formats.number(len(cases))),
    )


def limits(report: ReportData) -> Section:
    fewest = formats.number(report.instrument.scale.agreement_group)
    content = (
        _(
            "No cause and effect: the documents describe coordination, they do not test what it "
            "brings about. Neither does this report."
        ),
        _("No ranking of countries, ministries or people."),
        *_about_cases(report),
        _(
            "No sentence such as “you resemble this country”. A case is named only to show that "
            "others stood at a similar point on one subject."
        ),
        _("No comparison with a case where the documents say nothing about it."),
        _(
            "The level of a case is our own reading of one cell of a table. It is therefore shown "
            "with the cell in our words and with how sure we are."
        ),
        _(
            "Advice for a region is what the authors advise for that region. It states no fact "
            "about your country. Where a country belongs to neither region, only general advice "
            "is given."
        ),
        _(
            "Nothing is said about agreement inside a group of fewer than {fewest} answers, "
            "nothing about groups below the minimum size, and nothing about a single person."
        ).format(fewest=fewest),
        _(
            "A self-assessment is what people say about their work. It is no measurement of "
            "performance. Two rounds are compared only on the same questions, and only a "
            "difference larger than both intervals counts as a change."
        ),
        _(
            "The second document speaks for its author and not for the Organization of American "
            "States. This tool is no official instrument of the OAS, IFAD, FAO or RIMISP and does "
            "not measure compliance with the Protocol of San Salvador."
        ),
        _("“I do not know” never counts as nothing, and an incomplete part is never called low."),
        _("Two sectors are never merged into one number without showing the gap between them."),
        _("Abbreviations that the documents do not write out are not written out here either."),
    )
    return Section("limits", _("What this report never claims"), "report/_limits.html", content)


def sources(report: ReportData) -> Section:
    content = tuple(
        SourceLine(source, source.url.startswith(("http://", "https://")))
        for source in report.instrument.sources
    )
    return Section("sources", _("Sources"), "report/_sources.html", content)


def glossary(report: ReportData) -> Section | None:
    """Its terms are found where everything is drawn: those that stand in the report."""
    if not report.instrument.terms:
        return None
    return Section("glossary", _("Glossary"), "report/_glossary.html", ())
