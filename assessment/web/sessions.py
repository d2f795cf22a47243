"""Django's sessions in the database, found by a query whose SQL is written once.

Django's own backend writes it for each request: an autosave then costs half an empty view more.
"""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.utils import timezone

from assessment.models.prepared_queries import PreparedQuery


class SessionStore(db.SessionStore):
    def load(self) -> dict[str, Any]:
        found = next(_SESSION(self.session_key), None)
        if found is None or found.expire_date <= timezone.now():
            return super().load()
        return self.decode(found.session_data)


_SESSION: PreparedQuery[AbstractBaseSession] = PreparedQuery(
    "session",
    SessionStore.get_model_class(),
    SessionStore.get_model_class().objects.all,
    "session_key",
    "",
)
