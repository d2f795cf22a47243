from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings

from assessment.actions.responses.submit import submit_response
from assessment.management.messages import compile_changed
from assessment.models import Edition, Response
from tests.factories import NOW, ResponseFactory, answered, published_edition


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The bank is loaded and published once; every test sees it and none changes it."""
    with django_db_blocker.unblock():
        published_edition()


@pytest.fixture(scope="session")
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site's words as `start` compiles them: whoever wants them names them in LOCALE_PATHS."""
    folder = tmp_path_factory.mktemp("locale")
    compile_changed(settings.CATALOGUES, folder)
    return folder


@pytest.fixture
def edition(db: None) -> Edition:
    return published_edition()


@pytest.fixture
def response(edition: Edition) -> Response:
    return ResponseFactory()


@pytest.fixture
def submitted(response: Response) -> Response:
    """A closed response whose only answer is level 2 to TG2."""
    submit_response(response=answered(response, TG2=2), now=NOW)
    response.refresh_from_db()
    return response


@pytest.fixture
def holder(client: Client, response: Response) -> Client:
    """A device that holds the grant of `response`."""
    return granted(client, response)


def granted(client: Client, *responses: Response) -> Client:
    session = client.session
    session["responses"] = {str(made.uuid): made.secret_hash for made in responses}
    session.save()
    return client


BUNDLED = {"staticfiles": {"BACKEND": "assessment.web.bundles.BundledStorage"}}


@pytest.fixture(scope="module")
def collected(site_made: Path) -> Iterator[Path]:
    """Static files as a served site has them: in one file a kind, compressed."""
    folder = site_made / "static"
    with override_settings(STATIC_ROOT=folder, STORAGES=BUNDLED):
        yield folder
