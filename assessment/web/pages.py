"""Pages that explain: the method, privacy, help, the words, the questionnaire on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from assessment.instrument.conditions.evaluate import names
from assessment.instrument.kinds.registry import kind_of
from assessment.web.access import published_edition, response_for
from assessment.web.questionnaire.progress import Subject, subjects_of

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument, Question

NOTICE_VERSION = "2026-11"


def method(request: HttpRequest) -> HttpResponse:
    instrument = published_edition().instrument(get_language())
    scale = instrument.scale
    edges = (0, *scale.bands, 100)
    levels = [
        {"name": label, "meaning": meaning, "low": low, "high": high}
        for label, meaning, low, high in zip(
            scale.labels, scale.meanings, edges, edges[1:], strict=False
        )
    ]
    context = {"instrument": instrument, "levels": levels}
    return render(request, "pages/method.html", context)


def privacy(request: HttpRequest) -> HttpResponse:
    days = settings.SESSION_COOKIE_AGE // 86_400
    return render(request, "pages/privacy.html", {"notice": NOTICE_VERSION, "days": days})


def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/help.html", {})


def glossary(request: HttpRequest) -> HttpResponse:
    terms = sorted(
        published_edition().instrument(get_language()).terms, key=lambda t: t.term.casefold()
    )
    return render(request, "pages/glossary.html", {"terms": terms})


def paper(request: HttpRequest) -> HttpResponse:
    return _paper(request, published_edition().instrument(get_language()))


def own_paper(request: HttpRequest, uuid: UUID) -> HttpResponse:
    response = response_for(request, uuid)
    instrument = response.edition.instrument(get_language(), at=response.submitted_at)
    return _paper(request, instrument, response=response)


def healthz(request: HttpRequest) -> HttpResponse:
    """200 where the database answers, 503 where it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database away\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")


def contact(request: HttpRequest) -> dict[str, str]:
    """Context of every page: whom to ask, in the same place everywhere."""
    return {"contact": settings.ARTICULA_CONTACT}


def _paper(request: HttpRequest, instrument: Instrument, **context: object) -> HttpResponse:
    subjects = [_subject_on_paper(instrument, subject) for subject in subjects_of(instrument)]
    context |= {"instrument": instrument, "sections": subjects}
    return render(request, "pages/paper.html", context)


def _subject_on_paper(instrument: Instrument, subject: Subject) -> dict[str, Any]:
    return {
        "section": subject,
        "questions": [_question_on_paper(instrument, question) for question in subject.questions],
    }


def _question_on_paper(instrument: Instrument, question: Question) -> dict[str, Any]:
    """Printed whatever the answers: with the answer on which it depends."""
    return {
        "question": question,
        "skip": _deciding_codes(instrument, question),
        "several": kind_of(question).several,
    }


def _deciding_codes(instrument: Instrument, question: Question) -> list[str]:
    """The codes of the questions that decide whether this one is to be answered."""
    if question.shown_if is None:
        return []
    profile = {q.profile: q.code for q in instrument.profile_questions}
    parts = [name.split(".") for name in sorted(names(question.shown_if))]
    codes = [profile.get(part[1]) if part[0] == "profile" else part[1] for part in parts]
    return [code for code in codes if code]
