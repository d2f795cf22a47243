"""Rules that no stored sample makes true."""

from __future__ import annotations

from assessment.instrument.issues import Where
from assessment.instrument.validation.samples import untested_rules
from tests.instrument.build import instrument, level, rule

BANK = instrument(
    level("PC1"),
    rules=(
        rule("R01", "level.PC <= 1", "PC"),
        rule("R02", "level.PC >= 3", "PC"),
        rule("G1", "gap.sectors.PC >= 1 and level.PC >= 1"),
    ),
)


def test_rule_that_no_sample_makes_true_was_never_tried() -> None:
    """One sample is enough."""
    samples: list[dict[str, bool | None]] = [
        {"R01": True, "R02": False},
        {"R01": None, "R02": None, "G1": None},
    ]

    assert list(untested_rules(BANK, samples)) == [
        Where("rules", "R02").issue("when", "never_tried"),
        Where("rules", "G1").issue("when", "tried_only_in_rounds"),
    ]
    assert list(untested_rules(BANK, [dict.fromkeys(BANK.rule, True)])) == []
