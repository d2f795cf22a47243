"""The questionnaire: the list of subjects, a page for each, and every change saved at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.actions.responses.change_way import change_way
from assessment.actions.responses.save_answers import SaveOutcome, save_answers
from assessment.models import Round
from assessment.web.access import open_response_for, round_for
from assessment.web.device_code import opened_elsewhere
from assessment.web.questionnaire.first_look import OfferedLook, offered_looks
from assessment.web.questionnaire.forms import PageForm, page_form
from assessment.web.questionnaire.progress import Progress, Subject, progress_of
from assessment.web.questionnaire.ways import minutes_for, ways_of
from assessment.web.questionnaire.widgets import values_of

if TYPE_CHECKING:
    from assessment.instrument.model import Question


def tasks(request: HttpRequest, uuid: UUID) -> HttpResponse:
    progress = progress_of(open_response_for(request, uuid))
    looks = offered_looks(progress, progress.subjects)
    context = {
        "response": progress.response,
        "progress": progress,
        "ways": ways_of(progress.instrument),
        "further_minutes": minutes_for(progress.further),
        "rows": [(s, looks.get(s.section.slug)) for s in progress.subject_states()],
        "next_open": _next_open(progress),
        "earlier": progress.response.previous_revisions(),
        "opened_at": opened_elsewhere(request, progress.response),
        "closes": progress.response.round.closes_in_words,
    }
    return render(request, "questionnaire/tasks.html", context)


def page(request: HttpRequest, uuid: UUID, section: str) -> HttpResponse:
    progress = progress_of(open_response_for(request, uuid))
    found = progress.subject(section)
    if found is None:
        raise Http404
    if request.method == "POST":
        return _save(request, progress, found)
    return _page(request, progress, found, page_form(progress, found))


def answer(request: HttpRequest, uuid: UUID, code: str) -> JsonResponse:
    """One answer, saved as soon as it is given."""
    progress = Progress(open_response_for(request, uuid), {})
    found = find_asked(progress, code)
    if found is None:
        sentence = _("There is no question %(code)s.") % {"code": code[:40]}
        return JsonResponse({"status": "unknown", "errors": [sentence]}, status=404)
    subject, question = found
    form = page_form(progress, subject, data=request.POST, only=question)
    saved = save_form(progress, form)
    if form.errors:
        return JsonResponse({"status": "invalid", "errors": form.sentences}, status=422)
    if saved.conflicts:
        return JsonResponse(_conflict_payload(form, question), status=409)
    return JsonResponse(_saved_payload(form, saved, subject, question))


def way(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """From the list or the check page: on in the other way, with the first open question."""
    progress = with_way_asked_for(request, progress_of(open_response_for(request, uuid)))
    return redirect(progress.start_url)


def with_way_asked_for(request: HttpRequest, progress: Progress) -> Progress:
    """Remembers the way whose button was pressed; raises NotGranted where it is not hers."""
    round_for(request, progress.response)
    kinds = Round.Questionnaire
    wanted = kinds.SHORT if kinds.SHORT in request.POST else kinds.WHOLE
    return replace(progress, response=change_way(response=progress.response, questionnaire=wanted))


def asks_for_way(request: HttpRequest) -> bool:
    return not {*Round.Questionnaire.values}.isdisjoint(request.POST)


def _save(request: HttpRequest, progress: Progress, subject: Subject) -> HttpResponse:
    form = page_form(progress, subject, data=request.POST)
    saved = save_form(progress, form)
    if form.errors or saved.conflicts:
        return _page(request, form.after, subject, form, status=422 if form.errors else 409)
    if asks_for_way(request):
        return redirect(_same_place_url(with_way_asked_for(request, form.after), subject))
    changed = _changed_on_page(progress, form.after, subject)
    if changed:
        return redirect(_same_page_url(request, progress, subject, changed))
    return redirect(_next_url(request, progress, subject))


def find_asked(progress: Progress, code: str) -> tuple[Subject, Question] | None:
    """The question with its subject, if it is put to this respondent and not one of the profile."""
    asked = ((s, q) for s in progress.subjects for q in s.questions if not q.profile)
    return next(((subject, q) for subject, q in asked if q.code == code), None)


def save_form(progress: Progress, form: PageForm) -> SaveOutcome:
    """Saves whatever can be; of the rest the form says what is wrong with it."""
    saved = save_answers(response=progress.response, answers=form.incoming(), now=timezone.now())
    form.apply_saved(saved)
    return saved


def _page(
    request: HttpRequest, progress: Progress, subject: Subject, form: PageForm, status: int = 200
) -> HttpResponse:
    changed = [q for q in subject.questions if q.code in _said_to_change(request)]
    context = {
        "response": progress.response,
        "section": subject,
        "form": form,
        "checking": is_checking(request),
        "shown_now": [q.short or q.text for q in changed if progress.shows(q)],
        "hidden_now": [q.short or q.text for q in changed if not progress.shows(q)],
        "conflicts": [q for q in subject.questions if q.code in form.conflicts],
        "back": _back(request, progress),
        "look": _look_before(progress, subject),
        "place": progress.subjects.index(subject) + 1,
        "places": len(progress.subjects),
    }
    return render(request, "questionnaire/page.html", context, status=status)


def _look_before(progress: Progress, subject: Subject) -> OfferedLook | None:
    """What was answered on the page before this one; in the short way a page is a detour."""
    if progress.short:
        return None
    place = progress.subjects.index(subject)
    before = progress.subjects[place - 1 : place] if place else ()
    return next(iter(offered_looks(progress, before).values()), None)


def _saved_payload(
    form: PageForm, saved: SaveOutcome, subject: Subject, question: Question
) -> dict[str, Any]:
    depending = [q for q in subject.questions if q.shown_if is not None]
    return {
        "status": "saved",
        "revision": form.revision_token_of(question),
        "at": saved.at.isoformat(),
        "shown": {q.code: form.after.shows(q) for q in depending},
    }


def _conflict_payload(form: PageForm, question: Question) -> dict[str, Any]:
    """What somebody else saved: in words, and as form values to put in its place."""
    row, words = form.conflicts[question.code], form.stored_conflict(question)
    return {
        "status": "conflict",
        "value": values_of(row.to_method_answer() if row.status else None),
        "text": words.text if words else "",
        "note": row.note,
        "revision": form.revision_token_of(question),
        "words": {
            "title": _("A newer answer was saved elsewhere"),
            "saved": _("Saved there:"),
            "typed": _("Yours on this page:"),
            "mine": _("Keep mine"),
            "theirs": _("Take the other one"),
        },
    }


def _changed_on_page(before: Progress, after: Progress, subject: Subject) -> list[str]:
    """What the answers just given newly show or put away; first what waits for an answer."""
    changed = [q for q in subject.questions if before.shows(q) != after.shows(q)]
    return [q.code for q in sorted(changed, key=lambda q: not after.shows(q))]


def _said_to_change(request: HttpRequest) -> list[str]:
    return request.GET.get("changed", "").split(".")


def is_checking(request: HttpRequest) -> bool:
    return request.GET.get("check") == "1"


def _back(request: HttpRequest, progress: Progress) -> str:
    return progress.check_url if is_checking(request) else progress.tasks_url


def _same_page_url(
    request: HttpRequest, progress: Progress, subject: Subject, changed: list[str]
) -> str:
    query = {"changed": ".".join(changed)} | ({"check": "1"} if is_checking(request) else {})
    return f"{progress.url(subject)}?{urlencode(query)}#{changed[0]}"


def _next_url(request: HttpRequest, progress: Progress, subject: Subject) -> str:
    """After saving: back to where the person came from, or on to the next subject.

    In the short way a whole subject is a detour: the list says where one is.
    """
    if is_checking(request) or "list" in request.POST or progress.short:
        return _back(request, progress)
    following = progress.next_subject(subject)
    return progress.check_url if following is None else progress.url(following)


def _same_place_url(progress: Progress, subject: Subject) -> str:
    """In the way just chosen: an open question of this subject, or the next that is open."""
    if not progress.short:
        return progress.url(subject)
    still_open = [q for q in progress.open_questions(subject) if progress.stands_alone(q)]
    return progress.question_url(subject, still_open[0]) if still_open else progress.start_url


def _next_open(progress: Progress) -> dict[str, Any] | None:
    found = progress.next_open()
    if found is None:
        return None
    subject, question = found
    return {"subject": subject, "url": progress.question_url(subject, question)}
