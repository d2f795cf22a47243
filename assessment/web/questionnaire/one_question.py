"""The short way: a page for each core question, with how far one is and how long it still takes."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from assessment.web.access import open_response_for
from assessment.web.first_visit import render_at_once
from assessment.web.questionnaire.first_look import OfferedLook, offered_looks
from assessment.web.questionnaire.forms import page_form
from assessment.web.questionnaire.progress import progress_of
from assessment.web.questionnaire.views import (
    asks_for_way,
    find_asked,
    is_checking,
    save_form,
    with_way_asked_for,
)
from assessment.web.questionnaire.ways import minutes_left

if TYPE_CHECKING:
    from assessment.instrument.model import Question
    from assessment.web.questionnaire.forms import PageForm
    from assessment.web.questionnaire.progress import Progress, Subject

DONE, HERE, AHEAD = "done", "here", ""


def one_question(request: HttpRequest, uuid: UUID, code: str) -> HttpResponse:
    """In the whole way, and where another answer put the question away, it leads on."""
    progress = progress_of(open_response_for(request, uuid))
    found = find_asked(progress, code)
    if found is None or not found[1].core:
        raise Http404
    subject, question = found
    if request.method == "POST":
        return _save(request, progress, subject, question)
    if not progress.short:
        return redirect(progress.question_url(subject, question))
    if not progress.shows(question):
        return redirect(_next_url(progress, question))
    return _page(request, progress, page_form(progress, subject, only=question), question)


def _save(
    request: HttpRequest, progress: Progress, subject: Subject, question: Question
) -> HttpResponse:
    form = page_form(progress, subject, data=request.POST, only=question)
    saved = save_form(progress, form)
    if form.errors or saved.conflicts:
        status = 422 if form.errors else 409
        return _page(request, form.after, form, question, status=status)
    if asks_for_way(request):
        after = with_way_asked_for(request, form.after)
        return redirect(after.question_url(subject, question))
    if is_checking(request):
        return redirect(progress.check_url)
    if not progress.short:
        return redirect(progress.question_url(subject, question))
    return redirect(_next_url(form.after, question))


def _next_url(progress: Progress, question: Question) -> str:
    found = progress.next_core(question)
    return progress.question_url(*found) if found else progress.check_url


def _page(
    request: HttpRequest, progress: Progress, form: PageForm, question: Question, status: int = 200
) -> HttpResponse:
    codes = [one.code for _, one in progress.core]
    place = codes.index(question.code) if question.code in codes else 0
    still_open = sum(not progress.is_answered(one) for _, one in progress.core)
    context = {
        "response": progress.response,
        "section": form.subject,
        "question": question,
        "wording": form.fields[question.code].label,
        "form": form,
        "checking": is_checking(request),
        "conflicts": [question] if form.conflicts else [],
        "back": _back(request, progress, place),
        "place": place + 1,
        "places": len(codes),
        "minutes": minutes_left(still_open),
        "meter": _meter(progress, question),
        "look": _look_before(progress, form.subject, place),
    }
    return render_at_once(request, "questionnaire/question.html", context, status)


def _back(request: HttpRequest, progress: Progress, place: int) -> str:
    if is_checking(request):
        return progress.check_url
    return progress.question_url(*progress.core[place - 1]) if place else progress.tasks_url


def _look_before(progress: Progress, subject: Subject, place: int) -> OfferedLook | None:
    """At the first question of a subject, what was answered of the one before."""
    before = progress.core[place - 1][0] if place else subject
    if before.slug == subject.slug:
        return None
    return next(iter(offered_looks(progress, [before]).values()), None)


def _meter(progress: Progress, question: Question) -> list[list[str]]:
    """The state of each question, by subject."""

    def state(one: Question) -> str:
        if one.code == question.code:
            return HERE
        return DONE if progress.is_answered(one) else AHEAD

    by_subject = groupby(progress.core, key=lambda pair: pair[0].slug)
    return [[state(one) for _, one in pairs] for _, pairs in by_subject]
