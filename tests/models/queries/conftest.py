from __future__ import annotations

import pytest

from assessment.models import Edition
from tests.admin.small_bank import make_edition
from tests.bank_fixtures import empty_bank_tables


@pytest.fixture
def draft(db: None) -> Edition:
    empty_bank_tables()
    return make_edition("Second edition")
