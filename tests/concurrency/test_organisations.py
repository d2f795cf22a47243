"""Owners who act at once: an organisation always has one left."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from assessment.actions.organisations.join import InvitationOver, accept_invitation
from assessment.actions.organisations.members import (
    LastOwner,
    NotAnOwner,
    change_duty,
    hand_over,
    leave_organisation,
    remove_member,
)
from assessment.models import Membership, Organisation
from tests.concurrency.test_parallel import at_once
from tests.organisation_fixtures import account, duties, invited_to, member_of, organisation_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.models import User

pytestmark = pytest.mark.no_cover
TIMES = 8


@pytest.fixture
def care(db: None) -> Organisation:
    return organisation_of("olga", "omar")


def each_time(
    care: Organisation, *works: Callable[[dict[str, int]], Any]
) -> list[tuple[set[Any], int]]:
    """What came of it, and how many owners are left, of several organisations in turn.

    Each gets the members as everybody saw them before, by name: somebody may be gone by then.
    """
    found = []
    for _ in range(TIMES):
        Membership.objects.all().delete()
        for name in ("olga", "omar"):
            Membership.objects.create(
                organisation=care, user=account(name), duty="owner", since=timezone.now().date()
            )
        seen = {name: member_of(care, name) for name in ("olga", "omar")}
        outcomes = set(at_once(*(partial(work, seen) for work in works)))
        found.append((outcomes, list(duties(care).values()).count("owner")))
    return found


def test_of_two_owners_who_act_at_once_one_stays(care: Organisation) -> None:
    """Both leave, remove each other, or make each other less; or one hands over to who leaves."""

    def leave(name: str, _seen: dict[str, int]) -> None:
        leave_organisation(organisation=care, user=account(name))

    def remove(name: str, by: str, seen: dict[str, int]) -> None:
        remove_member(organisation=care, member=seen[name], by=account(by))

    def less(name: str, by: str, seen: dict[str, int]) -> None:
        change_duty(organisation=care, member=seen[name], duty="viewer", by=account(by))

    def over(seen: dict[str, int]) -> None:
        hand_over(organisation=care, member=seen["omar"], by=account("olga"))

    found = {
        "leave": each_time(care, partial(leave, "olga"), partial(leave, "omar")),
        "remove": each_time(care, partial(remove, "olga", "omar"), partial(remove, "omar", "olga")),
        "less": each_time(care, partial(less, "olga", "omar"), partial(less, "omar", "olga")),
        "hand over": each_time(care, over, partial(leave, "omar")),
    }
    owners = {case: [left for _outcomes, left in times] for case, times in found.items()}
    assert owners == {case: [1] * TIMES for case in found}
    refused = {"leave": LastOwner, "less": NotAnOwner}
    assert {case: [outcomes for outcomes, _left in found[case]] for case in refused} == {
        case: [{None, refusal}] * TIMES for case, refusal in refused.items()
    }


def test_invitation_that_two_accept_at_once_makes_one_member(care: Organisation) -> None:
    now = timezone.now()
    invitation, _secret = invited_to(care, now=now)

    def accept(user: User) -> Callable[[], Any]:
        return lambda: accept_invitation(invitation=invitation, user=user, now=now)

    outcomes = at_once(*[accept(account(name)) for name in ("nina", "nora")])

    assert outcomes.count(InvitationOver) == 1
    assert len(duties(care)) == 3
