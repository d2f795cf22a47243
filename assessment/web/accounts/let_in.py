"""What follows when somebody has signed in, by whichever way."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.utils import timezone

from assessment.actions.accounts.note_session import note_session
from assessment.actions.record import record
from assessment.web.accounts.browser_words import browser_words
from assessment.web.accounts.tries import know_browser
from assessment.web.sessions import stored_key

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.http import HttpRequest, HttpResponseBase

logger = logging.getLogger(__name__)


def let_in(request: HttpRequest, http_response: HttpResponseBase, user: User) -> None:
    """The browser is known from now on, the session stands in the list, the act in the record."""
    now = timezone.now()
    know_browser(request, http_response, user.get_username(), now=now)
    note_session(
        user=user,
        key=stored_key(request.session.session_key or ""),
        browser=browser_words(request.headers.get("User-Agent", "")),
        now=now,
    )
    record(user, "signed_in", user)
    logger.info("account %s signed in", user.pk)
