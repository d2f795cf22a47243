from __future__ import annotations

import gc

from django.http import HttpRequest

from assessment.admin.core.edition_choice import EDITION_CHOICES, edition_choice
from assessment.admin.core.request_cache import RequestCache


def test_value_is_made_once_for_a_request() -> None:
    made: list[str] = []
    cache = RequestCache(lambda request: made.append(request.path))
    one, other = HttpRequest(), HttpRequest()

    for request in (one, one, other):
        cache.get(request)

    assert len(made) == 2


def test_value_is_forgotten_with_its_request() -> None:
    cache = RequestCache(lambda request: request.path)
    request = HttpRequest()
    cache.get(request)

    del request
    gc.collect()

    assert len(cache) == 0


def test_chosen_editions_do_not_hold_their_request(db: None) -> None:
    before = len(EDITION_CHOICES)
    request = HttpRequest()
    assert edition_choice(request).editions == []

    del request
    gc.collect()

    assert len(EDITION_CHOICES) <= before
