from __future__ import annotations

import pytest

from assessment.actions.editions.start_draft import start_draft
from assessment.actions.editions.withdraw import NotPublished, withdraw
from assessment.actions.responses.submit import submit_response
from assessment.models import Edition, Response, Result
from tests.factories import NOW, ResponseFactory, answered
from tests.tables import raised

pytestmark = pytest.mark.django_db


def test_response_on_a_withdrawn_edition_goes_on(edition: Edition) -> None:
    response = answered(ResponseFactory(edition=edition), PC1=3)
    withdraw(edition=edition, reason="Wrong.", now=NOW)

    submit_response(response=Response.objects.get(pk=response.pk), now=NOW)
    result = Result.objects.get()

    assert result.edition_hash == edition.content_hash


def test_draft_and_withdrawn_edition_are_not_withdrawn(edition: Edition) -> None:
    draft = start_draft(edition=edition, now=NOW)
    withdraw(edition=edition, reason="Wrong.", now=NOW)

    for refused in (draft, edition):
        raised(NotPublished, withdraw, edition=refused, reason="Again.", now=NOW)

    assert set(Edition.objects.values_list("state", "withdrawn_reason")) == {
        ("draft", ""),
        ("retired", "Wrong."),
    }
