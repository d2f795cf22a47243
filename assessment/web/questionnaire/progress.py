"""How far one response is: its subjects, what is shown, what is answered, what is still open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from assessment.instrument.model import PROFILE_FIELDS
from assessment.method.result import Respondent
from assessment.method.visibility import Visibility
from assessment.models import Round
from assessment.models.prepared_queries import answers_of
from assessment.web.languages import content_language
from assessment.web.questionnaire.ways import IN_THE_WHOLE, has_short_way

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
    """One row of the task list; `further` questions are not put in the short way."""

    section: Subject
    state: str
    answered: int
    total: int
    further: int
    url: str
    page_url: str


@dataclass(frozen=True)
class Progress:
    """`rows` are the stored answers by question; everything else follows from them.

    Made anew for every request, so what is worked out once below is of this request only.
    """

    response: Response
    rows: Mapping[str, AnswerRow]

    @cached_property
    def instrument(self) -> Instrument:
        return self.response.round.instrument(content_language())

    @cached_property
    def subjects(self) -> tuple[Subject, ...]:
        return subjects_for(self.response, self.instrument)

    @cached_property
    def profile(self) -> dict[str, int | str]:
        return self.response.round.facts()

    @cached_property
    def visibility(self) -> Visibility:
        answers = {code: row.to_method_answer() for code, row in self.rows.items() if row.status}
        respondent = Respondent(answers, *self.response.routed_as)
        return Visibility(self.instrument, self.profile, respondent)

    def shows(self, question: Question) -> bool:
        """What nobody can decide yet is shown."""
        return self.visibility.routed(question) and self.visibility.visible(question) is not False

    @cached_property
    def short(self) -> bool:
        """Whether core questions alone are put; an edition that has none is put whole."""
        chosen = self.response.round.questionnaire == Round.Questionnaire.SHORT
        return chosen and has_short_way(self.instrument)

    @property
    def may_change_way(self) -> bool:
        """Among several, who runs the round chose for all."""
        return self.response.round.alone and has_short_way(self.instrument)

    def is_put(self, question: Question) -> bool:
        """Any other question belongs to the short way once somebody took it up."""
        if not self.short or question.core:
            return True
        if question.profile:
            return question.profile not in IN_THE_WHOLE or self.is_answered(question)
        row = self.rows.get(question.code)
        return row is not None and bool(row.status or row.note)

    def put_questions(self, subject: Subject) -> list[Question]:
        return [q for q in self.shown_questions(subject) if self.is_put(q)]

    @cached_property
    def core(self) -> list[tuple[Subject, Question]]:
        """The short way: a page for each of these."""
        asked = ((s, q) for s in self.subjects for q in s.questions)
        return [(s, q) for s, q in asked if q.core and not q.profile and self.shows(q)]

    @property
    def further(self) -> int:
        """How many questions the short way leaves out."""
        shown = sum(len(self.shown_questions(subject)) for subject in self.subjects)
        return shown - sum(len(self.put_questions(subject)) for subject in self.subjects)

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
        return [q for q in self.put_questions(subject) if not self.is_answered(q)]

    def subject_state(self, subject: Subject) -> SubjectState:
        put = self.put_questions(subject)
        still_open = self.open_questions(subject)
        answered = len(put) - len(still_open)
        return SubjectState(
            section=subject,
            state=self.state(subject, answered, len(put)),
            answered=answered,
            total=len(put),
            further=len(self.shown_questions(subject)) - len(put),
            url=self.entrance(subject, [*still_open, *put]),
            page_url=self.rest_url(subject),
        )

    def entrance(self, subject: Subject, questions: list[Question]) -> str:
        """Where one begins with a subject: its page, or in the short way a question of it."""
        asked_alone = [question for question in questions if self.stands_alone(question)]
        return self.question_url(subject, asked_alone[0]) if asked_alone else self.url(subject)

    def state(self, subject: Subject, answered: int, total: int) -> str:
        """Follows from the answers alone; nobody is asked whether a subject is complete."""
        if answered == total:
            return COMPLETED
        if answered:
            return IN_PROGRESS
        return OPTIONAL if subject.slug == CLOSING else NOT_STARTED

    def subject_states(self) -> list[SubjectState]:
        return [self.subject_state(subject) for subject in self.put_subjects()]

    def put_subjects(self) -> list[Subject]:
        """In the short way not those of which nothing is put."""
        return [s for s in self.subjects if not self.short or self.put_questions(s)]

    def next_open(self) -> tuple[Subject, Question] | None:
        """The first question of a dimension that is put and has no answer yet."""
        for subject in self.subjects:
            if subject.slug in {PROFILE, CLOSING}:
                continue
            for question in self.open_questions(subject):
                return subject, question
        return None

    def next_subject(self, subject: Subject) -> Subject | None:
        place = self.subjects.index(subject) + 1
        return self.subjects[place] if place < len(self.subjects) else None

    def next_core(self, question: Question) -> tuple[Subject, Question] | None:
        """The first open one behind `question`: what has an answer is not asked again."""
        codes = [one.code for subject in self.subjects for one in subject.questions]
        behind = set(codes[codes.index(question.code) + 1 :])
        still_open = ((s, q) for s, q in self.core if not self.is_answered(q))
        return next(((s, q) for s, q in still_open if q.code in behind), None)

    def stands_alone(self, question: Question) -> bool:
        """Whether it has a page to itself."""
        return self.short and question.core and not question.profile

    def question_url(self, subject: Subject, question: Question, *, checking: bool = False) -> str:
        """Where a question is answered: its own page, or its place on the page of its subject."""
        query = "?check=1" if checking else ""
        if self.stands_alone(question):
            return reverse("question", args=[self.response.uuid, question.code]) + query
        return f"{self.url(subject)}{query}#{question.code}"

    def rest_url(self, subject: Subject) -> str:
        """Its whole page, at the first question of it that has no answer."""
        rest = [q for q in self.shown_questions(subject) if not self.is_answered(q)]
        return f"{self.url(subject)}#{rest[0].code}" if rest else self.url(subject)

    @property
    def next_open_url(self) -> str:
        """The next question that waits for an answer; where none does, the check page."""
        found = self.next_open()
        return self.question_url(*found) if found else self.check_url

    @property
    def start_url(self) -> str:
        """Where answering begins or goes on: the next question of the short way, or the list."""
        found = self.next_open() if self.short else None
        return self.question_url(*found) if found else self.tasks_url

    @property
    def tasks_url(self) -> str:
        return reverse("tasks", args=[self.response.uuid])

    @property
    def check_url(self) -> str:
        return reverse("check", args=[self.response.uuid])

    def url(self, subject: Subject) -> str:
        if subject.slug == PROFILE:
            return reverse("profile", args=[self.response.uuid])
        return reverse("page", args=[self.response.uuid, subject.slug])


def progress_of(response: Response) -> Progress:
    """One query, whatever the size of the bank."""
    return Progress(response=response, rows=answers_of(response))


def subjects_for(response: Response, instrument: Instrument) -> tuple[Subject, ...]:
    """With what this tier and sector is asked; a subject with no question is left out."""
    tier, sector = response.routed_as
    return subjects_of_seat(response.round, instrument, sector, tier)


def subjects_of_seat(
    found: Round, instrument: Instrument, sector: str | None, tier: str | None
) -> tuple[Subject, ...]:
    """The same of a group of a round."""

    def is_asked(question: Question) -> bool:
        """By tier and sector; in a short round of several nobody goes on to the rest."""
        if question.profile:
            return True
        return not (short and not question.core) and question.routed_to(tier, sector)

    chosen = found.questionnaire == Round.Questionnaire.SHORT and not found.alone
    short = chosen and has_short_way(instrument)
    several = subjects_of(instrument, alone=found.alone)
    routed = (replace(s, questions=tuple(filter(is_asked, s.questions))) for s in several)
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
    outer = (Subject(PROFILE, _("Your programmes"), "", profile),) if alone else ()
    closing = Subject(CLOSING, _("In your own words"), "", instrument.closing_questions)
    return (
        *outer,
        *dimensions,
        *([closing] if closing.questions else []),
    )
