"""The instrument itself."""

from __future__ import annotations

from fractions import Fraction

import pytest

from assessment.instrument.model import Question
from tests.instrument.build import SCALE, instrument, level


@pytest.mark.parametrize(
    ("tier", "wording"),
    [
        ("national", "What do you send?"),
        ("local", "What reaches you?"),
        (None, "What reaches you?"),
    ],
)
def test_wording_follows_the_tier(tier: str | None, wording: str) -> None:
    question = Question("VC2", "level", "What reaches you?", text_national="What do you send?")

    assert question.wording(tier) == wording


def test_wording_is_the_same_where_only_one_is_given() -> None:
    assert level("VC1").wording("national") == "VC1?"


@pytest.mark.parametrize(
    ("tier", "sector", "sees"),
    [
        (None, None, True),
        ("national", "agriculture", True),
        ("local", "agriculture", False),
        ("local", "finance", False),
        ("national", "other", False),
    ],
)
def test_tier_and_sector_decide_who_sees(tier: str | None, sector: str | None, sees: bool) -> None:
    question = level("PC2", tiers=("national",), finance=True, sectors=("agriculture",))

    assert question.routed_to(tier, sector) is sees


def test_finance_sees_its_questions_at_every_tier() -> None:
    assert level("BI1", tiers=("national",), finance=True).routed_to("local", "finance") is True


def test_closing_questions_belong_to_no_dimension() -> None:
    closing = Question("O1", "text", "What else?")

    assert instrument(level("PC1"), closing).closing_questions == (closing,)


@pytest.mark.parametrize(
    ("score", "band"),
    [(0, 0), (Fraction(1999, 100), 0), (20, 1), (Fraction(3999, 100), 1), (80, 4), (100, 4)],
)
def test_limit_of_a_band_belongs_to_the_level_above(score: Fraction | int, band: int) -> None:
    assert SCALE.band_of(Fraction(score)) == band
