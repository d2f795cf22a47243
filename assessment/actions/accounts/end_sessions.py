"""End sessions in which an account stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.sessions.models import Session
from django.db import transaction

from assessment.models import AccountSession

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.models import User


@transaction.atomic
def end_sessions(*, user: User, keys: Iterable[str] | None = None, but: str = "") -> int:
    """Those of these keys, else all; never the one that is `but`. Says how many.

    The whole session goes, with what its device was granted: to write it anew without the account
    would race with a request of that device, which would bring it back.
    """
    found = AccountSession.objects.filter(user=user).exclude(key=but)
    if keys is not None:
        found = found.filter(key__in=list(keys))
    gone = list(found.values_list("key", flat=True))
    Session.objects.filter(pk__in=gone).delete()
    found.delete()
    return len(gone)
