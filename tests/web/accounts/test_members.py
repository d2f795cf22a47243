"""Members of an organisation: who of them needs a second factor, and how they come in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

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
    """She is asked to sign in, whether there is one or not, and is led back to it."""
    made = Organisation.objects.create(name="Hills", created_at=NOW)
    pages = [reverse("organisation", args=[uuid]) for uuid in (made.uuid, UUID(int=9))]

    answers = [Client().get(page) for page in pages]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [
        (302, f"{reverse('account_login')}?next={page}") for page in pages
    ]


def test_what_was_typed_outlives_the_session() -> None:
    """Shown back, and sent again by who is signed in once more; a bare button leads to sign in."""
    made = Organisation.objects.create(name="Hills", created_at=NOW)
    olga = User.objects.create_user("olga", password=PASSWORD)
    Membership.objects.create(organisation=made, user=olga, duty=Duty.OWNER, since=NOW.date())
    details = reverse("organisation_details", args=[made.uuid])
    typed: dict[str, Any] = {"name": "Hills & Fields", "contact": "Olga", "time_zone": "UTC"}
    typed |= {"languages": ["en", "es"], "months_kept": "12"}
    client = Client()

    refused = client.post(details, typed)
    sign_in(client, name="olga")
    set_up_app(client)
    fields = refused.context["fields"]
    again: Any = {name: [v for n, v in fields if n == name] for name, _v in fields}
    sent = client.post(details, again)
    button = Client().post(reverse("member_remove", args=[made.uuid, 1]))

    made.refresh_from_db()
    assert (refused.status_code, sent.status_code) == (403, 302)
    assert (made.name, made.languages) == ("Hills & Fields", ["en", "es"])
    assert button["Location"] == f"{reverse('account_login')}?next={reverse('account')}"
