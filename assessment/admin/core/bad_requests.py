"""What a tampered request to an admin page is answered: a refusal, never a failure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import BadRequest, FieldDoesNotExist
from django.db import DataError
from django.http import RawPostDataException
from django.utils.datastructures import MultiValueDictKeyError

LARGEST_ID = 2**63 - 1
BAD_REQUEST_ERRORS = (
    DataError,
    FieldDoesNotExist,
    IndexError,
    MultiValueDictKeyError,
    OverflowError,
    RawPostDataException,
    RecursionError,
    ValueError,
)


@contextmanager
def refuse_bad_requests() -> Iterator[None]:
    """Values that no page of ours sends become a bad request instead of an error of the server."""
    try:
        yield
    except BAD_REQUEST_ERRORS as error:
        raise BadRequest("This request does not come from a page of this site.") from error


def is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= LARGEST_ID
