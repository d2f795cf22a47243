from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

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
    from assessment.models import Edition, Round

WANTED = RoundSettings("whole", 5, None, "UTC", "", Promise())


@pytest.fixture
def round(edition: Edition) -> Round:
    return opened_round(edition)


def test_promise_stands_once_somebody_is_invited(round: Round) -> None:
    published = replace(WANTED, promise=Promise(published=True))
    change_round(round=round, settings=published)
    invite(round=round, people=[Invitee("Ana", "", "", "local", AG)])

    raised(AlreadyPromised, change_round, round=round, settings=WANTED)
    raised(MinimumTooSmall, change_round, round=round, settings=replace(published, minimum=4))
    assert change_round(round=round, settings=replace(published, minimum=6)).minimum == 6


def test_round_that_is_over_or_of_one_is_not_changed(round: Round) -> None:
    close_round(round=round, now=NOW)

    raised(RoundNotOpen, change_round, round=round, settings=WANTED)
    raised(RoundOfOne, change_round, round=RoundFactory(), settings=WANTED)
