"""Members of an organisation: it never loses its last owner."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from assessment.actions.clean_text import BadText
from assessment.actions.organisations.details import OrganisationDetails, change_details
from assessment.actions.organisations.invite import (
    INVITED_FOR,
    AlreadyMember,
    MemberAlreadyInvited,
    TooEarlyToRemind,
    delete_old_invitations,
    remind_invited,
    withdraw_invitation,
)
from assessment.actions.organisations.join import InvitationOver, accept_invitation
from assessment.actions.organisations.members import (
    NoMember,
    NotAnOwner,
    change_duty,
    hand_over,
    leave_organisation,
    remove_member,
)
from assessment.models import MemberInvitation
from tests.factories import NOW
from tests.mail_fixtures import ORIGIN
from tests.organisation_fixtures import (
    account,
    duties,
    invited_to,
    member_of,
    organisation_of,
)
from tests.tables import raised

if TYPE_CHECKING:
    from assessment.models import Organisation

pytestmark = pytest.mark.django_db
WHOLE = {"olga": "owner", "felix": "facilitator", "vera": "viewer"}
DAY = timedelta(days=1)


@pytest.fixture
def care() -> Organisation:
    return organisation_of("olga", "felix", "vera")


def test_owner_hands_over_changes_duties_removes_and_leaves_once_there_is_another(
    care: Organisation,
) -> None:
    """Handing over changes two at once."""
    hand_over(organisation=care, member=member_of(care, "vera"), by=account("olga"))
    handed_over = duties(care)
    by: dict[str, Any] = {"organisation": care, "by": account("vera")}
    change_duty(**by, member=member_of(care, "felix"), duty="owner")
    change_duty(**by, member=member_of(care, "vera"), duty="owner")
    remove_member(**by, member=member_of(care, "olga"))
    leave_organisation(organisation=care, user=account("vera"))

    assert handed_over == WHOLE | {"vera": "owner", "olga": "facilitator"}
    assert duties(care) == {"felix": "owner"}


def test_only_owners_change_members_and_only_their_own(care: Organisation) -> None:
    elsewhere = member_of(organisation_of("omar", name="Ministry of Fields"), "omar")
    felix: dict[str, Any] = {"organisation": care, "by": account("felix")}

    for change in (remove_member, hand_over):
        raised(NotAnOwner, change, **felix, member=member_of(care, "vera"))
        raised(NoMember, change, organisation=care, by=account("olga"), member=elsewhere)
    raised(NoMember, leave_organisation, organisation=care, user=account("omar"))

    assert duties(care) == WHOLE


def test_mailbox_is_invited_once_and_reminded_seldom_and_members_not_at_all(
    care: Organisation,
) -> None:
    """An invitation that is over makes room for another."""
    old, before = invited_to(care)

    def reminded(days: int) -> bool:
        try:
            remind_invited(invitation=old, origin=ORIGIN, now=NOW + days * DAY)
        except TooEarlyToRemind:
            return False
        return True

    raised(MemberAlreadyInvited, invited_to, care, "Nina+care@Example.org")
    raised(AlreadyMember, invited_to, care, "Felix@example.org")
    open_ones = MemberInvitation.objects.count()
    assert [reminded(days) for days in (1, 2, 3, 4, 9)] == [False, True, False, True, False]
    _new, after = invited_to(care, now=NOW + INVITED_FOR)

    assert (open_ones, MemberInvitation.objects.count(), before == after) == (1, 1, False)


def test_accepted_once_by_one_and_who_is_a_member_keeps_her_duty(care: Organisation) -> None:
    first, _secret = invited_to(care)
    second, _secret = invited_to(care, "n@example.org", duty="viewer")
    accept_invitation(invitation=first, user=account("nina"), now=NOW)
    accept_invitation(invitation=second, user=account("olga"), now=NOW)

    raised(InvitationOver, accept_invitation, invitation=first, user=account("omar"), now=NOW)
    assert duties(care) == WHOLE | {"nina": "facilitator"}


def test_withdrawn_and_old_invitations_open_nothing(care: Organisation) -> None:
    withdrawn, _secret = invited_to(care)
    other = organisation_of("omar", name="Ministry of Fields")
    withdraw_invitation(organisation=other, invitation=withdrawn.pk)
    untouched = MemberInvitation.objects.count()
    withdraw_invitation(organisation=care, invitation=withdrawn.pk)
    old, _secret = invited_to(care)
    delete_old_invitations(now=NOW + INVITED_FOR)

    assert (untouched, MemberInvitation.objects.count()) == (1, 0)
    raised(InvitationOver, accept_invitation, invitation=old, user=account("nina"), now=NOW)


def test_details_are_cleaned_or_refused_whole(care: Organisation) -> None:
    new = ("Ministry\nof Care", " Ana ", "care@example.org", "Africa/Maseru", ["en"], 36)
    change_details(organisation=care, details=OrganisationDetails(*new))
    bad = OrganisationDetails("x" * 201, "", "", "UTC", ["en"], 1)
    raised(BadText, change_details, organisation=care, details=bad)

    care.refresh_from_db()
    assert (care.name, care.contact, care.time_zone) == (
        *("Ministry of Care", "Ana", "Africa/Maseru"),
    )
