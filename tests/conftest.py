from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import override_settings

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
