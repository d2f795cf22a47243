"""Many at once: one outcome, nothing lost, nothing doubled."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections

from assessment.actions.accounts.delete_accounts import LastSuperuser
from assessment.actions.editions.publish import publish
from assessment.actions.editions.start_draft import start_draft
from assessment.actions.organisations.join import InvitationOver
from assessment.actions.organisations.members import LastOwner, NoMember, NotAnOwner
from assessment.actions.responses.lock import AlreadySubmitted
from assessment.actions.responses.reopen import Superseded, reopen_response
from assessment.actions.responses.save_answers import SaveOutcome
from assessment.actions.responses.submit import submit_response
from assessment.models import DimensionScore, Edition, Response, Result, Scheme
from assessment.models.editions import NotADraft
from tests.actions.respondent_steps import begin, save, sent, submitted
from tests.factories import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.no_cover

REFUSALS = (
    *(AlreadySubmitted, LastSuperuser, NotADraft, Superseded),
    *(InvitationOver, LastOwner, NoMember, NotAnOwner),
)


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """What each of the works gave or refused, all begun at the same moment."""
    ready = Barrier(len(works))

    def one(work: Callable[[], Any]) -> Any:
        try:
            ready.wait(timeout=30)
            return work()
        except REFUSALS as refusal:
            return type(refusal)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(one, works))


def test_starts_submits_and_reopenings_at_once_make_one_of_each(edition: Edition) -> None:
    """Reopening for two reasons is refused to one of them."""
    (response,) = set(at_once(*[lambda: begin(edition, "one-key")] * 10))
    assert (Response.objects.get(), Scheme.objects.count()) == (response, 1)
    save(response, sent("PC1", 3))

    outcomes = at_once(*[lambda: submit_response(response=response, now=NOW)] * 50)
    assert outcomes.count(AlreadySubmitted) == 49
    assert (Result.objects.count(), DimensionScore.objects.count()) == (1, 9)
    (given,) = [outcome for outcome in outcomes if outcome is not AlreadySubmitted]
    assert given.result == Response.objects.get().result == Result.objects.get()

    (again,) = set(at_once(*[lambda: reopen_response(response=response, reason="", now=NOW)] * 8))
    assert again == Response.objects.get(supersedes=response)
    submitted(again)
    outcomes = at_once(
        *[
            lambda why=why: reopen_response(response=again, reason=why, now=NOW)
            for why in ("a", "b")
        ]
    )
    assert outcomes.count(Superseded) == 1
    assert Response.objects.count() == 3


def test_saves_at_once_conflict_over_one_question_alone_with_one_winner_a_revision(
    edition: Edition,
) -> None:
    response = begin(edition)
    codes = [q.code for q in edition.instrument().questions if q.kind == "level"][:20]
    outcomes = at_once(*[lambda code=code: save(response, sent(code, 2)) for code in codes])
    assert [saved.conflicts for saved in outcomes] == [()] * len(codes)
    assert sorted(response.answers_by_code()) == sorted(codes)

    won, stored = [], []
    for seen in range(4):
        values = [10 * seen + number for number in range(8)]
        saves: list[SaveOutcome] = at_once(
            *[
                lambda value=value, seen=seen: save(response, sent("BI5", value, revision=seen))
                for value in values
            ]
        )
        winners = [value for value, s in zip(values, saves, strict=True) if not s.conflicts]
        won.append((winners, seen + 1))
        answer = response.answers.get(code="BI5")
        stored.append(([answer.value], answer.revision))

    assert stored == won


def test_submit_while_answering_judges_what_was_acknowledged(edition: Edition) -> None:
    response = begin(edition)
    save(response, sent("PC1", 3))
    levels = [q for q in edition.instrument().questions if q.kind == "level" and not q.shown_if]
    codes = [question.code for question in levels][1:12]

    outcomes = at_once(
        *[lambda code=code: save(response, sent(code, 2)) for code in codes],
        lambda: submit_response(response=response, now=NOW),
    )

    saved = [c for c, o in zip(codes, outcomes, strict=False) if o is not AlreadySubmitted]
    judged = Result.objects.get().read().items
    answered = [code for code, item in judged.items() if item.status == "answered"]
    assert sorted(answered) == sorted(["PC1", *saved]) == sorted(response.answers_by_code())


def test_publishing_at_once_publishes_each_draft_once_under_its_own_number(
    edition: Edition,
) -> None:
    one, *drafts = [start_draft(edition=edition, now=NOW) for _ in range(3)]

    outcomes = at_once(*[lambda: publish(edition=one, now=NOW)] * 3)
    at_once(*[lambda draft=draft: publish(edition=draft, now=NOW) for draft in drafts])

    assert outcomes.count(NotADraft) == 2
    numbers = Edition.objects.published().order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3, 4]


def test_publish_while_answering_leaves_the_response_on_its_edition(edition: Edition) -> None:
    response = begin(edition)
    draft = start_draft(edition=edition, now=NOW)
    codes = ["PC1", "PC2", "PC3", "HC1"]

    at_once(
        lambda: publish(edition=draft, now=NOW),
        *[lambda code=code: save(response, sent(code, 2)) for code in codes],
    )

    response.refresh_from_db()
    assert (response.edition, Edition.objects.current()) == (edition, draft)
    assert sorted(response.answers_by_code()) == sorted(codes)
