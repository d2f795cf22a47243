"""The bank of the seeds, for pages that need more than a small edition."""

from __future__ import annotations

import pytest

from assessment.actions.editions.load_seeds import load_seeds
from assessment.models import Edition
from tests.admin.small_bank import NOW
from tests.seeds_once import seeds


@pytest.fixture
def whole(db: None) -> Edition:
    """The real bank as a draft: nothing is wrong with it."""
    return load_seeds(instrument=seeds(), now=NOW).edition
