"""The outbox, to look at only: where each message stands, and nothing of what it says."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from assessment.actions.mail.mailbox import masked_address
from assessment.admin.core.large_tables import LargeTableAdmin
from assessment.models import OutgoingMail


@admin.register(OutgoingMail)
class OutgoingMailAdmin(LargeTableAdmin):
    empty_list = _(
        "Messages that the site sends stand here, with where their sending stands. The first "
        "appears when somebody is invited or asks for a message."
    )
    list_display = [
        "uuid",
        "kind",
        "organisation",
        "whom",
        "state",
        "answer",
        "doubts",
        "created_at",
    ]
    list_filter = ["state", "kind", "created_at"]
    list_select_related = ["organisation"]
    search_fields = ["uuid"]
    actions = None
    fields = [
        *("uuid", "kind", "organisation", "whom", "language", "state", "answer", "message_id"),
        *("sendings", "doubts", "created_at", "due_at", "failing_since", "finished_on"),
    ]

    def get_queryset(self, request: Any) -> Any:
        return super().get_queryset(request).defer("params")

    @admin.display(description=_("address"))
    def whom(self, mail: OutgoingMail) -> str:
        return masked_address(mail.to) or "–"
