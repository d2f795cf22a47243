"""The real bank, read once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, settings

from assessment.seeds import read_seeds

if TYPE_CHECKING:
    from assessment.method.instrument import Instrument

settings.register_profile(
    "method",
    derandomize=True,
    deadline=None,
    max_examples=40,
    phases=(Phase.explicit, Phase.generate),
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("method")


@pytest.fixture(scope="session")
def bank() -> Instrument:
    return read_seeds()
