"""Who runs the site makes an organisation with its first owner, and raises what it may send."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessment.models import MemberInvitation, Organisation, OutgoingMail
from tests.organisation_fixtures import invited_to, organisation_of
from tools.html_page import form_data

pytestmark = pytest.mark.django_db
ADD = reverse("admin:assessment_organisation_add")
LIST = reverse("admin:assessment_organisation_changelist")


def page_of(organisation: Organisation) -> str:
    return reverse("admin:assessment_organisation_change", args=[organisation.pk])


def sent(client: Client, page: str, **changed: str) -> Any:
    return client.post(page, form_data(client.get(page)) | changed)


def test_operator_makes_an_organisation_and_invites_its_owner(admin_client: Client) -> None:
    sent(admin_client, ADD, name="Ministry\nof Care", owner="olga@example.org")

    made = Organisation.objects.get()
    invited = MemberInvitation.objects.get()
    assert (made.name, made.mails_a_day) == ("Ministry of Care", 300)
    assert (invited.address, invited.duty, invited.invited_by) == (
        "olga@example.org",
        "owner",
        None,
    )
    assert OutgoingMail.objects.get().kind == "member_invitation"
    assert "Ministry of Care" in admin_client.get(LIST).content.decode()


def test_operator_raises_the_messages_of_a_day_and_invites_nobody_twice(
    admin_client: Client,
) -> None:
    care = organisation_of("olga")
    invited_to(care, now=timezone.now())

    raised = sent(admin_client, page_of(care), mails_a_day="5000")
    twice = sent(admin_client, page_of(care), owner="nina@example.org")

    care.refresh_from_db()
    assert (raised.status_code, care.mails_a_day) == (302, 5000)
    assert "is invited already" in twice.content.decode()
    assert MemberInvitation.objects.count() == 1
