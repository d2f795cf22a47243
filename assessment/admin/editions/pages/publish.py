"""Publish a draft whose checks find no fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.actions.editions.publish import PUBLISH_SENTENCE, NotPublishable, publish
from assessment.admin.core.pages import record, send_back
from assessment.admin.editions.pages.checks import draw_checks
from assessment.models.editions import NotADraft

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

    from assessment.instrument.issues import Issue
    from assessment.models import Edition


def publish_page(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    if request.method == "POST":
        return _publish(request, edition)
    return _draw(request, edition) if edition.is_draft else _not_a_draft(request, edition)


def _publish(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    try:
        published = publish(edition=edition, now=timezone.now())
    except NotPublishable as refused:
        return _draw(request, edition, refused.faults)
    except NotADraft:
        return _not_a_draft(request, edition)
    record(request, published, str(PUBLISH_SENTENCE))
    message = gettext("Edition %(number)d is published. New responses start on it.")
    return send_back(request, published, message % {"number": published.number}, messages.SUCCESS)


def _draw(
    request: HttpRequest, edition: Edition, faults: list[Issue] | None = None
) -> HttpResponseBase:
    return draw_checks(request, "editions/publish", edition, _("Publish"), faults)


def _not_a_draft(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    return send_back(request, edition, gettext("Only a draft can be published."))
