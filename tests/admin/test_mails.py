"""The outbox in the administration: its states, and neither address nor secret."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from assessment.models import OutgoingMail
from tests.factories import NOW
from tests.mail_fixtures import ministry, queued

LIST = "admin:assessment_outgoingmail_changelist"
PAGE = "admin:assessment_outgoingmail_change"


@pytest.mark.django_db
def test_operator_sees_where_messages_stand_and_nothing_they_say(admin_client: Client) -> None:
    mail = queued(organisation=ministry())
    over = {"message_id": "<1@x>", "finished_on": NOW.date(), "to": ""}
    rows = OutgoingMail.objects.filter(pk=queued().pk)
    rows.update(state="refused", answer="550 5.1.1", **over)

    pages = [
        admin_client.get(address).content.decode()
        for address in (reverse(LIST), reverse(PAGE, args=[mail.pk]))
    ]

    assert all(word in pages[0] for word in ("550 5.1.1", "refused", "Ministry of Care"))
    assert all("r…@example.org" in page for page in pages)
    assert not any("rosa@" in page or "482 913" in page for page in pages)
    assert admin_client.post(reverse(PAGE, args=[mail.pk]), {"state": "sent"}).status_code == 403
