"""Findings beside answers."""

from __future__ import annotations

from assessment.method.items import items_of
from assessment.method.result import Verdict
from assessment.method.verdicts import verdicts
from tests.instrument.build import finding, instrument, level, person

BANK = instrument(
    level("PC1", findings=("B1", "E1", "F1")),
    level("PC2", findings=("B1", "E1", "XX"), weight=2, essential=True),
    findings=(finding("B1", "barrier"), finding("E1", "enabler"), finding("F1", "fact")),
)


def test_verdict_follows_the_unweighted_mean() -> None:
    table: list[tuple[tuple[int, int], str, str, float]] = [
        ((0, 2), "seen", "not_seen", 25.0),
        ((1, 2), "seen", "not_seen", 37.5),
        ((2, 2), "partly", "partly", 50.0),
        ((1, 4), "not_seen", "seen", 62.5),
    ]

    def outcome(answers: tuple[int, int]) -> object:
        given = dict(zip(("PC1", "PC2"), answers, strict=True))
        return verdicts(BANK, items_of(BANK, {}, person(BANK, given)))

    assert [outcome(answers) for answers, _, _, _ in table] == [
        {
            "B1": Verdict("B1", barrier, mean, ("PC1", "PC2")),
            "E1": Verdict("E1", enabler, mean, ("PC1", "PC2")),
        }
        for _, barrier, enabler, mean in table
    ]


def test_verdict_uses_only_what_is_answered() -> None:
    found = verdicts(BANK, items_of(BANK, {}, person(BANK, {"PC1": 4})))

    assert found["E1"] == Verdict("E1", "seen", 100.0, ("PC1",))


def test_verdict_without_answers_gives_no_information() -> None:
    found = verdicts(BANK, items_of(BANK, {}, person(BANK, {"PC1": "dont_know"})))

    assert found["E1"] == Verdict("E1", "no_information", None, ())
