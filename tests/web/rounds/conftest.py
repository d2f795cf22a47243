from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import User
from django.test import Client

from assessment.models import Membership, Organisation
from assessment.models.organisations import Duty
from tests.factories import NOW

if TYPE_CHECKING:
    from assessment.models import Edition


@pytest.fixture
def organisation(edition: Edition) -> Organisation:
    return Organisation.objects.create(name="Planning Unit", created_at=NOW)


@pytest.fixture
def facilitator(organisation: Organisation) -> Client:
    return member(organisation, "fatou", Duty.FACILITATOR)


def member(organisation: Organisation, name: str, role: str) -> Client:
    user = User.objects.create(username=name)
    Membership.objects.create(organisation=organisation, user=user, duty=role, since=NOW.date())
    client = Client()
    client.force_login(user)
    return client
