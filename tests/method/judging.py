"""assess() as a file reaches it: raw values are read first, one response is alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.method.assess import assess
from assessment.method.parse_input import read_agreed, read_minimum, read_profile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assessment.instrument.model import Instrument
    from assessment.method.result import Respondent, Result


def assess_raw(
    *,
    instrument: Instrument,
    profile: Mapping[str, object],
    responses: Sequence[Respondent],
    minimum: int | None = None,
    agreed: Mapping[str, object] | None = None,
    draws: int | None = None,
) -> Result:
    return assess(
        instrument=instrument,
        profile=read_profile(instrument, dict(profile)),
        responses=responses,
        alone=len(responses) == 1 and minimum is None,
        minimum=read_minimum(instrument, minimum),
        agreed=read_agreed(instrument, dict(agreed or {})),
        draws=draws,
    )
