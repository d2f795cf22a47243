"""Who may enter the administration: whoever has anything to do there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def follow_groups(*, user: User) -> None:
    """A group, a right of one's own, or all rights; nobody has to tick a box beside them."""
    enters = user.is_superuser or user.groups.exists() or user.user_permissions.exists()
    if user.is_staff != enters:
        user.is_staff = enters
        user.save(update_fields=["is_staff"])
