"""Who is asked nothing in a round."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from assessment.instrument.model import SECTORS, TIERS
from assessment.instrument.validation.audience import dimensions_not_asked, groups_asked_nothing
from assessment.instrument.validation.issues import Issue
from tests.instrument.build import instrument, level

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument

COMMON = level("PC1")
NOTHING = "In a round, the local tier is asked no question at all."
NOTHING_OF_IT = "In a round, the local tier is asked no question of this dimension"
WITHOUT_LOCAL: dict[str, Any] = {"tiers": ("national", "regional")}


def messages(found: Any) -> list[tuple[str, str]]:
    return [(fault.code, fault.message) for fault in found]


def test_everybody_is_asked_something_in_the_real_bank(bank: Instrument) -> None:
    assert list(groups_asked_nothing(bank)) == []
    assert messages(dimensions_not_asked(bank)) == [
        (
            "PC",
            f"{NOTHING_OF_IT} in these sectors: social protection, agriculture, other.",
        )
    ]


def test_tier_that_is_asked_nothing_is_at_fault() -> None:
    bank = instrument(level("PC1", **WITHOUT_LOCAL))

    assert list(groups_asked_nothing(bank)) == [Issue("", NOTHING)]
    assert list(dimensions_not_asked(bank)) == []


def test_sector_that_is_asked_nothing_is_at_fault() -> None:
    bank = instrument(level("PC1", sectors=SECTORS[:2]))

    assert [fault.message for fault in groups_asked_nothing(bank)] == [
        "In a round, the sector finance is asked no question at all.",
        "In a round, the sector other is asked no question at all.",
    ]


def test_profile_is_no_question_of_a_round() -> None:
    assert len(list(groups_asked_nothing(instrument()))) == len(TIERS) + len(SECTORS)


def test_tier_that_sees_nothing_of_a_dimension_is_told() -> None:
    bank = instrument(COMMON, level("BI1", "BI", **WITHOUT_LOCAL))

    assert list(dimensions_not_asked(bank)) == [Issue("BI", f"{NOTHING_OF_IT}.")]


@pytest.mark.parametrize("more", [{"sectors": ("finance",), "tiers": ("regional", "local")}])
def test_sector_of_a_tier_that_is_asked_nothing_is_told(more: dict[str, Any]) -> None:
    bank = instrument(level("PC1", **WITHOUT_LOCAL), level("PC2", **more))

    assert [fault.message for fault in dimensions_not_asked(bank)] == [
        f"In a round, the local tier is asked no question at all in the sector {sector}."
        for sector in ("social protection", "agriculture", "other")
    ]
