from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from assessment.actions.responses.lock import AlreadySubmitted
from assessment.actions.responses.save_answers import (
    AnswerConflict,
    BadAnswers,
    SubmittedAnswer,
    save_answers,
)
from assessment.instrument.answers import Answer as MethodAnswer
from assessment.models import Answer
from assessment.models.responses import AnswerRow
from tests.actions.respondent_steps import save, sent, stored, submitted
from tests.factories import NOW
from tests.tables import raised, undone

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from assessment.models import Response


def test_save_answers_keeps_what_was_sent(response: Response) -> None:
    """Nothing of a question left open, and the last of two for one question."""
    table: list[tuple[tuple[SubmittedAnswer, ...], tuple[Any, ...]]] = [
        ((sent("PC1", "3"),), ("PC1", "answered", 3, "", 1)),
        (
            (sent("DS1", ["roles", "common_objective"]),),
            ("DS1", "answered", ["common_objective", "roles"], "", 1),
        ),
        ((sent("BI5", "20"),), ("BI5", "answered", 20, "", 1)),
        ((sent("PC1", "dont_know"),), ("PC1", "dont_know", None, "", 1)),
        ((sent("TG5", "not_applicable"),), ("TG5", "not_applicable", None, "", 1)),
        ((sent("PC1", 0, note="Not yet."),), ("PC1", "answered", 0, "Not yet.", 1)),
        ((sent("PC1", None, note="Ask Luis."),), ("PC1", "", None, "Ask Luis.", 1)),
        ((sent("PC1", None),), ()),
        ((sent("PC1", 3), sent("PC1", 4)), ("PC1", "answered", 4, "", 1)),
    ]

    def kept(incoming: tuple[SubmittedAnswer, ...]) -> object:
        with undone():
            saved = save(response, *incoming)
            return stored(response), saved.revisions, saved.conflicts, saved.at

    assert [kept(incoming) for incoming, _ in table] == [
        ([row] if row else [], {incoming[0].code: 1 if row else 0}, (), NOW)
        for incoming, row in table
    ]


def test_save_answers_changes_an_answer_and_takes_it_back_under_new_revisions(
    response: Response,
) -> None:
    """The same again changes nothing."""
    later = NOW + timedelta(hours=1)
    save(response, sent("PC1", 3))
    same = save(response, sent("PC1", 3))
    before = stored(response)

    changed = save_answers(response=response, answers=[sent("PC1", 1, revision=1)], now=later)
    after = stored(response), response.answers.get().updated_at
    save(response, sent("PC1", None, revision=2))

    assert (same.revisions, same.conflicts) == ({"PC1": 1}, ())
    assert before == [("PC1", "answered", 3, "", 1)]
    assert changed.revisions == {"PC1": 2}
    assert after == ([("PC1", "answered", 1, "", 2)], later)
    assert stored(response) == [("PC1", "", None, "", 3)]
    assert response.answers_by_code() == {}


def test_save_answers_tells_of_a_newer_answer_and_keeps_it(response: Response) -> None:
    save(response, sent("PC1", 3))
    save(response, sent("PC1", 4, revision=1))

    late = sent("PC1", 0, revision=1)
    saved = save(response, late, sent("PC2", 2))

    assert saved.conflicts == (
        AnswerConflict(incoming=late, stored=AnswerRow("PC1", "answered", 4, "", 2)),
    )
    assert saved.revisions == {"PC2": 1}
    assert stored(response) == [("PC1", "answered", 4, "", 2), ("PC2", "answered", 2, "", 1)]


def test_save_answers_refuses_and_writes_nothing(response: Response) -> None:
    """What is no question of a subject, and everything once it is submitted."""
    unknown = [
        SubmittedAnswer("XX1", MethodAnswer("answered", 1)),
        SubmittedAnswer("P1", MethodAnswer("answered", "PE")),
    ]

    def refused(incoming: SubmittedAnswer) -> object:
        error = raised(BadAnswers, save, response, sent("PC2", 4, revision=1), incoming)
        return {code: one.code for code, one in error.errors.items()}, stored(response)

    save(response, sent("PC2", 1))
    assert [refused(incoming) for incoming in unknown] == [
        ({incoming.code: "unknown_question"}, [("PC2", "answered", 1, "", 1)])
        for incoming in unknown
    ]
    submitted(response)
    before = stored(response)
    raised(AlreadySubmitted, save, response, sent("PC1", 1, revision=1))
    assert stored(response) == before


def test_save_answers_needs_the_same_queries_for_any_number(
    response: Response, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    response.edition.instrument()

    for codes in (["PC1"], ["PC1", "PC2", "PC3", "PC4", "HC1", "HC2"]):
        with undone(), django_assert_num_queries(5):
            save(response, *(sent(code, 1) for code in codes))


def test_answers_are_read_as_the_method_reads_them(response: Response) -> None:
    save(response, sent("PC1", 3), sent("DS1", ["roles"]), sent("PC2", None, note="?"))

    assert response.answers_by_code() == {
        "PC1": MethodAnswer("answered", 3),
        "DS1": MethodAnswer("answered", ("roles",)),
    }
    assert str(Answer.objects.get(code="PC1")) == f"{response.pk}/PC1"
