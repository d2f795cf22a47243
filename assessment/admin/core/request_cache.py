"""Values that are made once for a request and forgotten with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from django.http import HttpRequest

V = TypeVar("V")


class RequestCache(Generic[V]):
    """What `make` returns for a request, made at the first `get`.

    The value must not hold the request: it would keep its own key, and so both, for ever.
    """

    def __init__(self, make: Callable[[HttpRequest], V]) -> None:
        self._make = make
        self._values: WeakKeyDictionary[HttpRequest, V] = WeakKeyDictionary()

    def get(self, request: HttpRequest) -> V:
        if request not in self._values:
            self._values[request] = self._make(request)
        return self._values[request]
