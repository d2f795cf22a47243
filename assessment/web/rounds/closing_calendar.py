"""The last moment of a round for a calendar: for who runs it and for who answers."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language, gettext

from assessment.interchange.round_calendar import ClosingEvent, closing_to_ics
from assessment.web.access import invited_by_secret, response_for
from assessment.web.member_access import viewed_round
from assessment.web.rounds.invitation import unknown_link

if TYPE_CHECKING:
    from assessment.models import Round


def round_calendar(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = viewed_round(request, uuid)
    return _calendar(found) or redirect("round", uuid)


def invitation_calendar(request: HttpRequest, secret: str) -> HttpResponse:
    link = invited_by_secret(secret)
    if link is None:
        return unknown_link(request)
    return _calendar(link.round) or redirect("invitation", secret)


def own_calendar(request: HttpRequest, uuid: UUID) -> HttpResponse:
    response = response_for(request, uuid)
    return _calendar(response.round) or redirect("tasks", uuid)


def _calendar(found: Round) -> HttpResponse | None:
    """None where it has no last moment. No link stands in it: calendars are shared."""
    if found.closes_at is None:
        return None
    scheme = found.scheme.name
    event = ClosingEvent(
        uuid=found.uuid,
        closes_at=found.closes_at,
        summary=gettext("Last hour to answer: %(scheme)s") % {"scheme": scheme},
        description=gettext("Answers are taken until %(moment)s.")
        % {"moment": found.closes_in_words},
        language=get_language() or "en",
    )
    content = closing_to_ics(event, now=timezone.now())
    headers = {"Content-Disposition": 'attachment; filename="articula-closing.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
