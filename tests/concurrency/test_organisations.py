"""Owners who act at once: an organisation always has one left."""

from __future__ import annotations

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


def each_time(care: Organisation, *works: Callable[[], Any]) -> list[tuple[set[Any], int]]:
    """What came of it, and how many owners are left, of several organisations in turn."""
    found = []
    for _ in range(TIMES):
        Membership.objects.all().delete()
        for name in ("olga", "omar"):
            Membership.objects.create(
                organisation=care, user=account(name), duty="owner", since=timezone.now().date()
            )
        outcomes = set(at_once(*works))
        found.append((outcomes, list(duties(care).values()).count("owner")))
    return found


def test_of_two_last_owners_who_leave_one_stays(care: Organisation) -> None:
    def leave(name: str) -> None:
        leave_organisation(organisation=care, user=account(name))

    found = each_time(care, lambda: leave("olga"), lambda: leave("omar"))

    assert found == [({None, LastOwner}, 1)] * TIMES


def test_of_two_owners_who_remove_each_other_one_stays(care: Organisation) -> None:
    def remove(name: str, by: str) -> None:
        remove_member(organisation=care, member=member_of(care, name), by=account(by))

    found = each_time(care, lambda: remove("olga", "omar"), lambda: remove("omar", "olga"))

    assert [owners for _outcomes, owners in found] == [1] * TIMES


def test_of_two_owners_who_make_each_other_less_one_stays(care: Organisation) -> None:
    def less(name: str, by: str) -> None:
        member = member_of(care, name)
        change_duty(organisation=care, member=member, duty="viewer", by=account(by))

    found = each_time(care, lambda: less("olga", "omar"), lambda: less("omar", "olga"))

    assert found == [({None, NotAnOwner}, 1)] * TIMES


def test_who_is_handed_it_over_while_leaving_is_never_the_missing_owner(care: Organisation) -> None:
    def over() -> None:
        hand_over(organisation=care, member=member_of(care, "omar"), by=account("olga"))

    def leave() -> None:
        leave_organisation(organisation=care, user=account("omar"))

    found = each_time(care, over, leave)

    assert [owners for _outcomes, owners in found] == [1] * TIMES


def test_invitation_that_two_accept_at_once_makes_one_member(care: Organisation) -> None:
    now = timezone.now()
    invitation, _secret = invited_to(care, now=now)

    def accept(user: User) -> Callable[[], Any]:
        return lambda: accept_invitation(invitation=invitation, user=user, now=now)

    outcomes = at_once(*[accept(account(name)) for name in ("nina", "nora")])

    assert outcomes.count(InvitationOver) == 1
    assert len(duties(care)) == 3
