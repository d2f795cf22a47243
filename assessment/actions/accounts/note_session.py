"""Note that an account is signed in on a browser, and forget those that are over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.sessions.models import Session

from assessment.models import AccountSession

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import User


def note_session(*, user: User, key: str, browser: str, now: datetime) -> None:
    there = Session.objects.filter(expire_date__gt=now).values("pk")
    AccountSession.objects.filter(user=user).exclude(key__in=there).delete()
    AccountSession.objects.update_or_create(
        key=key, defaults={"user": user, "signed_in_at": now, "browser": browser}
    )
