"""Who can look after the site: active superusers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import User

if TYPE_CHECKING:
    from django.db.models import QuerySet


def other_superusers(*users: User) -> QuerySet[User]:
    """Those who remain without these."""
    active = User.objects.filter(is_superuser=True, is_active=True)
    return active.exclude(pk__in=[user.pk for user in users])


def hold_last_superuser(*users: User) -> bool:
    """Whether the last superuser who can sign in is one of these."""
    held = any(user.is_superuser and user.is_active for user in users)
    return held and not other_superusers(*users).exists()
