"""What came after the invented rounds closed: their session, their signatures, their plan."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from assessment.actions.joint_sessions.agreements import end_session, record_agreement
from assessment.actions.joint_sessions.prepare import prepare_session
from assessment.actions.joint_sessions.steps import reveal
from assessment.actions.plans.change import add_line, change_line
from assessment.actions.plans.take import take_advice
from assessment.actions.plans.values import LineValues, ShareValues
from assessment.actions.rounds.agree import SessionOutcome
from assessment.actions.sign_offs.decide import decide_on_paper
from assessment.actions.sign_offs.name import SignatoryDetails, name_signatory
from assessment.instrument.model import COORDINATING_SECTORS
from assessment.method.advice import advice_references

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from assessment.models import Round


def hold_session(round: Round, held: Mapping[str, Any], closed: datetime) -> None:
    """All that is asked is revealed, and each question ends agreed or not."""
    then = closed + timedelta(days=held["days_after"])
    questions = held["question"]
    codes = [one["code"] for one in questions]
    session = prepare_session(round=round, codes=codes, second_answers=False)
    for item in round.session_items.all():
        reveal(session=session, item=item, now=then)
    for one in questions:
        outcome = SessionOutcome(one["code"], one.get("agreed"), one["reason"])
        record_agreement(session=session, answer=outcome)
    end_session(session=session, now=then)


def sign(round: Round, held: Mapping[str, Any], closed: datetime) -> None:
    then = closed + timedelta(days=held["days_after"])
    named = SignatoryDetails(held["sector"], held["name"], held["function"])
    decide_on_paper(
        signatory=name_signatory(round=round, named=named, origin="", now=then),
        content_hash=round.result_that_counts.content_hash,
        approved=held["approved"],
        reason=held.get("reason", ""),
        now=then,
    )


def plan(round: Round, held: Mapping[str, Any], closed: datetime) -> None:
    """One line; where the result gives its advice no more, none."""
    values = LineValues(
        what=held.get("what"),
        due_date=(closed + timedelta(days=held["due_days"])).date(),
        sign=held.get("sign", ""),
        evidence=held.get("evidence", ""),
        subject=held.get("subject", ""),
        state=held.get("state", "planned"),
        shares=tuple(
            ShareValues(sector, **held[sector]) for sector in COORDINATING_SECTORS if sector in held
        ),
    )
    key = held.get("advice", "")
    result = round.result_that_counts.read()
    if not key:
        add_line(round=round, uuid=uuid4(), values=values, now=closed)
    elif key in advice_references(round.edition.instrument(), result):
        take_advice(round=round, result=result, keys=[key], now=closed)
        line = round.plan_lines.get(position=round.plan_lines.count())
        change_line(round=round, line=line.uuid, values=values, revision=line.revision, now=closed)
