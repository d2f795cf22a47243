"""Delete accounts, but never the last that can look after the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditlog.context import disable_auditlog
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction

from assessment.actions.record import record_act
from assessment.models.queries.superusers import hold_last_superuser_locked

if TYPE_CHECKING:
    from collections.abc import Iterable


class LastSuperuser(PermissionDenied):
    """Nobody would be left who can look after the site."""


@transaction.atomic
def delete_accounts(*, users: Iterable[User]) -> None:
    """Without a history: no row is left that it could belong to. Raises LastSuperuser."""
    users = list(users)
    if hold_last_superuser_locked(*users):
        raise LastSuperuser
    for user in users:
        record_act("account_deleted", user)
    with disable_auditlog():
        User.objects.filter(pk__in=[user.pk for user in users]).delete()
