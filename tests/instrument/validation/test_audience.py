"""Who is asked nothing in a round."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assessment.instrument.issues import Issue, Where
from assessment.instrument.model import SECTORS, TIERS
from assessment.instrument.validation.audience import dimensions_not_asked, groups_asked_nothing
from tests.instrument.build import instrument, level

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument

COMMON = level("PC1")
WITHOUT_LOCAL: dict[str, Any] = {"tiers": ("national", "regional")}


def test_everybody_is_asked_something_in_the_real_bank(bank: Instrument) -> None:
    assert list(groups_asked_nothing(bank)) == []
    sectors = ("social_protection", "agriculture", "other")
    assert list(dimensions_not_asked(bank)) == [
        Where("dimensions", "PC").issue(
            "code", "dimension_not_asked_in", tier="local", sectors=sectors
        )
    ]


def test_tier_or_sector_that_is_asked_nothing_is_at_fault() -> None:
    """The profile is no question of a round."""
    tiers = instrument(level("PC1", **WITHOUT_LOCAL))
    sectors = instrument(level("PC1", sectors=SECTORS[:2]))

    assert list(groups_asked_nothing(tiers)) == [
        Issue("tier_asked_nothing", params={"tier": "local"})
    ]
    assert list(dimensions_not_asked(tiers)) == []
    assert list(groups_asked_nothing(sectors)) == [
        Issue("sector_asked_nothing", params={"sector": sector}) for sector in SECTORS[2:]
    ]
    assert len(list(groups_asked_nothing(instrument()))) == len(TIERS) + len(SECTORS)


def test_tier_that_sees_nothing_of_a_dimension_and_its_sector_asked_nothing_are_told() -> None:
    bank = instrument(COMMON, level("BI1", "BI", **WITHOUT_LOCAL))
    finance = level("PC2", sectors=("finance",), tiers=("regional", "local"))

    assert list(dimensions_not_asked(bank)) == [
        Where("dimensions", "BI").issue("code", "dimension_not_asked", tier="local")
    ]
    assert list(dimensions_not_asked(instrument(level("PC1", **WITHOUT_LOCAL), finance))) == [
        Issue("cell_asked_nothing", params={"tier": "local", "sector": sector})
        for sector in ("social_protection", "agriculture", "other")
    ]
