"""A draft that is translated into Spanish."""

from __future__ import annotations

import pytest

from assessment.models import (
    Edition,
    EditionLanguage,
)


@pytest.fixture
def spanish(draft: Edition) -> EditionLanguage:
    return EditionLanguage.objects.create(edition=draft, language="es")
