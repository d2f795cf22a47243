from __future__ import annotations

from uuid import UUID

import pytest

from assessment.models import Edition, Response
from assessment.models.prepared_queries import PreparedQuery, response_with
from tests.factories import ResponseFactory

pytestmark = pytest.mark.django_db


def test_prepared_query_takes_one_value() -> None:
    asked = PreparedQuery(lambda: Response.objects.filter(tier="local"), "uuid", UUID(int=0))

    with pytest.raises(ValueError, match="takes 2 values"):
        asked(UUID(int=1))


def test_response_is_found_with_its_scheme() -> None:
    made = ResponseFactory()

    found = response_with(made.uuid)

    assert found == made
    assert found is not None
    assert (found.edition, found.scheme, found.round) == (made.edition, made.scheme, made.round)


def test_response_of_a_draft_reads_it_anew() -> None:
    made = ResponseFactory()
    Edition.objects.filter(pk=made.edition.pk).update(
        state=Edition.State.DRAFT, published_at=None, name="Changed"
    )

    found = response_with(made.uuid)

    assert found is not None
    assert found.edition.name == "Changed"


def test_response_that_is_not_there_is_none() -> None:
    assert response_with(UUID(int=1)) is None
