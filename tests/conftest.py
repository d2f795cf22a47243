from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.test import override_settings
from hypothesis import HealthCheck, Phase, settings

from assessment.instrument.seeds import read_seeds
from assessment.management.commands.test import chromium

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument

# The same examples in every run: a property that fails once fails for everybody.
settings.register_profile(
    "repeatable",
    derandomize=True,
    deadline=None,
    max_examples=40,
    phases=(Phase.explicit, Phase.generate),
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("repeatable")

PLAIN_STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


@pytest.fixture(autouse=True, scope="session")
def site_under_test(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Static files by their plain names and not collected, and passwords hashed fast."""
    with override_settings(
        STORAGES=PLAIN_STORAGES,
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
    ):
        yield


@pytest.fixture(scope="session")
def bank() -> Instrument:
    """The real bank, read once."""
    return read_seeds()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The machine's own Chromium: nothing is downloaded for the journeys."""
    return browser_type_launch_args | {
        "executable_path": chromium(),
        "args": ["--no-sandbox", "--disable-dev-shm-usage"],
    }
