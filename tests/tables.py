"""For tests that compare a table of inputs with a table of outcomes."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

import pytest
from django.db import transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Refusal = TypeVar("Refusal", bound=BaseException)


def raised(
    kind: type[Refusal], call: Callable[..., object], /, *given: object, **named: object
) -> Refusal:
    """The error that the call has to raise; without it the test fails and names what was given."""
    try:
        call(*given, **named)
    except kind as error:
        return error
    pytest.fail(f"{call} raises no {kind.__name__} for {given} {named}")


@contextmanager
def undone() -> Iterator[None]:
    """What is written within is taken back: each row of a table meets the same database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
