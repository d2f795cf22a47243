from __future__ import annotations

from assessment.interchange.refusal import MOST_FAULTS, FileFault, Refused


def test_fault_names_its_place() -> None:
    assert str(FileFault("is wrong.", "rules", 7, "when")) == "rules, row 7, when: is wrong."


def test_fault_without_a_place_is_its_sentence() -> None:
    assert str(FileFault("The file is damaged.")) == "The file is damaged."


def test_refused_tells_the_first_of_very_many_faults() -> None:
    refused = Refused([FileFault("wrong.")] * (MOST_FAULTS + 3))

    assert len(refused.faults) == MOST_FAULTS + 1
    assert str(refused.faults[-1]) == "and 3 more faults."
