"""The documented cases: at which level, how far away, and the acceptance table of the rules."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from assessment.method.cases import (
    case_verdict,
    cases_at_level,
    cases_of_arrangement,
    distance,
    distances,
    same_arrangement,
)
from assessment.method.dimensions import judge_all
from assessment.method.items import items_of
from assessment.method.result import CaseAtLevel, CaseDistance
from tests.instrument.build import case, instrument, level, person, rule

if TYPE_CHECKING:
    from assessment.instrument.model import Case, Instrument

BANK = instrument(
    *(level(f"{d}{n}", d) for d in ("PC", "DS", "TG", "BI") for n in (1, 2)),
    cases=(
        case("C1", PC=(2, 3), DS=(2, 2), TG=(0, 0)),
        case("C2", PC=(0, 1), DS=(2, 2)),
        case("C3", PC=(4, 4), DS=(0, 1), TG=(3, 4), BI=(0, 4)),
    ),
)
ANSWERS = {f"{d}{n}": 2 for d in ("PC", "DS", "TG") for n in (1, 2)}


def test_cases_are_told_at_the_level_that_theirs_holds_and_apart_where_enough_overlaps() -> None:
    judgements = judge_all(BANK, items_of(BANK, {}, person(BANK, ANSWERS)))

    assert cases_at_level(BANK, judgements) == {
        "PC": (CaseAtLevel("C1", "documented"),),
        "DS": (CaseAtLevel("C1", "documented"), CaseAtLevel("C2", "documented")),
        "TG": (),
        "BI": (),
    }
    assert distances(BANK, judgements) == (
        CaseDistance("C1", 2 / 12, 3),
        CaseDistance("C3", 4 / 12, 3),
    )


SELF = {"A": 3, "B": 2, "C": 0, "D": 1}


def test_v14_distance() -> None:
    table: list[tuple[Case, str]] = [
        (case("c1", A=(1, 1), B=(0, 0), C=(1, 1)), ".416667"),
        (case("c2", B=(3, 3), C=(1, 1), D=(3, 3)), ".333333"),
        (case("c3", A=(4, 4), C=(2, 2), D=(3, 3)), ".416667"),
    ]

    assert [float(Fraction(*distance(SELF, other, 4))) for other, _ in table] == [
        pytest.approx(float(expected), abs=1e-6) for _, expected in table
    ]


def test_same_arrangement_names_its_cases_and_tells_of_each_what_is_the_same_and_what_is_not(
    bank: Instrument,
) -> None:
    table: list[tuple[dict[str, int | str], dict[str, tuple[bool | None, bool | None]]]] = [
        ({"programmes": 2, "intention": "partly"}, {"MX": (False, False), "ET": (True, False)}),
        ({"programmes": 14, "intention": "no"}, {"MX": (True, False), "ET": (False, False)}),
        ({"programmes": 2, "intention": "yes"}, {"MX": (False, True), "ET": (True, True)}),
        ({"intention": "yes"}, {"MX": (None, True), "ET": (None, True)}),
        ({"programmes": 14}, {"MX": (True, None), "ET": (False, None)}),
    ]
    single: dict[str, int | str] = {"arrangement": "single", "programmes": 14, "intention": "yes"}

    def outcome(given: dict[str, int | str]) -> dict[str, tuple[bool | None, bool | None]]:
        profile: dict[str, int | str] = {"arrangement": "complementary_different", **given}
        found = cases_of_arrangement(bank, profile)
        return {one.case: (one.programmes, one.intention) for one in found}

    assert [(given, outcome(given)) for given, _ in table] == table
    assert [found.case for found in cases_of_arrangement(bank, single)] == ["ML"]
    assert same_arrangement(BANK, {"arrangement": "coincident"}) == ("C1", "C2", "C3")
    assert same_arrangement(BANK, {"arrangement": "single"}) == ()
    assert same_arrangement(BANK, {}) == ()


def test_case_verdict_reads_the_condition_for_cases_and_knows_no_answers() -> None:
    answers = rule("R1", "answer.PC1 <= 1", "PC")
    for_cases = rule("R1", "answer.PC1 <= 1", "PC", when_case="level.PC <= 1")

    assert [
        [case_verdict(BANK.scale, one, other) for other in BANK.cases]
        for one in (for_cases, answers)
    ] == [[False, True, False], [None, None, None]]


CASES = ("CO-FEST", "CO-PPP", "MX", "PE", "ET", "LS", "ML")
ACCEPTED = {
    "R01": "UUTFUUU",
    "R05": "TTFFFFF",
    "R06": "TTTTFFF",
    "R09": "FFTFFFF",
    "R12": "FFFFTTT",
    "R13": "UTTUFFF",
    "R15": "FTTUFFF",
    "R17": "UFFUTTT",
    "R19": "UUTTUUU",
    "R24": "UUUUUTT",
    "R27": "TTUTFTT",
    "R28": "FFUFTFF",
}
SIGN = {True: "T", False: "F", None: "U"}


def test_rules_read_the_coded_cases_as_accepted(bank: Instrument) -> None:
    verdicts = {
        code: "".join(
            SIGN[case_verdict(bank.scale, bank.rule[code], bank.case[name])] for name in CASES
        )
        for code in ACCEPTED
    }

    assert verdicts == ACCEPTED
