"""The chain from source to recommendation in the real bank, walked both ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.instrument.validation.validate import cited_findings

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument


def test_chain_each_question_of_a_dimension_leads_to_a_source(bank: Instrument) -> None:
    sources = {
        question.code: {bank.source[bank.finding[code].source].code for code in question.findings}
        for question in bank.questions
        if question.dimension
    }

    assert [code for code, found in sources.items() if not found] == []


def test_chain_each_rule_of_a_dimension_leads_to_a_place_in_a_source(bank: Instrument) -> None:
    places = {
        rule.code: [bank.finding[code].section + bank.finding[code].place for code in rule.findings]
        for rule in bank.rules
        if rule.dimensions
    }

    assert [code for code, found in places.items() if not (found and all(found))] == []


def test_chain_each_case_reading_leads_to_a_finding(bank: Instrument) -> None:
    readings = [reading for case in bank.cases for reading in case.readings]

    assert all(
        reading.findings and set(reading.findings) <= set(bank.finding) for reading in readings
    )


def test_chain_each_finding_is_used_or_marked_as_context(bank: Instrument) -> None:
    unused = {finding.code for finding in bank.findings} - cited_findings(bank)

    assert {bank.finding[code].kind for code in unused} <= {"context"}


def test_chain_each_source_is_used(bank: Instrument) -> None:
    assert {finding.source for finding in bank.findings} == {source.code for source in bank.sources}


def test_chain_each_dimension_has_questions_rules_and_a_case(bank: Instrument) -> None:
    asked = {question.dimension for question in bank.questions if question.dimension}
    advised = {code for rule in bank.rules for code in rule.dimensions}
    seen = {reading.dimension for case in bank.cases for reading in case.readings}

    assert asked == advised == set(bank.dimension)
    assert seen <= set(bank.dimension)


def test_chain_each_multi_question_ends_with_none(bank: Instrument) -> None:
    last = {q.code: q.options[-1].value for q in bank.questions if q.kind == "multi"}

    assert set(last.values()) == {"none"}


def test_chain_each_country_of_a_case_lies_in_its_region(bank: Instrument) -> None:
    assert [c.code for c in bank.cases if bank.region_of[c.country] != c.region] == []
