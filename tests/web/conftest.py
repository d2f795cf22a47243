from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from assessment.models import Edition, Response
from tests.factories import ResponseFactory, published_edition


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The bank is loaded and published once; every test sees it and none changes it."""
    with django_db_blocker.unblock():
        published_edition()


@pytest.fixture(autouse=True)
def no_tries_yet() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def edition(db: None) -> Edition:
    return published_edition()


@pytest.fixture
def response(edition: Edition) -> Response:
    return ResponseFactory()


@pytest.fixture
def holder(client: Client, response: Response) -> Client:
    """A device that holds the grant of `response`."""
    return granted(client, response)


def granted(client: Client, *responses: Response) -> Client:
    session = client.session
    session["responses"] = [str(response.uuid) for response in responses]
    session.save()
    return client
