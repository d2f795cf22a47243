from __future__ import annotations

import pytest

from assessment.actions.responses.demo import NoEdition, load_demo
from assessment.actions.responses.return_link import hash_of_secret
from assessment.models import Edition, Response, Result
from tests.factories import NOW


def test_load_demo_is_submitted_and_marked(edition: Edition) -> None:
    started = load_demo(now=NOW)

    assert (started.response.demo, started.response.is_submitted) == (True, True)
    assert started.response.secret_hash == hash_of_secret(started.secret)


def test_load_demo_answers_every_dimension(edition: Edition) -> None:
    started = load_demo(now=NOW)

    assert started.response.result is not None
    dimensions = started.response.result.read().dimensions.values()
    assert [d.dimension for d in dimensions if not d.sufficient] == []


def test_load_demo_again_only_renews_the_link(edition: Edition) -> None:
    first, second = load_demo(now=NOW), load_demo(now=NOW)

    assert first.response == second.response
    assert first.secret != second.secret
    assert (Response.objects.count(), Result.objects.count()) == (1, 1)


def test_load_demo_needs_a_published_edition(edition: Edition) -> None:
    Edition.objects.update(state=Edition.State.RETIRED)

    with pytest.raises(NoEdition):
        load_demo(now=NOW)
