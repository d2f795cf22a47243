"""Findings beside answers."""

from __future__ import annotations

import pytest

from assessment.method.items import items_of
from assessment.method.result import Verdict
from assessment.method.verdicts import verdicts
from tests.instrument.build import finding, instrument, level, person

BANK = instrument(
    level("PC1", findings=("B1", "E1", "F1")),
    level("PC2", findings=("B1", "E1", "XX"), weight=2, essential=True),
    findings=(finding("B1", "barrier"), finding("E1", "enabler"), finding("F1", "fact")),
)


@pytest.mark.parametrize(
    ("answers", "barrier", "enabler", "mean"),
    [
        ((0, 2), "seen", "not_seen", 25.0),
        ((1, 2), "seen", "not_seen", 37.5),
        ((2, 2), "partly", "partly", 50.0),
        ((1, 4), "not_seen", "seen", 62.5),
    ],
)
def test_verdict_follows_the_unweighted_mean(
    answers: tuple[int, int], barrier: str, enabler: str, mean: float
) -> None:
    given = dict(zip(("PC1", "PC2"), answers, strict=True))
    found = verdicts(BANK, items_of(BANK, {}, person(BANK, given)))

    assert found == {
        "B1": Verdict("B1", barrier, mean, ("PC1", "PC2")),
        "E1": Verdict("E1", enabler, mean, ("PC1", "PC2")),
    }


def test_verdict_uses_only_what_is_answered() -> None:
    found = verdicts(BANK, items_of(BANK, {}, person(BANK, {"PC1": 4})))

    assert found["E1"] == Verdict("E1", "seen", 100.0, ("PC1",))


def test_verdict_without_answers_gives_no_information() -> None:
    found = verdicts(BANK, items_of(BANK, {}, person(BANK, {"PC1": "dont_know"})))

    assert found["E1"] == Verdict("E1", "no_information", None, ())
