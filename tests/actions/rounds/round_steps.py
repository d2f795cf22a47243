"""What a facilitator and the people of a round of several do, in one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from assessment.actions.responses.save_answers import read_submitted, save_answers
from assessment.actions.responses.start import add_response
from assessment.actions.responses.submit import submit_response
from assessment.actions.rounds.make import make_round, open_round
from assessment.actions.rounds.schemes import NamedProgramme, make_scheme
from tests.factories import NOW, PROFILE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from assessment.models import Edition, Response, Round

SP, AG = "social_protection", "agriculture"
PROGRAMMES = (NamedProgramme("Juntos", "Ministry of Development", SP), NamedProgramme("Haku Winay"))


class Person(NamedTuple):
    """Where somebody sits, and what she answers: raw values by question code."""

    tier: str
    sector: str
    answers: Mapping[str, Any]
    note: str = ""


def draft_round(edition: Edition, **more: Any) -> Round:
    scheme = make_scheme(name="Joint scheme", programmes=PROGRAMMES, country="PE", now=NOW)
    return make_round(scheme=scheme, edition=edition, profile=PROFILE, now=NOW, **more)


def opened_round(edition: Edition, **more: Any) -> Round:
    return open_round(round=draft_round(edition, **more), now=NOW)


def seat(round: Round, tier: str = "local", sector: str = AG) -> Response:
    started = add_response(
        round=round, tier=tier, sector=sector, language="en", notice="1", now=NOW
    )
    return started.response


def answer(response: Response, answers: Mapping[str, Any], note: str = "") -> None:
    instrument = response.edition.instrument()
    sent = read_submitted(
        instrument=instrument, answers=answers, notes=dict.fromkeys(answers, note)
    )
    save_answers(response=response, answers=sent, now=NOW)


def take_part(round: Round, people: Iterable[Person]) -> None:
    """Each of them is added, answers and submits."""
    for person in people:
        response = seat(round, person.tier, person.sector)
        answer(response, person.answers, person.note)
        submit_response(response=response, now=NOW)
