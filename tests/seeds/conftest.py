from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assessment.seeds import read_seeds

if TYPE_CHECKING:
    from assessment.method.instrument import Instrument


@pytest.fixture(scope="session")
def bank() -> Instrument:
    return read_seeds()
