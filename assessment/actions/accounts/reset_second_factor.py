"""Take every second factor off an account: passkeys, app and recovery codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.db import transaction

from assessment.actions.accounts.end_sessions import end_sessions
from assessment.actions.record import record

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def reset_second_factor(*, user: User, by: User | None = None) -> int:
    """Says how many there were. Its sessions end: who took a factor away may be in one of them."""
    factors = Authenticator.objects.filter(user=user)
    number: int = factors.count()
    factors.delete()
    end_sessions(user=user)
    record(by, "second_factor_reset", user, factors=number)
    return number
