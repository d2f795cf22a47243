"""How far one response is: its subjects, what is shown, what is answered, what is still open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessment.instrument.model import PROFILE_FIELDS
from assessment.method.result import Respondent
from assessment.method.visibility import Visibility
from assessment.models.prepared_queries import answers_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assessment.instrument.model import Instrument, Question
    from assessment.models import Response
    from assessment.models.responses import AnswerRow

PROFILE = "profile"
CLOSING = "closing"
NOT_STARTED, IN_PROGRESS, COMPLETED = "not_started", "in_progress", "completed"
OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class Subject:
    """What one page of the questionnaire asks about; `slug` stands in its address.

    The profile, each dimension, and the closing question.
    """

    slug: str
    title: str
    summary: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class SubjectState:
    """One row of the task list."""

    section: Subject
    state: str
    answered: int
    total: int
    url: str


@dataclass(frozen=True)
class Progress:
    """`rows` are the stored answers by question; everything else follows from them.

    Made anew for every request, so what is worked out once below is of this request only.
    """

    response: Response
    rows: Mapping[str, AnswerRow]

    @cached_property
    def instrument(self) -> Instrument:
        return self.response.edition.instrument(get_language())

    @cached_property
    def subjects(self) -> tuple[Subject, ...]:
        return subjects_for(self.response, self.instrument)

    @cached_property
    def profile(self) -> dict[str, int | str]:
        return self.response.round.facts()

    @cached_property
    def visibility(self) -> Visibility:
        answers = {code: row.to_method_answer() for code, row in self.rows.items() if row.status}
        respondent = Respondent(answers, self.response.tier or None, self.response.sector or None)
        return Visibility(self.instrument, self.profile, respondent)

    def shows(self, question: Question) -> bool:
        """What nobody can decide yet is shown."""
        return self.visibility.routed(question) and self.visibility.visible(question) is not False

    def with_rows(self, rows: Mapping[str, AnswerRow]) -> Progress:
        return replace(self, rows={**self.rows, **rows})

    def subject(self, slug: str) -> Subject | None:
        found = (subject for subject in self.subjects if subject.slug == slug)
        return next(found, None)

    def shown_questions(self, subject: Subject) -> list[Question]:
        return [q for q in subject.questions if q.profile or self.shows(q)]

    def is_answered(self, question: Question) -> bool:
        if question.profile:
            known = {"country", "region"} if question.profile == "country" else {question.profile}
            return bool(known & set(self.profile))
        row = self.rows.get(question.code)
        return row is not None and bool(row.status)

    def open_questions(self, subject: Subject) -> list[Question]:
        return [q for q in self.shown_questions(subject) if not self.is_answered(q)]

    def subject_state(self, subject: Subject) -> SubjectState:
        shown = self.shown_questions(subject)
        answered = sum(self.is_answered(question) for question in shown)
        state = self.state(subject, answered, len(shown))
        return SubjectState(subject, state, answered, len(shown), self.url(subject))

    def state(self, subject: Subject, answered: int, total: int) -> str:
        """Follows from the answers alone; nobody is asked whether a subject is complete."""
        if answered == total:
            return COMPLETED
        if answered:
            return IN_PROGRESS
        return OPTIONAL if subject.slug == CLOSING else NOT_STARTED

    def subject_states(self) -> list[SubjectState]:
        return [self.subject_state(subject) for subject in self.subjects]

    def next_open(self) -> tuple[Subject, Question] | None:
        """The first shown question of a dimension that has no answer yet."""
        for subject in self.subjects:
            if subject.slug in {PROFILE, CLOSING}:
                continue
            for question in self.open_questions(subject):
                return subject, question
        return None

    def next_subject(self, subject: Subject) -> Subject | None:
        place = self.subjects.index(subject) + 1
        return self.subjects[place] if place < len(self.subjects) else None

    def url(self, subject: Subject) -> str:
        if subject.slug == PROFILE:
            return reverse("profile", args=[self.response.uuid])
        return reverse("page", args=[self.response.uuid, subject.slug])


def progress_of(response: Response) -> Progress:
    """One query, whatever the size of the bank."""
    return Progress(response=response, rows=answers_of(response))


def subjects_for(response: Response, instrument: Instrument) -> tuple[Subject, ...]:
    """With what this tier and sector is asked; a subject with no question is left out."""
    tier, sector = response.tier or None, response.sector or None
    routed = (
        replace(
            subject,
            questions=tuple(q for q in subject.questions if q.profile or q.routed_to(tier, sector)),
        )
        for subject in subjects_of(instrument, alone=response.round.alone)
    )
    return tuple(subject for subject in routed if subject.questions)


def subjects_of(instrument: Instrument, *, alone: bool) -> tuple[Subject, ...]:
    """Profile, a subject a dimension, closing where anything is asked in closing.

    The words of the two outer ones are the site's. Among several nobody is asked for the profile:
    it is the round's.
    """
    profile = tuple(q for q in instrument.profile_questions if q.profile in PROFILE_FIELDS)
    dimensions = (
        Subject(d.code.lower(), d.name, d.summary, instrument.questions_of[d.code])
        for d in instrument.dimensions
    )
    outer = (Subject(PROFILE, _("Your scheme"), "", profile),) if alone else ()
    closing = Subject(CLOSING, _("In your own words"), "", instrument.closing_questions)
    return (
        *outer,
        *dimensions,
        *([closing] if closing.questions else []),
    )
