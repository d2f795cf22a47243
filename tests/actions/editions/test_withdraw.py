from __future__ import annotations

import pytest

from assessment.actions.editions.publish import publish
from assessment.actions.editions.start_draft import start_draft
from assessment.actions.editions.withdraw import NotPublished, next_current_edition, withdraw
from assessment.actions.responses.submit import submit_response
from assessment.models import Edition, Response, Result
from tests.actions.history_sentences import sentences_of
from tests.factories import NOW, ResponseFactory, answered

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(edition: Edition) -> Edition:
    return publish(edition=start_draft(edition=edition, now=NOW), now=NOW)


def test_withdrawn_edition_gives_way_to_the_newest_left(edition: Edition, second: Edition) -> None:
    assert Edition.objects.current() == second
    assert next_current_edition(second) == edition

    withdrawn = withdraw(edition=second, reason="Published by mistake.", now=NOW)

    assert Edition.objects.current() == edition
    assert withdrawn.state == Edition.State.RETIRED
    assert (withdrawn.withdrawn_at, withdrawn.withdrawn_reason) == (NOW, "Published by mistake.")


def test_only_published_edition_may_be_withdrawn(edition: Edition) -> None:
    assert next_current_edition(edition) is None

    withdraw(edition=edition, reason="Wrong.", now=NOW)

    assert Edition.objects.current() is None


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
        with pytest.raises(NotPublished):
            withdraw(edition=refused, reason="Again.", now=NOW)


def test_withdrawal_stands_in_the_history_with_its_reason(edition: Edition) -> None:
    withdrawn = withdraw(edition=edition, reason="Wrong.", now=NOW)

    assert sentences_of(withdrawn)[-1] == "Withdrawn: Wrong."
