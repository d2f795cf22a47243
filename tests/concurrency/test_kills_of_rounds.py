"""The site is killed at the n-th statement of what comes after a round has closed, for every n."""

from __future__ import annotations

import os
import signal
import warnings
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection

from assessment.actions.joint_sessions.agreements import end_session, record_agreement
from assessment.actions.joint_sessions.prepare import prepare_session
from assessment.actions.joint_sessions.steps import ask_again, reveal
from assessment.actions.plans.change import add_line, change_line
from assessment.actions.plans.editor import PlanEditor
from assessment.actions.plans.remind import remind_owners
from assessment.actions.plans.values import LineValues, ShareValues
from assessment.actions.rounds.agree import SessionOutcome
from assessment.actions.rounds.next_round import next_round
from assessment.actions.sign_offs.decide import decide_on_paper
from assessment.actions.sign_offs.name import SignatoryDetails, name_signatory
from assessment.models import (
    AgreedAnswer,
    Invitation,
    JointSession,
    OutgoingMail,
    PlanChange,
    PlanLine,
    PlanShare,
    RecordEntry,
    Result,
    Round,
    SessionItem,
    Signatory,
    SignOff,
)
from tests.closed_rounds import closed_round
from tests.concurrency.test_failures import FailsAt, everything
from tests.factories import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from assessment.models import Edition

SP, AG = "social_protection", "agriculture"
TABLES = (
    *(Round, Result, AgreedAnswer, JointSession, SessionItem, Signatory, SignOff, Invitation),
    *(PlanLine, PlanShare, PlanChange, OutgoingMail, RecordEntry),
)


@pytest.fixture
def round(edition: Edition) -> Round:
    return closed_round(edition)


class KillsAt(FailsAt):
    """Kills this process before that statement."""

    def fail(self) -> None:
        os.kill(os.getpid(), signal.SIGKILL)


def killed_whole(action: Callable[[], object]) -> int:
    """How often a process was killed in it before one got through; each time nothing of it may
    stand, and the next one can go on.
    """
    before = everything(TABLES)
    for statement in range(200):
        connection.close()
        with warnings.catch_warnings():
            # From Python 3.12 on; the child does nothing but this action.
            warnings.simplefilter("ignore", DeprecationWarning)
            child = os.fork()
        if child == 0:
            code = 1
            try:
                with connection.execute_wrapper(KillsAt(statement)):
                    action()
                code = 0
            finally:
                os._exit(code)
        _child, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            assert os.WEXITSTATUS(status) == 0
            assert everything(TABLES) != before
            return statement
        assert everything(TABLES) == before
    raise AssertionError("never got through")


def test_each_step_of_a_joint_session_is_whole(round: Round) -> None:
    session = prepare_session(round=round, codes=["TG2", "HC2"], second_answers=True)
    item = round.session_items.get(code="TG2")
    ask_again(session=session, item=item)

    revealing = killed_whole(lambda: reveal(session=session, item=item, now=NOW))
    record_agreement(session=session, answer=SessionOutcome("TG2", 3, "The decree says so"))
    ending = killed_whole(lambda: end_session(session=session, now=NOW))

    assert (revealing > 3, ending > 10) == (True, True)


def test_each_step_from_the_signature_to_the_next_round_is_whole(
    round: Round, edition: Edition
) -> None:
    named = SignatoryDetails(SP, "Rosa", "Director")
    made = name_signatory(round=round, named=named, origin="", now=NOW)
    digest = round.result_that_counts.content_hash

    def sign() -> None:
        decide_on_paper(
            signatory=made, content_hash=digest, approved=False, reason="Too few", now=NOW
        )

    kills = {
        "signature": killed_whole(sign),
        "plan": killed_whole(change_of_the_plan(round)),
        "reminder": killed_whole(
            lambda: remind_owners(now=NOW - timedelta(days=1), what_of=lambda *_: "A list")
        ),
        "next round": killed_whole(lambda: next_round(round=round, edition=edition, now=NOW)),
    }

    least = {"signature": 3, "plan": 5, "reminder": 2, "next round": 5}
    assert {step: number for step, number in kills.items() if number <= least[step]} == {}


def change_of_the_plan(round: Round) -> Callable[[], None]:
    """Of a line of both sides, of which one stays: its owner is to be reminded."""
    editor = PlanEditor(User.objects.create_user("felix"), "https://x.example", "en")
    both = tuple(ShareValues(side, owner="A", email="a@x.example") for side in (SP, AG))
    values = LineValues(what="A list", due_date=NOW.date(), shares=both)
    line = add_line(round=round, uuid=uuid4(), values=values, now=NOW, editor=editor)
    other = LineValues(what="Another", due_date=NOW.date(), shares=both[:1])

    def change() -> None:
        change_line(round=round, line=line.uuid, values=other, revision=1, now=NOW, editor=editor)

    return change
