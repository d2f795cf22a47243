from __future__ import annotations

import gc
from collections import Counter
from typing import Any
from weakref import ref

from django.http import HttpRequest

from assessment.admin.core.edition_choice import edition_choice
from assessment.admin.core.request_cache import RequestCache


def test_value_is_made_once_for_a_request() -> None:
    made: list[str] = []
    cache = RequestCache(lambda request: made.append(request.path))
    one, other = HttpRequest(), HttpRequest()

    for request in (one, one, other):
        cache.get(request)

    assert len(made) == 2


def test_value_is_forgotten_with_its_request() -> None:
    """So are the editions that it chose."""
    cache = RequestCache(lambda _request: Counter[str]())
    request = HttpRequest()
    held: list[Any] = [ref(cache.get(request)), ref(edition_choice(request))]

    del request
    gc.collect()

    assert [value() for value in held] == [None, None]
