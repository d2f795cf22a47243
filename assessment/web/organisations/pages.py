"""The list of one's organisations, and the page of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.shortcuts import render
from django.utils import timezone

from assessment.actions.mail.prepare import prepared_today
from assessment.actions.organisations.invite import may_be_reminded
from assessment.models import MemberInvitation, Membership
from assessment.reports.formats import date_words, language_name
from assessment.web.member_access import membership_for, memberships_of

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from assessment.models import Organisation


def organisations(request: HttpRequest) -> HttpResponse:
    context = {"memberships": memberships_of(request)}
    return render(request, "organisations/list.html", context)


def organisation(request: HttpRequest, uuid: UUID) -> HttpResponse:
    own = membership_for(request, uuid)
    shown = own.organisation
    now = timezone.now()
    context = {
        "organisation": shown,
        "own": own,
        "members": members_of(shown),
        "logos": shown.logos.defer("content"),
        "languages": [language_name(code) for code in shown.languages],
        "invitations": invitations_of(shown, now) if own.is_owner else [],
        "sent_today": prepared_today(shown, now),
    }
    return render(request, "organisations/organisation.html", context)


def members_of(organisation: Organisation) -> list[Membership]:
    return list(Membership.objects.filter(organisation=organisation).select_related("user"))


def invitations_of(organisation: Organisation, now: datetime) -> list[dict[str, Any]]:
    """The open ones."""
    rows = MemberInvitation.objects.open(now).filter(organisation=organisation)
    return [
        {
            "row": row,
            "ends": date_words(row.ends_at),
            "may_be_reminded": may_be_reminded(row, now),
        }
        for row in rows
    ]
