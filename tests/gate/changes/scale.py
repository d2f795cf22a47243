"""Thresholds: beyond their range, out of their order, without words."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from random import Random

    from assessment.instrument.model import Instrument

BEYOND: dict[str, tuple[Any, ...]] = {
    "sufficient_share": (Fraction(0), Fraction(3)),
    "minimum_questions": (0, 500),
    "essential_below": (-1, 0, 500),
    "cap": (-1, 0, 4, 9),
    "verdict_seen": (0, 400),
    "verdict_not_seen": (-5, 60, 99),
    "minimum_group": (0, 2, 1000),
    "smallest_group": (0, 1, 50),
    "agreement_group": (1, 1000),
    "gap_levels": (0, 40),
    "no_common_view": (Fraction(0), Fraction(50)),
    "draws": (-1, 400_000),
    "weight_spread": (Fraction(-1), Fraction(1), Fraction(7)),
    "overlap": (0, 1000),
    "first": (0, 1, 1000),
    "per_dimension": (0, 9, 1000),
    "weakest": (0, 1000),
    "low_level": (-1, 2, 4, 7),
    "strength_level": (0, 1, 4, 9),
    "high_level": (0, 1, 5),
    "guaranteed": (("PC", "PC"), ("XX",)),
}

BANDS = (
    *((20, 40, 90, 80), (0, 40, 60, 80), (20, 40, 60, 100), (20, 40), (20, 20, 60, 80)),
    *((80, 60, 40, 20), (-20, 40, 60, 80), (20, 40, 60, 80, 90), (), (20, 40, 60, 400)),
)
WORDS: dict[str, tuple[Any, ...]] = {
    "levels": (("a", "b", "c"), ()),
    "labels": (
        ("A", "B", "C", "D"),
        ("A", "B", "C", "D", ""),
        ("A", "B", "C", "D", "D"),
        ("A", "A", "B", "C", "D"),
        (),
    ),
    "meanings": (("a", "b", "c", "d"), ("a", "b", "c", "d", " "), ()),
}
PAIRS: dict[tuple[str, str], tuple[tuple[int, int], ...]] = {
    ("verdict_not_seen", "verdict_seen"): ((60, 40), (50, 50), (99, 1)),
    ("low_level", "strength_level"): ((2, 1), (2, 2), (3, 1)),
    ("low_level", "high_level"): ((2, 2), (3, 3), (3, 2)),
    ("strength_level", "high_level"): ((4, 3), (3, 2)),
    ("smallest_group", "minimum_group"): ((5, 3), (4, 3)),
    ("smallest_group", "agreement_group"): ((5, 3), (6, 4)),
    ("per_dimension", "first"): ((9, 2), (3, 1)),
}
"""Two that somebody sets against each other, each of them possible by itself."""


def threshold_changed(random: Random, bank: Instrument) -> Instrument:
    name = random.choice(sorted(BEYOND))
    return _with_scale(bank, **{name: random.choice(BEYOND[name])})


def essential_changed(random: Random, bank: Instrument) -> Instrument:
    """When an essential question holds the level, and at which; each dimension has one."""
    questions = tuple(replace(q, essential=q.code.endswith("1")) for q in bank.questions)
    below = (("essential_below", 500), ("essential_below", 101))
    name, value = random.choice((*below, *below, ("cap", -1), ("cap", 9)))
    return _with_scale(replace(bank, questions=questions), **{name: value})


def bands_changed(random: Random, bank: Instrument) -> Instrument:
    return _with_scale(bank, bands=random.choice(BANDS))


def order_of_thresholds_changed(random: Random, bank: Instrument) -> Instrument:
    pair = random.choice(sorted(PAIRS))
    return _with_scale(bank, **dict(zip(pair, random.choice(PAIRS[pair]), strict=True)))


def scale_words_changed(random: Random, bank: Instrument) -> Instrument:
    name = random.choice(sorted(WORDS))
    return _with_scale(bank, **{name: random.choice(WORDS[name])})


def _with_scale(bank: Instrument, **thresholds: Any) -> Instrument:
    return replace(bank, scale=replace(bank.scale, **thresholds))
