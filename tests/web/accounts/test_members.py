"""Members of an organisation: who of them needs a second factor, and how they come in."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from assessment.models import Membership, Organisation
from assessment.models.organisations import Duty
from tests.factories import NOW
from tests.web.accounts.steps import PASSWORD, set_up_app, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_factor")]


def test_owners_and_facilitators_need_a_second_factor_and_viewers_none() -> None:
    made = Organisation.objects.create(name="Hills", created_at=NOW)
    page = reverse("organisation", args=[made.uuid])

    def statuses(duty: str) -> tuple[int, int]:
        user = User.objects.create_user(duty, password=PASSWORD)
        Membership.objects.create(organisation=made, user=user, duty=duty, since=NOW.date())
        client = Client()
        sign_in(client, name=duty)
        without = client.get(page).status_code
        set_up_app(client)
        return without, client.get(page).status_code

    assert {duty: statuses(duty) for duty in Duty.values} == {
        Duty.OWNER: (302, 200),
        Duty.FACILITATOR: (302, 200),
        Duty.VIEWER: (200, 200),
    }


def test_who_is_not_signed_in_learns_of_no_organisation() -> None:
    made = Organisation.objects.create(name="Hills", created_at=NOW)

    assert Client().get(reverse("organisation", args=[made.uuid])).status_code == 404
