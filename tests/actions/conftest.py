from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assessment.models import Response
from tests.actions.respondent_steps import begin
from tests.bank_fixtures import bank_in_database, edition

if TYPE_CHECKING:
    from assessment.models import Edition

__all__ = ["bank_in_database", "edition"]


@pytest.fixture
def response(edition: Edition) -> Response:
    """An open response without answers."""
    return begin(edition)
