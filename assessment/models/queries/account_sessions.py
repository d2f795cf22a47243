"""The sessions in which an account stands at this moment."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from assessment.models.account_sessions import AccountSession

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class OpenSession(NamedTuple):
    key: str
    browser: str
    signed_in_at: datetime


def open_sessions(*, user: User, now: datetime) -> list[OpenSession]:
    """The latest first. One whose account ended meanwhile is not among them."""
    rows = {one.key: one for one in AccountSession.objects.filter(user=user)}
    there = Session.objects.filter(pk__in=rows, expire_date__gt=now)
    decode = import_module(settings.SESSION_ENGINE).SessionStore().decode
    held = {
        found.session_key
        for found in there
        if decode(found.session_data).get(SESSION_KEY) == str(user.pk)
    }
    return [
        OpenSession(row.key, row.browser, row.signed_in_at)
        for row in rows.values()
        if row.key in held
    ]
