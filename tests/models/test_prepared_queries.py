from __future__ import annotations

from uuid import UUID

import pytest
from django.db import transaction

from assessment.models import Edition, Response, Round
from assessment.models.prepared_queries import (
    PreparedQuery,
    answers_of,
    locked_state,
    response_with,
)
from tests.factories import ResponseFactory, answered

pytestmark = pytest.mark.django_db


def test_prepared_query_takes_one_value() -> None:
    rows = Response.objects.filter(tier="local")
    asked = PreparedQuery("two values", Response, lambda: rows, "uuid", UUID(int=0))

    with pytest.raises(ValueError, match="takes 2 values"):
        asked(UUID(int=1))


def test_response_is_found_with_its_scheme_and_the_facts_of_its_round() -> None:
    """Its edition is kept unless it is a draft, which changes without another version."""
    made = ResponseFactory()
    Round.objects.filter(pk=made.round.pk).update(profile={"region": "LA"}, promise={"x": True})

    found = response_with(made.uuid)
    edition = Edition.objects.filter(pk=made.edition.pk)
    edition.update(state=Edition.State.DRAFT, published_at=None)

    def named(name: str) -> str:
        edition.update(name=name)
        of_draft = response_with(made.uuid)
        assert of_draft is not None
        return of_draft.edition.name

    names = [named("Draft"), named("Changed")]

    assert found == made
    assert found is not None
    assert (found.edition, found.scheme, found.round) == (made.edition, made.scheme, made.round)
    assert (found.round.facts(), found.round.promise) == ({"region": "LA"}, {"x": True})
    assert names == ["Draft", "Changed"]
    assert response_with(UUID(int=1)) is None


def test_answers_are_read_as_they_were_stored() -> None:
    made = answered(ResponseFactory(), DS1=["roles"], TG2=2)

    rows = answers_of(made)

    assert (rows["DS1"].value, rows["TG2"].value) == (["roles"], 2)


def test_lock_tells_the_state_of_response_and_round() -> None:
    made = ResponseFactory()
    with transaction.atomic():
        opened = locked_state(made)
    Round.objects.filter(pk=made.round.pk).update(state=Round.State.DRAFT, opened_at=None)
    with transaction.atomic():
        draft = locked_state(made)

    assert (opened, draft) == ((False, Round.State.OPEN), (False, Round.State.DRAFT))
