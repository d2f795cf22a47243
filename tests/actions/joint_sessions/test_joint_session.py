from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from assessment.actions.joint_sessions.agreements import (
    NotRevealed,
    end_session,
    open_session_again,
    record_agreement,
)
from assessment.actions.joint_sessions.prepare import (
    SessionBegun,
    prepare_session,
    screen_secret,
    session_by_secret,
)
from assessment.actions.joint_sessions.second_answers import answer_again
from assessment.actions.joint_sessions.steps import (
    NotAsked,
    SessionOver,
    ask_again,
    give_time,
    item_before,
    next_item,
    reveal,
    show_item,
)
from assessment.actions.rounds.agree import (
    RoundNotClosed,
    SessionOutcome,
)
from assessment.actions.rounds.close import close_round
from assessment.actions.rounds.erase import forget_answers
from assessment.instrument.answers import Answer
from assessment.models import AgreedAnswer, JointSession, Round, SessionAnswer, SessionItem
from assessment.models.queries.round_process import process_of
from tests.actions.rounds.round_steps import AG, Person, opened_round, take_part
from tests.actions.rounds.test_close import EVERYBODY
from tests.closed_rounds import closed_round
from tests.factories import NOW
from tests.tables import raised, undone

if TYPE_CHECKING:
    from assessment.models import Edition, Response

CODES = ("TG2", "HC2", "DS1")


@pytest.fixture
def round(edition: Edition) -> Round:
    return closed_round(edition)


@pytest.fixture
def session(round: Round) -> JointSession:
    return prepare_session(round=round, codes=CODES, second_answers=True)


def item(session: JointSession, code: str = "TG2") -> SessionItem:
    found: SessionItem = session.round.session_items.get(code=code)
    return found


def answered(value: object) -> Answer:
    return Answer("answered", value)  # type: ignore[arg-type]


def people(session: JointSession) -> list[Response]:
    return list(session.round.responses.order_by("sector", "tier", "pk"))


def test_session_goes_through_its_questions_and_ends_in_an_agreed_result(
    session: JointSession,
) -> None:
    assert next_item(session) == item(session)
    shown = show_item(session=session, item=item(session))
    assert (next_item(shown), item_before(shown)) == (item(session, "HC2"), None)
    again = show_item(session=session, item=item(session))
    assert again.steps == shown.steps
    timed = give_time(session=session, time=timedelta(minutes=5), now=NOW)
    assert timed.timer_ends_at == NOW + timedelta(minutes=5)
    with pytest.raises(NotRevealed):
        record_agreement(session=session, answer=SessionOutcome("TG2", 3, ""))

    revealed = reveal(session=session, item=item(session), now=NOW)
    assert reveal(session=session, item=item(session), now=NOW).steps == revealed.steps
    record_agreement(session=session, answer=SessionOutcome("TG2", 2, "First"))
    record_agreement(session=session, answer=SessionOutcome("TG2", 3, "The decree"))
    reveal(session=session, item=item(session, "HC2"), now=NOW)
    record_agreement(session=session, answer=SessionOutcome("HC2", None, "One says 4, one 1"))
    result = end_session(session=session, now=NOW)

    session.round.refresh_from_db()
    assert session.round.result == result
    assert (result.kind, result.read().agreed) == ("agreed", ("TG2",))
    stored = AgreedAnswer.objects.values_list("code", "status", "value", "revision")
    assert list(stored) == [("TG2", "agreed", 3, 2), ("HC2", "not_agreed", None, 1)]
    for late in (
        lambda: show_item(session=session, item=None),
        lambda: reveal(session=session, item=item(session), now=NOW),
        lambda: record_agreement(session=session, answer=SessionOutcome("TG2", 1, "")),
    ):
        with pytest.raises(SessionOver):
            late()
    told = process_of(session.round)
    assert told["session"] == {"day": NOW.date().isoformat(), "talked": 2, "second_answers": 0}
    assert (told["agreed"], told["not_agreed"], told["unchanged"]) == (1, 1, True)


def test_agreeing_otherwise_makes_another_result(session: JointSession) -> None:
    reveal(session=session, item=item(session), now=NOW)
    record_agreement(session=session, answer=SessionOutcome("TG2", 3, ""))
    first = end_session(session=session, now=NOW)
    open_session_again(session=session)
    record_agreement(session=session, answer=SessionOutcome("TG2", 1, ""))

    second = end_session(session=session, now=NOW)

    assert (first.number, second.number) == (1, 2)
    assert first.content_hash != second.content_hash


def test_session_that_agreed_on_nothing_or_of_which_somebody_is_erased_leaves_the_joint_result(
    session: JointSession,
) -> None:
    """The agreed result beside the joint one would tell what she had answered."""
    ask_again(session=session, item=item(session))
    without = end_session(session=session, now=NOW)
    state = item(session).state
    open_session_again(session=session)
    reveal(session=session, item=item(session), now=NOW)
    record_agreement(session=session, answer=SessionOutcome("TG2", 3, ""))
    Round.objects.update(answers_erased=True)

    erased = end_session(session=session, now=NOW)

    assert (without.kind, state, erased.kind) == ("joint", "waiting", "joint")
    assert AgreedAnswer.objects.get().value == 3


UNKNOWN = Answer("dont_know", None)


def test_second_answers_are_counted_once_and_shown_from_the_minimum_on(
    session: JointSession,
) -> None:
    """That one of five chose something, and what, is hers alone."""
    two, three, options = answered(2), answered(3), answered(("roles", "common_objective"))
    seven = {"2": 3, "3": 3, "dont_know": 1}
    table: dict[str, tuple[str, list[Answer], object]] = {
        "four": ("TG2", [UNKNOWN, three, two, three], None),
        "seven": ("TG2", [UNKNOWN, *[three, two] * 3], seven),
        "one of five": ("TG2", [answered(0), *[UNKNOWN] * 4], None),
        "nobody knows": ("TG2", [UNKNOWN] * 4, None),
        "several options": ("DS1", [options] * 5, {"common_objective": 5, "roles": 5}),
    }

    def outcome(code: str, answers: list[Answer]) -> object:
        with undone():
            for _ in range(2):
                ask_again(session=session, item=item(session, code))
                for response, one in zip(people(session), answers, strict=False):
                    answer_again(session=session, response=response, code=code, answer=one)
            stored = SessionAnswer.objects.count()
            reveal(session=session, item=item(session, code), now=NOW)
            found = item(session, code)
            return stored, found.second_people, found.second_counts

    assert {name: outcome(code, answers) for name, (code, answers, _) in table.items()} == {
        name: (len(answers), len(answers), counts) for name, (_, answers, counts) in table.items()
    }


def test_second_answers_are_not_counted_once_first_ones_were_erased(session: JointSession) -> None:
    ask_again(session=session, item=item(session))
    forget_answers(session.round.responses.filter(pk=people(session)[0].pk))
    for response in people(session):
        answer_again(session=session, response=response, code="TG2", answer=answered(2))

    reveal(session=session, item=item(session), now=NOW)

    assert (item(session).second_people, item(session).second_counts) == (0, None)


def test_second_answers_of_a_hidden_group_are_not_counted(edition: Edition) -> None:
    """What two people say would be the rest of the sum."""
    made = opened_round(edition, promise={"round_result": True})
    few = [Person("local", AG, {"TG2": 4})] * 2
    take_part(made, [*EVERYBODY, *few])
    close_round(round=made, now=NOW)
    session = prepare_session(round=made, codes=["TG2"], second_answers=True)
    ask_again(session=session, item=item(session))
    for response in people(session):
        answer_again(session=session, response=response, code="TG2", answer=answered(2))

    reveal(session=session, item=item(session), now=NOW)

    of_few = made.responses.filter(sector=AG, tier="local").count()
    assert of_few == len(few)
    assert item(session).second_people == len(people(session)) - of_few


def test_only_who_submitted_in_this_round_answers_again_while_it_is_asked(
    session: JointSession, edition: Edition
) -> None:
    """And only where second answers were chosen."""
    first, stranger, begun = people(session)[:3]
    stranger.round = opened_round(edition)
    begun.submitted_at = None
    again: dict[str, Any] = {"session": session, "code": "TG2", "answer": answered(1)}

    raised(NotAsked, answer_again, response=first, **again)
    ask_again(session=session, item=item(session))
    for response in (stranger, begun):
        raised(NotAsked, answer_again, response=response, **again)
    reveal(session=session, item=item(session), now=NOW)
    raised(NotAsked, answer_again, response=first, **again)
    assert SessionAnswer.objects.count() == 0

    JointSession.objects.update(second_answers=False)
    raised(NotAsked, ask_again, session=session, item=item(session, "HC2"))


def test_questions_are_chosen_until_something_is_shown(
    session: JointSession, edition: Edition
) -> None:
    again = prepare_session(round=session.round, codes=["HC2"], second_answers=False)

    assert (again.pk, again.nonce) == (session.pk, session.nonce)
    assert [one.code for one in again.round.session_items.all()] == ["HC2"]
    assert session_by_secret(screen_secret(again)) == again
    assert session_by_secret("another") is None
    chosen = item(again, "HC2")
    assert [str(row) for row in (again, chosen, SessionAnswer(item=chosen))] == [
        *(str(again.round_id), f"{again.round_id}/HC2", str(chosen.pk)),
    ]
    reveal(session=again, item=chosen, now=NOW)
    wanted: dict[str, Any] = {"codes": ["TG2"], "second_answers": False}
    raised(SessionBegun, prepare_session, round=session.round, **wanted)
    raised(RoundNotClosed, prepare_session, round=opened_round(edition), **wanted)
