from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from tests.web.accounts.steps import PASSWORD


@pytest.fixture
def second_factor(settings: pytest.FixtureRequest) -> None:
    """The requirement as it is on a site; other tests do without."""
    settings.SECOND_FACTOR_REQUIRED = True  # type: ignore[attr-defined]


@pytest.fixture
def mail(settings: pytest.FixtureRequest) -> None:
    """A site that has a mail server."""
    settings.EMAIL_HOST = "mail.example.org"  # type: ignore[attr-defined]


@pytest.fixture
def ada(db: None) -> User:
    return User.objects.create_superuser("ada", "ada@example.org", PASSWORD)
