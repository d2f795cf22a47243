"""Where a first look at a subject is offered, and its page: nobody has to pass through it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from assessment.method.assess import assess
from assessment.reports.first_look import first_look as look_at
from assessment.reports.first_look import look_words
from assessment.reports.report_data import ReportData
from assessment.web.access import open_response_for
from assessment.web.questionnaire.progress import (
    CLOSING,
    PROFILE,
    Progress,
    Subject,
    progress_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class OfferedLook:
    """The line that leads to a first look."""

    subject: str
    words: str
    url: str


def first_look(request: HttpRequest, uuid: UUID, section: str) -> HttpResponse:
    """Where a subject has none, because it waits for answers or for its round, it leads to them."""
    progress = progress_of(open_response_for(request, uuid))
    subject = progress.subject(section)
    if subject is None:
        raise Http404
    if not may_be_looked_at(progress, subject):
        return redirect(progress.subject_state(subject).url)
    return render(request, "questionnaire/first_look.html", _context(progress, subject))


def _context(progress: Progress, subject: Subject) -> dict[str, Any]:
    shown = progress.shown_questions(subject)
    following = progress.next_open()
    return {
        "response": progress.response,
        "section": subject,
        "look": look_at(report_so_far(progress), code_of(subject)),
        "further": sum(not progress.is_answered(question) for question in shown),
        "page_url": progress.url(subject),
        "following": following[0] if following else None,
        "next_url": progress.question_url(*following) if following else progress.check_url,
    }


def may_be_looked_at(progress: Progress, subject: Subject) -> bool:
    """Once its core questions are answered, or all that it asks where it has none.

    Only where the round gives each respondent a result of her own.
    """
    if subject.slug in {PROFILE, CLOSING} or not progress.response.round.gives_own_results:
        return False
    shown = progress.shown_questions(subject)
    asked = [question for question in shown if question.core] or shown
    return bool(asked) and all(progress.is_answered(question) for question in asked)


def offered_looks(progress: Progress, subjects: Iterable[Subject]) -> dict[str, OfferedLook]:
    """By the slug of the subject; those of which nothing can be said yet have none."""
    ready = [subject for subject in subjects if may_be_looked_at(progress, subject)]
    if not ready:
        return {}
    report = report_so_far(progress)
    return {
        subject.slug: OfferedLook(
            subject.title,
            look_words(report, code_of(subject)),
            reverse("first_look", args=[progress.response.uuid, subject.slug]),
        )
        for subject in ready
    }


def report_so_far(progress: Progress) -> ReportData:
    """What submitting now would give, without the draws, which a first look does not show."""
    result = assess(
        instrument=progress.instrument,
        profile=progress.profile,
        responses=[progress.visibility.respondent],
        alone=True,
        draws=0,
    )
    return ReportData(
        result=result,
        instrument=progress.instrument,
        generated_at=timezone.now(),
        result_hash="",
    )


def code_of(subject: Subject) -> str:
    """The code of its dimension."""
    return subject.questions[0].dimension
