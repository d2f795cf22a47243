"""The chain from source to recommendation in the real bank, walked both ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.instrument.validation.validate import cited_findings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assessment.instrument.model import Instrument


def test_chain_questions_rules_and_readings_lead_to_places_in_sources(bank: Instrument) -> None:
    def places(codes: Iterable[str]) -> list[str]:
        found = [bank.finding[code] for code in codes]
        return [one.section + one.place if one.source in bank.source else "" for one in found]

    led = {
        **{q.code: places(q.findings) for q in bank.questions if q.dimension},
        **{rule.code: places(rule.findings) for rule in bank.rules if rule.dimensions},
        **{
            f"{case.code}/{reading.dimension}": places(reading.findings)
            for case in bank.cases
            for reading in case.readings
        },
    }

    assert [code for code, found in led.items() if not (found and all(found))] == []


def test_chain_findings_sources_and_dimensions_are_used(bank: Instrument) -> None:
    """Or a finding is marked as context."""
    unused = {finding.code for finding in bank.findings} - cited_findings(bank)
    asked = {question.dimension for question in bank.questions if question.dimension}
    advised = {code for rule in bank.rules for code in rule.dimensions}
    seen = {reading.dimension for case in bank.cases for reading in case.readings}

    assert [code for code in unused if bank.finding[code].kind != "context"] == []
    assert {finding.source for finding in bank.findings} == set(bank.source)
    assert asked == advised == set(bank.dimension)
    assert seen <= set(bank.dimension)


def test_chain_multi_questions_end_with_none_and_cases_lie_in_their_region(
    bank: Instrument,
) -> None:
    last = {q.code: q.options[-1].value for q in bank.questions if q.kind == "multi"}

    assert {code: value for code, value in last.items() if value != "none"} == {}
    assert [c.code for c in bank.cases if bank.region_of[c.country] != c.region] == []
