"""Whose account opens so much that a password alone does not open it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.models.organisations import Duty, Membership

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

RIGHTS = (
    "assessment.publish_edition",
    "assessment.view_response",
    "assessment.view_recordentry",
    "auth.add_user",
    "auth.change_user",
    "auth.change_group",
)
"""Publishing, reading what people answered or did, and giving rights to others."""


def must_have_second_factor(user: User | AnonymousUser) -> bool:
    """Administrators, publishers, auditors by what they may do, not by a group's name; owners and
    facilitators of an organisation."""
    if user.is_superuser:
        return True
    return any(map(user.has_perm, RIGHTS)) or holds_trusted_membership(user)


def holds_trusted_membership(user: User | AnonymousUser) -> bool:
    """Whether an organisation trusts this account with its members or its rounds."""
    if user.pk is None:
        return False
    return Membership.objects.filter(user_id=user.pk).exclude(duty=Duty.VIEWER).exists()
