"""The instrument itself."""

from __future__ import annotations

from fractions import Fraction

from assessment.instrument.model import Question
from tests.instrument.build import SCALE, instrument, level


def test_wording_follows_the_tier() -> None:
    both = Question("VC2", "level", "What reaches you?", text_national="What do you send?")

    assert {tier: both.wording(tier) for tier in ("national", "local", None)} == {
        "national": "What do you send?",
        "local": "What reaches you?",
        None: "What reaches you?",
    }
    assert level("VC1").wording("national") == "VC1?"


def test_tier_and_sector_decide_who_sees() -> None:
    table = {
        (None, None): True,
        ("national", "agriculture"): True,
        ("local", "agriculture"): False,
        ("local", "finance"): False,
        ("national", "other"): False,
    }
    question = level("PC2", tiers=("national",), finance=True, sectors=("agriculture",))

    assert {place: question.routed_to(*place) for place in table} == table


def test_finance_sees_its_questions_at_every_tier() -> None:
    assert level("BI1", tiers=("national",), finance=True).routed_to("local", "finance") is True


def test_closing_questions_belong_to_no_dimension() -> None:
    closing = Question("O1", "text", "What else?")

    assert instrument(level("PC1"), closing).closing_questions == (closing,)


def test_limit_of_a_band_belongs_to_the_level_above() -> None:
    table: list[tuple[Fraction | int, int]] = [
        (0, 0),
        (Fraction(1999, 100), 0),
        (20, 1),
        (Fraction(3999, 100), 1),
        (80, 4),
        (100, 4),
    ]

    assert [(score, SCALE.band_of(Fraction(score))) for score, _ in table] == table
