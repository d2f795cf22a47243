"""What single people wrote or answered, as far as it was promised to each of them; once closed."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assessment.instrument.kinds.registry import kind_of
from assessment.models import Answer
from assessment.models.promises import read_promise
from assessment.models.responses import AnswerRow
from assessment.reports.answer_wording import answer_words
from assessment.reports.seat_wording import seat_words
from assessment.web.access import NotGranted
from assessment.web.languages import content_language
from assessment.web.member_access import facilitated_round

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assessment.instrument.model import Question
    from assessment.models import Response, Round


@dataclass(frozen=True, slots=True)
class NotesOfQuestion:
    """`texts` in the order of the alphabet: neither time nor person stands behind it."""

    question: Question
    texts: tuple[str, ...]


def round_notes(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Notes and free answers without names, of questions that enough people answered."""
    found = _closed_round(request, uuid)
    if not read_promise(found.promise).notes_to_facilitators:
        raise NotGranted
    context = {"round": found, "notes": notes_of(found)}
    return render(request, "rounds/notes.html", context)


def notes_of(found: Round) -> list[NotesOfQuestion]:
    """By question. Where fewer than the minimum answered, a note would say whose it is."""
    instrument = found.instrument(content_language())
    texts: dict[str, list[str]] = defaultdict(list)
    people: Counter[str] = Counter()
    rows = Answer.objects.filter(
        response__round=found,
        response__submitted_at__isnull=False,
        response__promise__notes_to_facilitators=True,
    )
    for answer in rows.select_related("response").order_by():
        people[answer.code] += answer.response.people is None
        texts[answer.code] += _written(instrument.question.get(answer.code), answer)
    enough = {code for code, number in people.items() if number >= (found.minimum or 0)}
    return [
        NotesOfQuestion(question, tuple(sorted(texts[question.code], key=str.casefold)))
        for question in instrument.questions
        if question.code in enough and texts[question.code]
    ]


def named_answers(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Who submitted under a promise by which her answers are read with her name."""
    found = _closed_round(request, uuid)
    people = [(one, _seat(found, one)) for one in _named(found)]
    if not read_promise(found.promise).attributed:
        raise NotGranted
    return render(request, "rounds/named.html", {"round": found, "people": people})


def named_person(request: HttpRequest, uuid: UUID, person: UUID) -> HttpResponse:
    found = _closed_round(request, uuid)
    one = next((row for row in _named(found) if row.uuid == person), None)
    if one is None:
        raise NotGranted
    instrument = found.instrument(content_language())
    rows = {answer.code: answer for answer in one.answers.all()}
    asked = [question for question in instrument.questions if question.code in rows]
    lines = [(q, answer_words(q, _row(rows[q.code])), rows[q.code].note) for q in asked]
    context = {"round": found, "person": one, "seat": _seat(found, one), "lines": lines}
    return render(request, "rounds/named_person.html", context)


def _closed_round(request: HttpRequest, uuid: UUID) -> Round:
    found = facilitated_round(request, uuid)
    if not found.is_closed:
        raise NotGranted
    return found


def _named(found: Round) -> Iterable[Response]:
    rows = found.responses.filter(submitted_at__isnull=False, promise__attributed=True)
    return rows.exclude(name="").order_by("name", "pk")


def _seat(found: Round, one: Response) -> str:
    return seat_words(one.sector, one.tier, found.tier_words)


def _row(answer: Answer) -> AnswerRow:
    return AnswerRow(answer.code, answer.status, answer.value)


def _written(question: Question | None, answer: Answer) -> list[str]:
    free = question is not None and kind_of(question).free_text and answer.value
    return [text for text in (str(answer.value) if free else "", answer.note) if text]
