"""Owners in the plan of a round are reminded of its dates, where an address is given."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.contrib.auth.models import User

from assessment.actions.plans.change import add_line, change_line
from assessment.actions.plans.editor import PlanEditor
from assessment.actions.plans.remind import plan_reminder, remind_owners
from assessment.actions.plans.take import take_advice
from assessment.actions.plans.values import LineValues, ShareValues
from assessment.actions.rounds.close import close_round
from assessment.method.advice import advice_references
from assessment.models import OutgoingMail, PlanLine, PlanShare, Round
from assessment.reports.plan_wording import what_of_line
from assessment.tasks import sweep
from tests.actions.rounds.round_steps import opened_round, take_part
from tests.actions.rounds.test_close import EVERYBODY
from tests.factories import NOW
from tests.tables import undone

if TYPE_CHECKING:
    from datetime import datetime

    from assessment.models import Edition

DUE = NOW + timedelta(days=60)
SP, AG = "social_protection", "agriculture"


@pytest.fixture
def editor(db: None) -> PlanEditor:
    return PlanEditor(User.objects.create_user("felix"), "https://articula.example", "es")


@pytest.fixture
def line(edition: Edition, editor: PlanEditor) -> PlanLine:
    """Of two owners one is to be reminded."""
    made = opened_round(edition)
    take_part(made, EVERYBODY)
    close_round(round=made, now=NOW)
    made.refresh_from_db()
    shares = (ShareValues(SP, owner="Registro", email="reg@x.example"), ShareValues(AG, owner="B"))
    values = LineValues(what="Una lista", due_date=DUE.date(), shares=shares)
    return add_line(round=made, uuid=uuid4(), values=values, now=NOW, editor=editor)


def told(now: datetime) -> list[tuple[str, str]]:
    """To whom a message was written, and its subject."""
    before = OutgoingMail.objects.count()
    remind_owners(now=now, what_of=what_of_line)
    found = []
    for mail in OutgoingMail.objects.order_by("pk")[before:]:
        text = plan_reminder(mail)
        found.append((mail.to, text.subject if text else ""))
    return found


def change(line: PlanLine, editor: PlanEditor, **values: object) -> None:
    stored = PlanLine.objects.get(pk=line.pk)
    as_it_is = {name: getattr(stored, name) for name in ("what", "due_date", "state")}
    shares = tuple(ShareValues.of(share) for share in stored.shares.all())
    wanted = LineValues(**{**as_it_is, "shares": shares, **values})
    change_line(
        round=stored.round,
        line=line.uuid,
        values=wanted,
        revision=stored.revision,
        now=NOW,
        editor=editor,
    )


def test_owner_is_reminded_once_before_a_date_and_once_after_it(
    line: PlanLine, editor: PlanEditor
) -> None:
    scheme = line.round.scheme.name
    near = ("reg@x.example", f"A date comes near in the plan of “{scheme}”")
    passed = ("reg@x.example", f"A date has passed in the plan of “{scheme}”")

    assert told(DUE - timedelta(days=15)) == []
    assert told(DUE - timedelta(days=14)) == [near]
    assert told(DUE) == []
    assert told(DUE + timedelta(days=1)) == [passed]
    assert told(DUE + timedelta(days=2)) == []
    later = (DUE + timedelta(days=100)).date()
    change(line, editor, due_date=later)
    assert told(DUE + timedelta(days=90)) == [near]


def test_owner_who_follows_another_is_reminded_too_until_the_date_is_moved(
    line: PlanLine, editor: PlanEditor
) -> None:
    """The message that waits is dropped then."""
    before = [to for to, _subject in told(DUE)]
    change(line, editor, shares=(ShareValues(SP, owner="Registro", email="new@x.example"),))
    after = [to for to, _subject in told(DUE)]
    change(line, editor, due_date=date(2030, 1, 1))

    assert (before, after) == (["reg@x.example"], ["new@x.example"])
    assert plan_reminder(OutgoingMail.objects.get(to="new@x.example")) is None


def test_message_says_what_is_due_and_whom_to_tell(line: PlanLine, editor: PlanEditor) -> None:
    """What advice says in the language of the owner."""
    sweep(now=DUE)
    mail = OutgoingMail.objects.get(kind="plan_reminder")
    text = plan_reminder(mail)
    round = Round.objects.get(pk=line.round_id)
    result = round.result_that_counts.read()
    key = next(iter(advice_references(round.edition.instrument(), result)))
    take_advice(round=round, result=result, keys=[key], now=NOW, editor=editor)
    advised = what_of_line(round.plan_lines.get(position=2), "en")

    assert text is not None
    assert (mail.language, mail.origin) == ("es", "https://articula.example")
    assert (text.paragraphs[0], text.paragraphs[2]) == ("To: Registro", "Una lista")
    assert text.link == ""
    assert advised
    assert "{" not in advised


def test_nobody_is_reminded_of_what_is_over_or_long_past(
    line: PlanLine, editor: PlanEditor
) -> None:
    def of_state(state: str) -> list[tuple[str, str]]:
        with undone():
            change(line, editor, state=state)
            return told(DUE)

    assert {state: of_state(state) for state in ("done", "dropped")} == {"done": [], "dropped": []}
    assert told(DUE + timedelta(days=31)) == []


def test_what_another_sweep_did_meanwhile_is_not_done_again(
    line: PlanLine, editor: PlanEditor
) -> None:
    both = [ShareValues(sector, email=f"{sector}@x.example") for sector in (SP, AG)]
    change(line, editor, shares=tuple(both))

    def what_of(one: PlanLine, language: str) -> str:
        PlanShare.objects.update(reminded_of=one.due_date)
        return what_of_line(one, language)

    assert remind_owners(now=DUE, what_of=what_of) == 1
    assert OutgoingMail.objects.count() == 1
