"""Checking the answers, submitting them, and what comes after."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.actions.joint_sessions.steps import is_under_way
from assessment.actions.responses.lock import AlreadySubmitted
from assessment.actions.responses.reopen import Superseded, reopen_response
from assessment.actions.responses.submit import Incomplete, submit_response
from assessment.models import Response
from assessment.models.promises import read_promise
from assessment.reports.answer_wording import answer_words, profile_answer_words
from assessment.reports.wording import STATUSES
from assessment.tasks import print_reports
from assessment.web.access import (
    grant_also,
    judged_response_for,
    open_response_for,
    response_for,
    round_for,
)
from assessment.web.questionnaire.first_look import offered_looks
from assessment.web.questionnaire.going_on import going_on
from assessment.web.questionnaire.profile_form import programme_words, seat_questions
from assessment.web.questionnaire.progress import CLOSING, PROFILE, Progress, Subject, progress_of
from assessment.web.questionnaire.views import asks_for_way, with_way_asked_for
from assessment.web.questionnaire.ways import minutes_for
from assessment.web.reopen_form import ReopenForm

if TYPE_CHECKING:
    from assessment.instrument.model import Question


def check(request: HttpRequest, uuid: UUID) -> HttpResponse:
    progress = progress_of(open_response_for(request, uuid))
    changed = request.GET.get("changed") == "1"
    return _check(request, progress, changed=changed)


def submit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Submitting again, or fifty times at once, leads to the same receipt."""
    response = response_for(request, uuid)
    if response.is_submitted:
        return redirect("confirmation", uuid)
    progress = progress_of(response)
    if request.POST.get("gaps") != open_questions_fingerprint(progress):
        return redirect(f"{reverse('check', args=[uuid])}?changed=1")
    try:
        submitted = submit_response(response=response, now=timezone.now())
    except AlreadySubmitted:
        return redirect("confirmation", uuid)
    except Incomplete:
        sentence = _("Nothing is answered yet. Answer at least one question before you submit.")
        return _check(request, progress, problem=sentence, status=422)
    if submitted.round.alone and submitted.result_id is not None:
        print_reports.enqueue(submitted.result_id)
    return redirect("confirmation", uuid)


def confirmation(request: HttpRequest, uuid: UUID) -> HttpResponse:
    response = response_for(request, uuid)
    if not response.is_submitted:
        return redirect("tasks", uuid)
    context = {
        "response": response,
        "reference": response.reference,
        "going_on": going_on(response),
        "round_result": not response.round.alone and read_promise(response.promise).round_result,
        "session": not response.round.alone and is_under_way(response.round),
        "next_sheet": response.entry == Response.Entry.ON_BEHALF and not response.round.is_closed,
        "newer": response.successor(),
        "earlier": response.previous_revisions(),
    }
    return render(request, "questionnaire/confirmation.html", context)


def reopen(request: HttpRequest, uuid: UUID) -> HttpResponse:
    response = judged_response_for(request, uuid)
    round_for(request, response)
    form = ReopenForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        context = {"response": response, "form": form}
        status = 422 if form.is_bound else 200
        return render(request, "questionnaire/reopen.html", context, status=status)
    try:
        reason = form.cleaned_data["reason"]
        newer = reopen_response(response=response, reason=reason, now=timezone.now())
    except Superseded:
        context = {"response": response, "newest": response.latest_revision()}
        return render(request, "questionnaire/superseded.html", context, status=409)
    grant_also(request, newer)
    return redirect(_url_to_go_on(request, progress_of(newer)))


def _url_to_go_on(request: HttpRequest, progress: Progress) -> str:
    """To what was asked for beside the result: the rest of one subject, or of all."""
    if asks_for_way(request):
        return with_way_asked_for(request, progress).next_open_url
    subject = progress.subject(request.POST.get("subject", ""))
    return progress.rest_url(subject) if subject else progress.tasks_url


def open_questions(progress: Progress) -> list[tuple[Subject, Question]]:
    """Every shown question that has no answer, in order; closing words are optional."""
    return [
        (subject, question)
        for subject in progress.subjects
        if subject.slug != CLOSING
        for question in progress.open_questions(subject)
    ]


def open_questions_fingerprint(progress: Progress) -> str:
    """Of the open questions a person was shown, so that nobody submits past others.

    The form's field is called `gaps`.
    """
    codes = ".".join(question.code for _, question in open_questions(progress))
    return hashlib.sha256(codes.encode()).hexdigest()[:16]


def _check(
    request: HttpRequest,
    progress: Progress,
    *,
    changed: bool = False,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    open_ones = open_questions(progress)
    looks = offered_looks(progress, progress.subjects)
    put = [(subject, looks.get(subject.slug)) for subject in progress.put_subjects()]
    context = {
        "response": progress.response,
        "progress": progress,
        "sections": [_answers_of(progress, subject) | {"look": look} for subject, look in put],
        "further_minutes": minutes_for(progress.further),
        "open": [_line(progress, subject, question) for subject, question in open_ones],
        "open_mark": open_questions_fingerprint(progress),
        "open_changed": changed,
        "nothing_answered": not any(row.status for row in progress.rows.values()),
        "unanswered": STATUSES["unanswered"],
        "problem": problem,
    }
    return render(request, "questionnaire/check.html", context, status=status)


def _answers_of(progress: Progress, subject: Subject) -> dict[str, Any]:
    lines = [_line(progress, subject, q) for q in progress.put_questions(subject)]
    if subject.slug == PROFILE:
        lines = [
            _scheme_line(progress, subject),
            *lines,
            *_seat_lines(progress, subject),
            *_programme_lines(progress, subject),
        ]
    return {"section": subject, "standing": progress.subject_state(subject), "lines": lines}


def _scheme_line(progress: Progress, subject: Subject) -> dict[str, Any]:
    name = progress.response.scheme.name
    return {
        "text": _("A name for the programmes together"),
        "words": [name] if name else [],
        "url": f"{progress.url(subject)}?check=1#id_name",
    }


def _seat_lines(progress: Progress, subject: Subject) -> list[dict[str, Any]]:
    seat = progress.response.seat
    found = ((q, q.option(getattr(seat, q.profile))) for q in seat_questions(progress.instrument))
    return [
        {
            "code": question.code,
            "text": question.text,
            "words": [option.text] if option else [],
            "url": f"{progress.url(subject)}?check=1#{question.code}",
        }
        for question, option in found
    ]


def _programme_lines(progress: Progress, subject: Subject) -> list[dict[str, Any]]:
    """Each that was named; where none was, the first, so that it can be."""
    named = list(progress.response.scheme.programme_set.all())
    words = [programme_words(progress.instrument, programme) for programme in named] or [[]]
    return [
        {
            "text": _("Programme %(place)d") % {"place": place},
            "words": lines,
            "url": f"{progress.url(subject)}?check=1#id_programme-{place}-name",
        }
        for place, lines in enumerate(words, start=1)
    ]


def _line(progress: Progress, subject: Subject, question: Question) -> dict[str, Any]:
    row = progress.rows.get(question.code)
    words = (
        profile_answer_words(progress.instrument, question, progress.profile)
        if question.profile
        else answer_words(question, row)
    )
    return {
        "code": question.code,
        "text": question.text,
        "words": words,
        "note": row.note if row else "",
        "url": progress.question_url(subject, question, checking=True),
    }
