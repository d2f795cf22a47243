"""Findings beside answers."""

from __future__ import annotations

from dataclasses import replace

from assessment.instrument.conditions.grammar import parse
from assessment.method.dimensions import judge_all
from assessment.method.facts import facts_of
from assessment.method.items import items_of
from assessment.method.result import Verdict
from assessment.method.verdicts import verdicts
from tests.instrument.build import finding, instrument, level, person

BANK = instrument(
    level("PC1", findings=("B1", "E1", "F1")),
    level("PC2", findings=("B1", "E1", "XX"), weight=2, essential=True),
    findings=(finding("B1", "barrier"), finding("E1", "enabler"), finding("F1", "fact")),
)


def test_verdict_follows_the_unweighted_mean_of_what_is_answered() -> None:
    both, nothing = ("PC1", "PC2"), "no_information"
    table: list[tuple[dict[str, object], str, str, float | None, tuple[str, ...]]] = [
        ({"PC1": 0, "PC2": 2}, "seen", "not_seen", 25.0, both),
        ({"PC1": 1, "PC2": 2}, "seen", "not_seen", 37.5, both),
        ({"PC1": 2, "PC2": 2}, "partly", "partly", 50.0, both),
        ({"PC1": 1, "PC2": 4}, "not_seen", "seen", 62.5, both),
        ({"PC1": 4}, "not_seen", "seen", 100.0, ("PC1",)),
        ({"PC1": "dont_know"}, nothing, nothing, None, ()),
    ]

    def outcome(answers: dict[str, object]) -> object:
        return verdicts(BANK, items_of(BANK, {}, person(BANK, answers)), {})

    assert [outcome(answers) for answers, *_ in table] == [
        {
            "B1": Verdict("B1", barrier, mean, questions),
            "E1": Verdict("E1", enabler, mean, questions),
        }
        for _, barrier, enabler, mean, questions in table
    ]


LINK = replace(
    finding("F9", "barrier"),
    seen=parse("answer.HC2 <= 1 or answer.HC7 <= 1"),
    partly=parse("answer.HC2 == 2"),
)
SCHEME = instrument(
    level("HC2", "HC", shown_if="profile.programmes >= 2", findings=("F9",)),
    level("HC7", "HC", shown_if="profile.programmes == 1", findings=("F9",)),
    findings=(LINK, replace(LINK, code="F8", seen=None)),
)


def test_verdict_follows_the_conditions_of_the_finding() -> None:
    table: list[tuple[int, dict[str, object], str, str]] = [
        (2, {"HC2": 1}, "seen", "not_seen"),
        (2, {"HC2": 2}, "partly", "partly"),
        (2, {"HC2": 3}, "not_seen", "not_seen"),
        (2, {"HC2": "dont_know"}, "no_information", "no_information"),
        (1, {"HC7": 0}, "seen", "no_information"),
        (1, {"HC7": 4}, "not_seen", "no_information"),
        (1, {}, "no_information", "no_information"),
    ]

    def outcome(programmes: int, answers: dict[str, object]) -> tuple[str, str]:
        profile: dict[str, int | str] = {"programmes": programmes}
        items = items_of(SCHEME, profile, person(SCHEME, answers))
        facts = facts_of(SCHEME, profile, items, judge_all(SCHEME, items))
        found = verdicts(SCHEME, items, facts)
        return found["F9"].verdict, found["F8"].verdict

    assert [(n, given, *outcome(n, given)) for n, given, _, _ in table] == table
