from __future__ import annotations

import pytest

from assessment.actions.responses.demo import NoEdition, load_demo
from assessment.actions.responses.return_link import hash_of_secret
from assessment.models import Edition, Response, Result
from tests.factories import NOW


def test_load_demo_answers_every_dimension_once_and_again_only_renews_the_link(
    edition: Edition,
) -> None:
    first, second = load_demo(now=NOW), load_demo(now=NOW)

    assert (first.response, Response.objects.get()) == (second.response, second.response)
    assert (second.response.demo, second.response.is_submitted) == (True, True)
    assert second.response.secret_hash == hash_of_secret(second.secret)
    assert first.secret != second.secret
    dimensions = Result.objects.with_content().get().read().dimensions.values()
    assert [d.dimension for d in dimensions if not d.sufficient] == []


def test_load_demo_needs_a_published_edition(edition: Edition) -> None:
    Edition.objects.update(state=Edition.State.RETIRED)

    with pytest.raises(NoEdition):
        load_demo(now=NOW)
