"""Seeded draws."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from assessment.method.dimensions import judge_all
from assessment.method.items import items_of
from assessment.method.result import Robustness
from assessment.method.robustness import nearest_rank, robustness, sampler_of
from tests.instrument.build import instrument, level, multi, number, person

BANK = instrument(
    level("PC1"),
    level("PC2"),
    level("PC3", not_applicable=True),
    level("BI1", "BI"),
    level("BI2", "BI"),
    multi("BI3", {"plan": 1}, "BI"),
    number("BI4", 0, 10, "BI"),
    level("TG1", "TG"),
    level("TG2", "TG"),
    *(level(f"BI{n}", "BI") for n in range(5, 9)),
)
ANSWERS = {"PC1": 2, "PC2": 2, "PC3": "not_applicable", "TG1": 2} | {
    f"BI{n}": 4 for n in (1, 2, 5, 6, 7, 8)
}


def drawn(draws: int, seed: str = "a") -> dict[str, Robustness]:
    items = items_of(BANK, {}, person(BANK, ANSWERS))
    return robustness(BANK, items, judge_all(BANK, items), seed=seed, draws=draws)


def test_robustness_varies_with_what_is_missing_and_repeats_itself_from_the_same_seed() -> None:
    """Equal answers do not depend on weights, and what is insufficient is left out."""
    found = drawn(200)
    equal, missing = found["PC"], found["BI"]

    assert list(found) == ["PC", "BI"]
    assert (equal.p05, equal.p95, equal.weakest_share) == pytest.approx((50, 50, 1))
    assert 70 < missing.p05 < missing.p95 < 100
    assert drawn(200) == found
    assert drawn(200, "b")["BI"] != missing
    assert drawn(0) == {}


def test_percentiles_are_of_the_nearest_rank() -> None:
    values = [float(n) for n in range(1, 21)]

    assert (nearest_rank(values, 5), nearest_rank(values, 95)) == (1.0, 19.0)
    assert nearest_rank([3.0], 5) == 3.0


def test_nothing_is_drawn_for_a_question_that_is_not_scored() -> None:
    with pytest.raises(TypeError, match="BI9 is not scored"):
        sampler_of(replace(level("BI9", "BI"), scored=False), Random(1))
