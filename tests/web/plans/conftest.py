"""What every test of the plan begins with."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from assessment.actions.responses.submit import submit_response
from assessment.models import Response
from tests.factories import NOW, answered
from tests.web.conftest import granted
from tests.web.plans.plan_steps import ADVISED


@pytest.fixture
def submitted(response: Response) -> Response:
    """A closed response in which much is low, so that packages are advised."""
    low = dict.fromkeys(("BI1", "BI2", "BI3", "TG1", "TG2", "HC1", "HC2", "LC1", "VC1", "RP1"), 0)
    submit_response(response=answered(response, PC1=3, **low), now=NOW)
    response.refresh_from_db()
    return response


@pytest.fixture
def owner(client: Client, submitted: Response) -> Client:
    return granted(client, submitted)


@pytest.fixture
def advised(owner: Client, submitted: Response) -> list[str]:
    """The keys of the advice that the page of actions offers, in its order."""
    html = owner.get(reverse("actions", args=[submitted.uuid])).content.decode()
    return list(dict.fromkeys(ADVISED.findall(html)))
