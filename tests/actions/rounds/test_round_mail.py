from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from assessment.actions.responses.submit import submit_response
from assessment.actions.rounds.enter import begin_by_link, decline
from assessment.actions.rounds.invite import Invitee, invite
from assessment.actions.rounds.places import secret_of_nonce
from assessment.actions.rounds.round_mail import round_invitation, round_reminder
from assessment.actions.rounds.send import remind, send_invitations
from assessment.models import OutgoingMail
from tests.actions.rounds.round_steps import AG, answer, opened_round
from tests.factories import NOW

if TYPE_CHECKING:
    from assessment.models import Edition, Round

ORIGIN = "https://articula.example"
LATER = NOW + timedelta(days=4)


@pytest.fixture
def round(edition: Edition) -> Round:
    made = opened_round(edition, closes_at=datetime(2026, 12, 1, 5, tzinfo=UTC))
    made.time_zone, made.letter = "America/Lima", "Thank you.\n\nThe planning unit"
    made.save()
    return made


def mails(round: Round, *names: str) -> list[OutgoingMail]:
    people = [Invitee(name, f"{name}@x.example", "", "local", AG) for name in names]
    invite(round=round, people=people)
    send_invitations(round=round, origin=ORIGIN, now=NOW)
    return list(OutgoingMail.objects.order_by("to"))


def test_invitation_says_who_asks_until_when_and_gives_the_link(round: Round) -> None:
    (mail,) = mails(round, "ana")
    text = round_invitation(mail)

    assert text is not None
    assert text.subject == "Your view of “Joint scheme” is asked for"
    assert text.link == f"{ORIGIN}/invitation/{secret_of_nonce(round.invitations.get().nonce)}/"
    assert text.paragraphs[0] == "Dear ana,"
    assert text.paragraphs[-4:] == (
        "You can answer until the end of 30 November 2026 (America/Lima).",
        "Thank you.",
        "The planning unit",
        "The page where you begin:",
    )
    assert mail.params == {"invitation": str(round.invitations.get().uuid)}
    round.closes_at = datetime(2026, 12, 1, 17, 30, tzinfo=UTC)
    assert round.closes_in_words == "1 December 2026, 12:30 (America/Lima)"


def test_who_declined_or_submitted_is_not_written_to(round: Round) -> None:
    ana, luz = mails(round, "ana", "luz")
    first, second = (secret_of_nonce(one.nonce) for one in round.invitations.order_by("name"))
    assert remind(round=round, origin=ORIGIN, now=LATER) == 2
    assert round_reminder(luz) is not None

    decline(secret=first)
    response = begin_by_link(secret=second, language="en", notice="1", now=NOW).response
    answer(response, {"LC1": 2})
    submit_response(response=response, now=NOW)

    assert round_invitation(ana) is None
    assert round_reminder(luz) is None
    assert remind(round=round, origin=ORIGIN, now=LATER + timedelta(days=4)) == 0
