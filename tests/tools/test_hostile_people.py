from __future__ import annotations

from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from assessment.actions.editions.withdraw import withdraw
from assessment.actions.responses.reopen import reopen_response
from assessment.actions.responses.submit import submit_response
from assessment.actions.rounds.invite import Invitee, end_invitation, invite
from assessment.actions.rounds.make import make_round
from assessment.models import Edition, Invitation, Membership, Response, Round
from assessment.web.policy import LEADER, OWNER, POLICY
from tests.bank_fixtures import bank_in_database, edition
from tools.hostile.addresses import MEMBER, OPEN_ROUND, PERSON, site_addresses
from tools.soak.hostile_members import Members
from tools.soak.hostile_people import People, answer_some, published_edition
from tools.soak.hostile_run import OF_MEMBERS

__all__ = ["bank_in_database", "edition"]


def state() -> list[tuple[object, ...]]:
    return sorted(
        Response.objects.values_list("pk", "secret_hash", "result", "round__state", "round__result")
    )


def test_everybody_is_put_back_and_a_withdrawn_edition_published_again(edition: Edition) -> None:
    people, now = People(), timezone.now()
    before = state()
    still_open, closed = people.held[OWNER]

    answer_some(still_open)
    submit_response(response=still_open, now=now)
    reopen_response(response=closed, reason="", now=now)
    people.put_back()
    after = state()
    withdraw(edition=edition, reason="?", now=now)

    assert after == before
    assert (closed.result_id is not None, still_open.result_id) == (True, None)
    assert published_edition() == edition


def rows_of(members: Members) -> list[dict[str, object]]:
    return [type(row)._default_manager.filter(pk=row.pk).values().get() for row in members.rows]


def test_members_are_put_back_and_what_came_beside_them_goes(edition: Edition) -> None:
    members, now = Members(edition), timezone.now()
    before, accounts = rows_of(members), User.objects.count()

    owner = members.users[LEADER]
    owner.set_unusable_password()
    owner.save()
    Membership.objects.filter(pk=MEMBER).delete()
    Round.objects.filter(uuid=OPEN_ROUND).update(promise_text="Everything is published.")
    place = Invitation.objects.get(uuid=PERSON)
    end_invitation(invitation=place)
    invite(round=place.round, people=[Invitee("Eva", "eva@x.example", "", "local", "other")])
    make_round(scheme=place.round.scheme, edition=edition, profile={}, now=now)
    members.put_back()

    assert rows_of(members) == before
    assert list(members._rows()) == members.rows
    assert User.objects.count() == accounts


def test_addresses_of_members_lead_somewhere(edition: Edition) -> None:
    """Each page that members may read is there for the owner, of every round that has it."""
    members, client = Members(edition), Client()
    client.force_login(members.users[LEADER])
    people = People()
    uuids = [response.uuid for response in people.held[OWNER]]
    pages = [
        one
        for one in site_addresses(uuids[0], uuids[1], members.secrets)
        if one.name in {*OF_MEMBERS, "invitation"} and "GET" in POLICY[one.name].methods
    ]

    found = {one.name for one in pages if client.get(one.path).status_code == 200}

    # There only where the round promised it, has a last day, or shows the question of a session.
    now_and_then = {"named_answers", "named_person", "round_calendar", "round_notes"}
    now_and_then |= {"session_outcome"}
    now_and_then |= {"round_plan_line", "round_plan_ics"}  # once the plan has a line, and a date
    assert {one.name for one in pages} - found <= now_and_then
