"""Pages that explain: the method, privacy, help, the words, the questionnaire on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assessment.instrument.conditions.evaluate import names
from assessment.instrument.kinds.registry import kind_of
from assessment.reports.profile_picture import swatch
from assessment.reports.profile_table import rings
from assessment.reports.promise_wording import promise_sentences
from assessment.reports.wording import STATUSES, share_words
from assessment.web.access import latest_granted, published_edition, response_for
from assessment.web.languages import content_language
from assessment.web.questionnaire.progress import Subject, subjects_for, subjects_of
from assessment.web.questionnaire.ways import ways_of

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument, Question
    from assessment.models import Response

NOTICE_VERSION = "2026-11-30.1"
"""Of the words of the privacy notice: another one whenever they change."""
PLAIN = "text/plain; charset=utf-8"


def method(request: HttpRequest) -> HttpResponse:
    instrument = published_edition().instrument(content_language())
    scale = instrument.scale
    edges = (0, *scale.bands, 100)
    levels = [
        {
            "name": label,
            "meaning": meaning,
            "low": low,
            "high": high,
            "rings": rings(at),
            "swatch": swatch(at),
        }
        for at, (label, meaning, low, high) in enumerate(
            zip(scale.labels, scale.meanings, edges, edges[1:], strict=False)
        )
    ]
    context = {
        "instrument": instrument,
        "levels": levels,
        "enough": share_words(scale.sufficient_share),
        "cap": scale.labels[scale.cap],
    }
    return _page(request, "method", context)


def privacy(request: HttpRequest) -> HttpResponse:
    days = settings.SESSION_COOKIE_AGE // 86_400
    context: dict[str, object] = {"notice": NOTICE_VERSION, "days": days}
    response = latest_granted(request)
    if response is not None and not response.round.alone:
        context["promise"] = promise_sentences(response.round)
    return _page(request, "privacy", context)


def before(request: HttpRequest) -> HttpResponse:
    instrument = published_edition().instrument(content_language())
    return _page(request, "before", {"ways": ways_of(instrument)})


def help_page(request: HttpRequest) -> HttpResponse:
    return _page(request, "help", {})


def glossary(request: HttpRequest) -> HttpResponse:
    instrument = _instrument_for(way_back(request))
    terms = sorted(instrument.terms, key=lambda t: t.term.casefold())
    return _page(request, "glossary", {"terms": terms})


def _instrument_for(held: Response | None) -> Instrument:
    """What is in use now, in the words of the country of whoever answers on this device."""
    country = held.round.country if held else ""
    return published_edition().instrument(content_language(), country=country)


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    """With the way back for whoever reads it in the middle of her own answers."""
    context |= {"response": way_back(request)}
    return render(request, f"pages/{name}.html", context)


def way_back(request: HttpRequest) -> Response | None:
    """None while the database is away: these pages are needed then more than ever."""
    try:
        return latest_granted(request)
    except Error:
        return None


def paper(request: HttpRequest) -> HttpResponse:
    held = latest_granted(request)
    instrument = _instrument_for(held)
    subjects = subjects_of(instrument, alone=True)
    return _paper(request, instrument, subjects, response=held)


def own_paper(request: HttpRequest, uuid: UUID) -> HttpResponse:
    response = response_for(request, uuid)
    instrument = response.round.instrument(content_language(), at=response.submitted_at)
    return _paper(request, instrument, subjects_for(response, instrument), response=response)


def healthz(request: HttpRequest) -> HttpResponse:
    """200 where the database answers, 503 where it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return HttpResponse("database away\n", content_type=PLAIN, status=503)
    return HttpResponse("ok\n", content_type=PLAIN)


def _paper(
    request: HttpRequest,
    instrument: Instrument,
    subjects: tuple[Subject, ...],
    **context: object,
) -> HttpResponse:
    context |= {"instrument": instrument, "sections": subjects_to_print(instrument, subjects)}
    return render(request, "pages/paper.html", context)


def subjects_to_print(
    instrument: Instrument, subjects: tuple[Subject, ...]
) -> list[dict[str, Any]]:
    return [_subject_on_paper(instrument, subject) for subject in subjects]


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
        "beside": [STATUSES[status] for status in question.statuses_beside],
    }


def _deciding_codes(instrument: Instrument, question: Question) -> list[str]:
    """The codes of the questions that decide whether this one is to be answered."""
    if question.shown_if is None:
        return []
    profile = {q.profile: q.code for q in instrument.profile_questions}
    parts = [name.split(".") for name in sorted(names(question.shown_if))]
    codes = [profile.get(part[1]) if part[0] == "profile" else part[1] for part in parts]
    return [code for code in codes if code]
