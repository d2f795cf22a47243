from __future__ import annotations

from assessment.interchange.refusal import MOST_FAULTS, FileFault, Refused


def test_refused_holds_the_first_of_very_many_faults() -> None:
    refused = Refused([FileFault("no_archive")] * (MOST_FAULTS + 3))

    assert len(refused.faults) == MOST_FAULTS + 1
    assert refused.faults[-1] == FileFault("more_faults", params={"number": 3})
