"""Who can look after the site: superusers who can sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import User

if TYPE_CHECKING:
    from django.db.models import QuerySet


def superusers() -> QuerySet[User]:
    return User.objects.filter(is_superuser=True, is_active=True, is_staff=True)


def hold_last_superuser(*users: User) -> bool:
    """Whether the last who can look after the site is one of these, as it stands now."""
    return _hold_last(set(superusers().values_list("pk", flat=True)), users)


def hold_last_superuser_locked(*users: User) -> bool:
    """The same, and true until the transaction ends: of two who go at once the second is kept."""
    rows = superusers().order_by("pk").select_for_update()
    return _hold_last(set(rows.values_list("pk", flat=True)), users)


def _hold_last(found: set[int], users: tuple[User, ...]) -> bool:
    going = {user.pk for user in users}
    return bool(found) and found <= going
