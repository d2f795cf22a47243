from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from assessment.actions.rounds import closing_notice
from assessment.actions.rounds.closing_notice import tell_of_closing
from assessment.actions.rounds.enter import begin_by_link
from assessment.actions.rounds.invite import Invitee, invite
from assessment.actions.rounds.places import secret_of_nonce
from assessment.actions.rounds.round_mail import round_closing
from assessment.actions.rounds.send import send_invitations
from assessment.models import Invitation, OutgoingMail, Round
from assessment.tasks import sweep
from tests.actions.rounds.round_steps import AG, opened_round
from tests.factories import NOW

if TYPE_CHECKING:
    from datetime import datetime

    from assessment.models import Edition

CLOSES = NOW + timedelta(days=10)
SOON = CLOSES - timedelta(days=2)
ORIGIN = "https://articula.example"


@pytest.fixture
def round(edition: Edition) -> Round:
    """Ana has begun, Luz has not, and Eve begins with a link that was handed over."""
    made = opened_round(edition, closes_at=CLOSES, time_zone="America/Lima")
    invite(round=made, people=[invitee("Ana"), invitee("Luz"), Invitee("Eve", "", "", "local", AG)])
    send_invitations(round=made, origin=ORIGIN, now=NOW)
    for place in made.invitations.exclude(name="Luz"):
        begin(place)
    return made


def invitee(name: str) -> Invitee:
    return Invitee(name, f"{name.lower()}@x.example", "", "local", AG)


def begin(place: Invitation) -> None:
    begin_by_link(secret=secret_of_nonce(place.nonce), language="en", notice="1", now=NOW)


def notices() -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(kind="round_closing").order_by("pk"))


def told(now: datetime) -> list[str]:
    before = len(notices())
    tell_of_closing(now=now)
    return [mail.to for mail in notices()[before:]]


def test_who_has_begun_is_told_once_two_days_before_and_again_of_another_day(round: Round) -> None:
    assert told(SOON - timedelta(seconds=1)) == []
    assert told(SOON) == ["ana@x.example"]
    assert told(SOON + timedelta(hours=1)) == []

    moved = CLOSES + timedelta(days=5)
    Round.objects.filter(pk=round.pk).update(closes_at=moved)
    assert told(SOON + timedelta(hours=1)) == []
    assert told(moved - timedelta(days=1)) == ["ana@x.example"]
    assert told(moved) == []


def test_sweep_tells_once_and_nothing_at_the_place_says_who_was_told(round: Round) -> None:
    places = list(round.invitations.order_by("pk").values())

    Round.objects.update(last_day_told=CLOSES)
    of_another_sweep = closing_notice._tell(round.pk, SOON), notices()
    Round.objects.update(last_day_told=None)
    sweep(now=SOON)

    assert of_another_sweep == (0, [])
    assert [mail.to for mail in notices()] == ["ana@x.example"]
    assert list(round.invitations.order_by("pk").values()) == places


def test_notice_says_what_counts_and_until_when_and_only_to_who_has_begun(round: Round) -> None:
    tell_of_closing(now=SOON)
    (mail,) = notices()
    text = round_closing(mail)

    assert text is not None
    ana = round.invitations.get(name="Ana")
    assert text.link == f"{ORIGIN}/invitation/{secret_of_nonce(ana.nonce)}/"
    assert text.subject == "“Joint scheme” closes soon: your answers are not submitted yet"
    assert text.paragraphs[-1] == (
        "You can answer until 12 November 2026, 04:30 (America/Lima). Only what is submitted by "
        "then counts; questions may stay open."
    )
    luz = round.invitations.get(name="Luz")
    mail.params, mail.to = {"invitation": str(luz.uuid)}, luz.email
    assert round_closing(mail) is None
    mail.to = "somebody@else.example"
    assert round_closing(mail) is None
