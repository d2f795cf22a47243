"""The instrument itself."""

from __future__ import annotations

from assessment.instrument.model import Question
from tests.instrument.build import instrument, level


def test_question_is_worded_for_a_tier_and_a_closing_one_has_no_dimension() -> None:
    both = Question("VC2", "level", "What reaches you?", text_national="What do you send?")
    closing = Question("O1", "text", "What else?")

    assert {tier: both.wording(tier) for tier in ("national", "local", None)} == {
        "national": "What do you send?",
        "local": "What reaches you?",
        None: "What reaches you?",
    }
    assert level("VC1").wording("national") == "VC1?"
    assert instrument(level("PC1"), closing).closing_questions == (closing,)


def test_tier_and_sector_decide_who_sees() -> None:
    table = {
        (None, None): (True, True),
        ("national", "agriculture"): (True, True),
        ("local", "agriculture"): (False, False),
        ("local", "finance"): (False, True),
        ("national", "other"): (False, True),
    }
    sector = level("PC2", tiers=("national",), finance=True, sectors=("agriculture",))
    finance = level("BI1", tiers=("national",), finance=True)

    assert {
        place: (sector.routed_to(*place), finance.routed_to(*place)) for place in table
    } == table
