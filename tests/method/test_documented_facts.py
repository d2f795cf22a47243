"""The seven cases, entered with nothing but what the documents say of them, get its conclusions.

Each file of facts/ holds the answers of somebody who knows no more than that.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assessment.method.assess import assess
from assessment.method.parse_input import read_assessment

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument
    from assessment.method.result import Result

FACTS = Path(__file__).parent / "facts"


@dataclass(frozen=True)
class Expected:
    """`directions` by dimension what it may be; the rest are codes, divided by spaces."""

    directions: dict[str, str]
    true: str
    not_true: str
    leading: tuple[str, str]


LOW = "low"
EXPECTED = {
    "CO-FEST": Expected(
        {"TG": "mixed high", "LC": LOW},
        "R05 R14 R27",
        "R12 R22 R28 R01",
        ("decided_by_nobody", "agreement_on_paper"),
    ),
    "CO-PPP": Expected(
        {"TG": LOW, "HC": LOW, "LC": LOW},
        "R05 R13 R15 R27",
        "R12 R17 R28",
        ("decided_by_nobody", "frame_without_procedure"),
    ),
    "PE": Expected(
        {"BI": LOW, "LC": LOW},
        "R08 R19 R21 R27",
        "R12 R05 R28",
        ("priorities_and_budgets_apart", "informal_and_local"),
    ),
    "MX": Expected(
        {"PC": "high", "TG": LOW, "BI": LOW, "HC": LOW},
        "R01 R09 R10 R13 R15 R16 R19",
        "R12 R22 R28 R05",
        ("backing_without_means", "node_without_power"),
    ),
    "ET": Expected(
        {"TG": "high", "HC": LOW, "LC": "high"},
        "R12 R17 R28",
        "R01 R05 R06 R13 R27",
        ("strong_territory_weak_centre", "targeting_is_the_bridge"),
    ),
    "LS": Expected(
        {"TG": "high", "HC": LOW, "VC": LOW},
        "R12 R17 R24 R27",
        "R05 R06 R13 R28",
        ("targeting_is_the_bridge", "informal_and_local"),
    ),
    "ML": Expected(
        {"HC": LOW, "VC": LOW, "LC": LOW},
        "R12 R24 R27",
        "R05 R06 R13 R28",
        ("programme_stands_alone", "informal_and_local"),
    ),
}


def result_of(bank: Instrument, case: str) -> Result:
    raw = json.loads((FACTS / f"{case}.json").read_text())
    read = read_assessment(bank, raw)
    return assess(
        instrument=bank, profile=read.profile, responses=read.responses, alone=True, draws=0
    )


def test_facts_of_a_case_give_what_the_documents_conclude_and_the_advice_for_its_region(
    bank: Instrument,
) -> None:
    results = {case: result_of(bank, case) for case in EXPECTED}

    wrong = {case: found for case in EXPECTED if (found := misses(case, results[case]))}
    assert wrong == {}


def misses(case: str, result: Result) -> list[str]:
    wanted = EXPECTED[case]
    directions = {code: result.dimensions[code].direction for code in wanted.directions}
    found = [
        f"direction of {code} is {direction}"
        for code, direction in directions.items()
        if direction not in wanted.directions[code].split()
    ]
    found += [f"{c} is not true" for c in wanted.true.split() if result.rules[c] is not True]
    found += [f"{c} is true" for c in wanted.not_true.split() if result.rules[c] is True]
    leading = tuple(one.pattern for one in result.patterns if one.first)
    found += [f"{leading} lead"] if leading != wanted.leading else []
    told = {one.finding for one in result.advice}
    found += [f"{code} is not advised" for code in sorted(FOR_ALL - told)]
    regions = [region for region, codes in FOR_REGION.items() if codes <= told]
    return found + ([f"advice for {regions}"] if regions != [result.profile["region"]] else [])


FOR_ALL = {"RS-R1", "RS-R2", "RS-R3"}
FOR_REGION = {
    "LA": {"RS-R6", "RS-R7", "RS-R8"},
    "AF": {"RS-R9", "RS-R10", "RS-R11", "RS-R12"},
}
