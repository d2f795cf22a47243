"""Signing out ends the account in a session and leaves what the device was granted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.signals import user_logged_out

from assessment.actions.accounts.end_sessions import end_sessions
from assessment.actions.record import record
from assessment.web.accounts.signed_in import account_of
from assessment.web.sessions import of_device, stored_key

if TYPE_CHECKING:
    from django.http import HttpRequest


def sign_out(request: HttpRequest) -> None:
    """Under a new key: the one that the account had opens nothing any more."""
    user = account_of(request)
    record(user, "signed_out", user)
    stays = of_device(dict(request.session.items()))
    user_logged_out.send(sender=user.__class__, request=request, user=user)
    end_sessions(user=user, keys=[stored_key(request.session.session_key or "")])
    request.session.flush()
    request.session.update(stays)
    request.user = AnonymousUser()
