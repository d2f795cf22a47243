from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assessment.actions.responses.lock import RoundNotOpen
from assessment.actions.responses.start import RoundOfOne
from assessment.actions.rounds.change import AlreadyPromised, RoundSettings, change_round
from assessment.actions.rounds.close import close_round
from assessment.actions.rounds.invite import Invitee, invite
from assessment.actions.rounds.make import MinimumTooSmall
from assessment.models.promises import Promise
from tests.actions.rounds.round_steps import AG, opened_round
from tests.factories import NOW, RoundFactory
from tests.tables import raised

if TYPE_CHECKING:
    from assessment.models import Edition

WANTED = RoundSettings("whole", 5, None, "UTC", "", Promise())


def test_promise_stands_once_somebody_is_invited(edition: Edition) -> None:
    """A round that is over or of one is not changed at all."""
    made = opened_round(edition)
    published = replace(WANTED, promise=Promise(published=True))
    change_round(round=made, settings=published)
    invite(round=made, people=[Invitee("Ana", "", "", "local", AG)])

    raised(AlreadyPromised, change_round, round=made, settings=WANTED)
    raised(MinimumTooSmall, change_round, round=made, settings=replace(published, minimum=4))
    assert change_round(round=made, settings=replace(published, minimum=6)).minimum == 6
    close_round(round=made, now=NOW)
    raised(RoundNotOpen, change_round, round=made, settings=published)
    raised(RoundOfOne, change_round, round=RoundFactory(), settings=WANTED)
