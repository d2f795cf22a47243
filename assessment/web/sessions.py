"""Django's sessions in the database, and how long an account may stand in one.

A session is found by a query whose SQL is written once: Django's own backend writes it for each
request, and an autosave then costs half an empty view more. What a device was granted stands in a
session for 14 days; an account in it ends before, and leaves the grants.

The database knows the hash of a session's key and not the key, which only the browser has: who
reads the database, or a backup, cannot be anybody who is signed in. What stands in a session is
encrypted with a key of the site: while somebody signs in or sets up a second factor, the library
keeps the code, the reset link or the app's secret there.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from cryptography.fernet import InvalidToken
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import base, db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.utils import timezone

from assessment.actions.cipher import cipher_of
from assessment.models import AccountSession
from assessment.models.prepared_queries import PreparedQuery

ACCOUNT_LASTS = timedelta(hours=12)
ACCOUNT_LASTS_UNUSED = timedelta(hours=1)
USE_IS_NOTED_AFTER = timedelta(minutes=1)
"""Noting it writes the session: once a minute is enough to end an account within its hour."""
SIGNED_IN_AT, USED_AT = "account_signed_in_at", "account_used_at"
GRANTS, CODE_OF_DEVICE = "responses", "device_code"
"""What a device was granted, and the number of the code that it showed."""
OF_DEVICE = (GRANTS, CODE_OF_DEVICE)
"""What in a session belongs to the device and not to an account."""
PURPOSE = "session"

LETTERS_OF_A_KEY = 40
"""What Django's column takes, 160 bits of the hash; a key has 165 random ones."""


def stored_key(session_key: str) -> str:
    """What the table has in place of the key. Fast, without salt: nobody guesses a random key."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:LETTERS_OF_A_KEY]


class SessionStore(db.SessionStore):
    # Asked asynchronously, all goes the same way; Django's own would look for the key itself.
    aload, aexists, acreate = (
        base.SessionBase.aload,
        base.SessionBase.aexists,
        base.SessionBase.acreate,
    )
    asave, adelete = base.SessionBase.asave, base.SessionBase.adelete

    def load(self) -> dict[str, Any]:
        found = next(_SESSION(stored_key(self.session_key or "")), None)
        if found is None or found.expire_date <= timezone.now():
            self._session_key = None
            return {}
        data = self.decode(found.session_data)
        if SESSION_KEY in data and _changes_account(data, timezone.now()):
            self.modified = True
        return data

    def encode(self, session_dict: dict[str, Any]) -> str:
        text: bytes = self.serializer().dumps(session_dict)
        return cipher_of(PURPOSE).encrypt(text).decode()

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """Also what was signed alone, before sessions were encrypted: they end within 14 days."""
        try:
            text = cipher_of(PURPOSE).decrypt(session_data)
        except InvalidToken:
            return super().decode(session_data)
        found: dict[str, Any] = self.serializer().loads(text)
        return found

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """The times stand in it from the moment of signing in."""
        if SESSION_KEY in data and SIGNED_IN_AT not in data:
            data[SIGNED_IN_AT] = data[USED_AT] = timezone.now().isoformat()
        made = super().create_model_instance(data)
        made.session_key = stored_key(made.session_key)
        return made

    def cycle_key(self) -> None:
        before = self.session_key
        super().cycle_key()
        if before and SESSION_KEY in self:
            rows = AccountSession.objects.filter(key=stored_key(before))
            rows.update(key=stored_key(self.session_key or ""))

    def exists(self, session_key: str) -> bool:
        return super().exists(stored_key(session_key))

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            super().delete(stored_key(key))


def of_device(data: dict[str, Any]) -> dict[str, Any]:
    """What stays where an account ends: nothing of who was signed in, and how."""
    return {name: data[name] for name in OF_DEVICE if name in data}


def _changes_account(data: dict[str, Any], now: datetime) -> bool:
    """Takes an account out whose time is over, else notes that it is used; whether it did either.

    One from before these times were kept begins to count now.
    """
    signed_in, used = (_time(data, name, now) for name in (SIGNED_IN_AT, USED_AT))
    if now - signed_in >= ACCOUNT_LASTS or now - used >= ACCOUNT_LASTS_UNUSED:
        stays = of_device(data)
        data.clear()
        data.update(stays)
        return True
    if SIGNED_IN_AT in data and now - used < USE_IS_NOTED_AFTER:
        return False
    data |= {SIGNED_IN_AT: signed_in.isoformat(), USED_AT: now.isoformat()}
    return True


def _time(data: dict[str, Any], name: str, now: datetime) -> datetime:
    return datetime.fromisoformat(data[name]) if name in data else now


_SESSION: PreparedQuery[AbstractBaseSession] = PreparedQuery(
    "session",
    SessionStore.get_model_class(),
    SessionStore.get_model_class().objects.all,
    "session_key",
    "",
)
