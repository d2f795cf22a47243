"""What is stored, at each step, with the key of the site gone: no invitation leads to a response.

Every pair of columns is tried, and every order of the one against every order of the other.
"""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from assessment.actions.responses.start import Giver
from assessment.actions.responses.submit import submit_response
from assessment.actions.rounds.close import close_round
from assessment.actions.rounds.closing_notice import tell_of_closing
from assessment.actions.rounds.enter import begin_by_link, enter_on_behalf
from assessment.actions.rounds.invite import Invitee, invite
from assessment.actions.rounds.places import response_of, secret_of_nonce
from assessment.actions.rounds.send import remind, send_invitations
from assessment.models import Answer, Invitation, OutgoingMail, Response
from tests.actions.rounds.round_steps import AG, answer, opened_round
from tests.factories import NOW
from tests.tables import undone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pytest_django import Settings

    from assessment.models import Edition, Round

    Values = dict[int, list[str]]
    Columns = dict[str, Values]

PEOPLE = 10
ORIGIN = "https://articula.example"
SHORT = 6
"""Codes and levels are alike for many; what is longer could name one."""


class Walk:
    """A round of ten people of one group, who come in another order than they were invited in."""

    def __init__(self, edition: Edition, **promise: object) -> None:
        closes_at = NOW + timedelta(days=10)
        self.round: Round = opened_round(edition, closes_at=closes_at, promise=promise)
        people = [
            Invitee(f"Person {n}", f"p{n}@x.example", "MIDAGRI", "local", AG) for n in range(PEOPLE)
        ]
        self.places = invite(round=self.round, people=people)
        self.coming = random.Random(4).sample(self.places, PEOPLE)
        self.pairs: dict[int, int] = {}

    def send(self) -> None:
        send_invitations(round=self.round, origin=ORIGIN, now=NOW)

    def begin(self) -> None:
        for at, place in enumerate(self.coming):
            people = 40 if at == 2 else None
            response = begin_by_link(
                secret=secret_of_nonce(place.nonce),
                language="en",
                notice="notice",
                now=NOW + timedelta(minutes=at),
                giver=Giver(people, place.name, place.institution),
            ).response
            self.pairs[place.pk] = response.pk

    def save(self) -> None:
        for response in self.begun():
            answer(response, {"LC1": 2, "SC1": 1}, f"Note {response.pk}")

    def remind(self) -> None:
        remind(round=self.round, origin=ORIGIN, now=NOW + timedelta(days=4))

    def enter(self) -> None:
        enter_on_behalf(
            round=self.round,
            tier="local",
            sector=AG,
            language="en",
            notice="notice",
            now=NOW,
            giver=Giver(None, "Rosa", "Anta"),
        )

    def tell(self) -> None:
        tell_of_closing(now=NOW + timedelta(days=9))

    def submit(self) -> None:
        for response in self.begun():
            submit_response(response=response, now=NOW + timedelta(days=9))

    def close(self) -> None:
        close_round(round=self.round, now=NOW + timedelta(days=9))

    def begun(self) -> list[Response]:
        rows = Response.objects.in_bulk(self.pairs.values())
        return [rows[pk] for pk in self.pairs.values()]

    @property
    def steps(self) -> list[Callable[[], None]]:
        return [
            *(self.send, self.begin, self.save, self.remind, self.enter, self.tell),
            *(self.submit, self.close),
        ]


def columns_of(rows: Iterable[Mapping[str, Any]], table: str, owner: str) -> Columns:
    """By column what each owner has in it; the order in which the rows are stored is one too."""
    found: Columns = {}
    for place, row in enumerate(rows):
        for name, value in {**row, "stored_as": place}.items():
            values = found.setdefault(f"{table}.{name}", {}).setdefault(row[owner], [])
            values.append(str(value))
    return found


def invitation_side(walk: Walk) -> Columns:
    invitations = list(walk.round.invitations.order_by().values())
    by_address = {row["email"]: row["id"] for row in invitations}
    mails = [
        row | {"owner": by_address[row["to"]], "named": row["params"].get("invitation", "")}
        for row in OutgoingMail.objects.order_by().values()
    ]
    return columns_of(invitations, "invitation", "id") | columns_of(mails, "mail", "owner")


def response_side(walk: Walk) -> Columns:
    responses = walk.round.responses.order_by().values()
    answers = Answer.objects.order_by().values()
    return columns_of(responses, "response", "id") | columns_of(answers, "answer", "response_id")


def joined(ours: Values, theirs: Values) -> bool:
    """Whether by equal values some invitation leads to one response alone."""
    for values in ours.values():
        long = {text for text in values if len(text) > SHORT}
        if sum(not long.isdisjoint(others) for others in theirs.values()) == 1:
            return True
    return False


def in_order(side: Values) -> list[int]:
    """The owners by what they have; none where two have the same, or where one has nothing."""
    firsts = {pk: (len(values[0]), values[0]) for pk, values in side.items()}
    return sorted(firsts, key=firsts.__getitem__) if len({*firsts.values()}) == PEOPLE else []


def same_order(ours: Values, theirs: Values, pairs: dict[int, int]) -> bool:
    """Whether one sorted beside the other puts every person beside her own answers."""
    mine = in_order(ours)
    hers = in_order({pk: theirs[pk] for pk in pairs.values() if pk in theirs})
    matched = [pairs[pk] for pk in mine if pk in pairs]
    return bool(matched) and hers in (matched, matched[::-1])


def leaks(walk: Walk) -> set[tuple[str, str]]:
    ours, theirs = invitation_side(walk), response_side(walk)
    return {
        (mine, hers)
        for mine, left in ours.items()
        for hers, right in theirs.items()
        if joined(left, right) or same_order(left, right, walk.pairs)
    }


def found_by_links(walk: Walk) -> dict[int, int]:
    """The response that the site finds of each invitation, with the key that it has."""
    found = {place.pk: response_of(place) for place in walk.round.invitations.all()}
    return {pk: one.pk for pk, one in found.items() if one}


def test_no_invitation_leads_to_a_response_at_any_step(
    edition: Edition, settings: Settings
) -> None:
    """Without the key; with it each leads to her own until the round is closed."""
    walk, key, own, others = Walk(edition), settings.SECRET_KEY, {}, {}
    for step in walk.steps:
        step()
        own[step.__name__] = found_by_links(walk)
        settings.SECRET_KEY = "another"
        others[step.__name__] = (leaks(walk), found_by_links(walk))
        settings.SECRET_KEY = key

    assert others == {name: (set(), {}) for name in others}
    assert own == dict.fromkeys(own, walk.pairs) | {"send": {}, "close": {}}
    assert len(walk.pairs) == PEOPLE
    assert not Response.objects.exclude(name="", institution="").exists()


def test_with_names_they_are_joined_by_what_was_agreed_to_and_by_nothing_else(
    edition: Edition,
) -> None:
    walk = Walk(edition, attributed=True)
    for step in walk.steps:
        step()
    assert ("invitation.name", "response.name") in leaks(walk)
    assert {column for _invitation, column in leaks(walk)} == {"response.name"}


def test_what_would_join_them_is_found(edition: Edition) -> None:
    plants: dict[str, Callable[[Response, Invitation], dict[str, str]]] = {
        "the same text": lambda response, place: {"institution": place.email},
        "the same link": lambda response, place: {"secret_hash": place.link_hash},
        "the same order": lambda response, place: {"name": f"{place.position:09d}"},
    }
    walk = Walk(edition)
    for step in walk.steps[:3]:
        step()

    def found(plant: Callable[[Response, Invitation], dict[str, str]]) -> bool:
        with undone():
            for place in walk.places:
                response = Response.objects.get(pk=walk.pairs[place.pk])
                Response.objects.filter(pk=response.pk).update(**plant(response, place))
            return bool(leaks(walk))

    assert [name for name, plant in plants.items() if not found(plant)] == []
