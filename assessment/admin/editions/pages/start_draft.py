"""Start a new draft from any edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.admin.models import ADDITION
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.actions.editions.start_draft import START_SENTENCE, start_draft
from assessment.admin.core.pages import draw_page, record, send_back

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

    from assessment.models import Edition


def start_draft_page(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    if request.method != "POST":
        return draw_page(request, "editions/start_draft", edition, _("Start a new draft"))
    draft = start_draft(edition=edition, now=timezone.now())
    record(request, draft, str(START_SENTENCE), ADDITION)
    return send_back(request, draft, gettext("The draft is ready to be changed."), messages.SUCCESS)
