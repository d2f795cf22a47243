"""Each thing that keeps an edition from being published: the real bank with one part changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from assessment.method.conditions import parse
from assessment.method.instrument import Option, RuleVariant, Source, Term
from assessment.method.integrity import Fault, faults_in

if TYPE_CHECKING:
    from assessment.method.instrument import Instrument

NO_LEVELS = tuple(Option(str(n), f"Level {n}.", 4 - n) for n in range(5))
TWICE = (Option("a", "A.", 1), Option("a", "B.", 1), Option("none", "No.", exclusive=True))


def with_part(bank: Instrument, part: str, entries: tuple[Any, ...]) -> Instrument:
    new: dict[str, Any] = {part: entries}
    return replace(bank, **new)


def changed(bank: Instrument, part: str, code: str, **fields: Any) -> Instrument:
    """The bank with `fields` of one entry set anew."""
    entries = getattr(bank, part)
    assert code in {entry.code for entry in entries}
    new = tuple(replace(e, **fields) if e.code == code else e for e in entries)
    return with_part(bank, part, new)


def read_anew(bank: Instrument, code: str, place: int, **fields: Any) -> Instrument:
    """The bank with `fields` of one reading of a case set anew."""
    readings = list(bank.case[code].readings)
    readings[place] = replace(readings[place], **fields)
    return changed(bank, "cases", code, readings=tuple(readings))


def test_integrity_of_the_real_bank(bank: Instrument) -> None:
    assert faults_in(bank) == []


QUESTIONS = [
    ("PC1", {"kind": "slider"}, "kind slider is not known"),
    ("PC1", {"dimension": "XX"}, "dimension XX is not known"),
    ("PC1", {"profile": "colour", "dimension": ""}, "profile field colour is not known"),
    ("PC1", {"aspect": "hidden"}, "aspect hidden is not known"),
    ("PC1", {"indicator_type": "soft"}, "indicator type soft is not known"),
    ("PC1", {"protocol_cells": ("peace",)}, "protocol cell peace is not known"),
    ("PC1", {"tiers": ("village",)}, "tier village is not known"),
    ("PC1", {"sectors": ("army",)}, "sector army is not known"),
    ("PC1", {"findings": ("RS-T99",)}, "finding RS-T99 is not known"),
    ("PC1", {"text": ""}, "has no text"),
    ("PC1", {"help": ""}, "has no help"),
    ("PC1", {"findings": ()}, "cites no finding"),
    ("PC1", {"profile": "stage"}, "is both in a dimension and of the profile"),
    ("PC1", {"tiers": (), "finance": False}, "is seen by nobody"),
    ("PC1", {"weight": 0}, "has no weight"),
    ("PC1", {"scored": False, "essential": True}, "is essential but not scored"),
    ("PC1", {"hidden_points": 0}, "has points when hidden but is never hidden"),
    ("PC1", {"options": NO_LEVELS}, "needs five levels whose points rise from 0 to 4"),
    ("PC1", {"options": ()}, "needs five levels whose points rise from 0 to 4"),
    ("PC1", {"options": (Option("0", ""),)}, "has an option without text"),
    ("DS1", {"options": TWICE}, "option a stands more than once"),
    ("DS1", {"options": TWICE[1:2]}, "offers no choice"),
    ("DS1", {"options": TWICE[1:]}, None),
    ("DS1", {"options": TWICE[:2]}, "needs exactly one excluding option, none"),
    (
        "DS1",
        {"options": (Option("a", "A."), Option("none", "No.", exclusive=True))},
        "has options without points",
    ),
    ("BI5", {"minimum": None}, "needs a smallest and a largest number"),
    ("BI5", {"minimum": 9, "maximum": 9}, "has a smallest number that is not below the largest"),
    ("BI5", {"goalposts": (5, 5)}, "has goalposts that do not rise"),
    ("BI5", {"scored": True, "goalposts": None}, "is scored but has no goalposts"),
]


@pytest.mark.parametrize(("code", "fields", "message"), QUESTIONS)
def test_integrity_of_a_question(
    bank: Instrument, code: str, fields: dict[str, Any], message: str | None
) -> None:
    faults = faults_in(changed(bank, "questions", code, **fields))

    assert message is None or Fault(code, message) in faults


PARTS = [
    ("findings", "RS-KM1", {"source": "XX"}, "source XX is not known"),
    ("findings", "RS-KM1", {"dimensions": ("XX",)}, "dimension XX is not known"),
    ("findings", "RS-KM1", {"kind": "rumour"}, "kind rumour is not known"),
    ("findings", "RS-KM1", {"region": "EU"}, "region EU is not known"),
    ("findings", "RS-KM1", {"text": ""}, "has no text"),
    ("findings", "RS-KM1", {"section": ""}, "names no section of its source"),
    ("findings", "RS-KM1", {"place": ""}, "names no place in its source"),
    ("dimensions", "PC", {"findings": ("RS-T99",)}, "finding RS-T99 is not known"),
    ("dimensions", "PC", {"findings": ()}, "cites no finding"),
    ("dimensions", "PC", {"advice": ("One.",)}, "needs advice for each of the 5 levels"),
    (
        "dimensions",
        "PC",
        {"advice": ("One.", "", "", "", "")},
        "needs advice for each of the 5 levels",
    ),
    ("cases", "PE", {"finding": "RS-T99"}, "finding RS-T99 is not known"),
    ("cases", "PE", {"region": "EU"}, "region EU is not known"),
    ("cases", "PE", {"arrangement": "loose"}, "arrangement loose is not known"),
    ("rules", "R01", {"dimensions": ("XX",)}, "dimension XX is not known"),
    ("rules", "R01", {"findings": ("RS-T99",)}, "finding RS-T99 is not known"),
    ("rules", "R01", {"findings": ()}, "cites no finding"),
    ("rules", "R01", {"suppressed_by": "R99"}, "rule R99 is not known"),
    ("rules", "R01", {"horizon": "X"}, "horizon X is not known"),
    ("rules", "R01", {"region": "EU"}, "region EU is not known"),
    ("rules", "R01", {"priority": 4}, "has no priority from 1 to 3"),
    (
        "rules",
        "R01",
        {"actor": ""},
        "lacks a title, a text, an actor, a first step or what it needs",
    ),
    (
        "rules",
        "R01",
        {"suppressed_by": "", "suppressed_when": parse("level.PC >= 3")},
        "names no suppressing rule",
    ),
    ("rules", "R01", {"when": parse("level.XX >= 3")}, "when: level.XX does not exist."),
    ("rules", "R01", {"when": parse("level.PC > 4")}, "when: This can never be true."),
    (
        "rules",
        "R01",
        {"when": parse('level.PC < "high"')},
        "when: level.PC is a number and cannot be compared with a text.",
    ),
    (
        "rules",
        "R01",
        {"when_case": parse("answer.XX1 >= 3")},
        "when_case: answer.XX1 does not exist.",
    ),
    (
        "rules",
        "R01",
        {"suppressed_by": "R02", "suppressed_when": parse("level.XX >= 3")},
        "suppressed_when: level.XX does not exist.",
    ),
    (
        "rules",
        "R01",
        {"variants": (RuleVariant(parse("level.XX >= 3"), "Otherwise."),)},
        "variant: level.XX does not exist.",
    ),
    (
        "questions",
        "PC2",
        {"shown_if": parse("level.PC >= 3")},
        "shown_if: level.PC cannot be used here.",
    ),
    (
        "questions",
        "PC2",
        {"shown_if": parse("answer.XX1 >= 3")},
        "shown_if: answer.XX1 does not exist.",
    ),
]


@pytest.mark.parametrize(("part", "code", "fields", "message"), PARTS)
def test_integrity_of_a_part(
    bank: Instrument, part: str, code: str, fields: dict[str, Any], message: str
) -> None:
    assert Fault(code, message) in faults_in(changed(bank, part, code, **fields))


READINGS = [
    ({"dimension": "XX"}, "dimension XX is not known"),
    ({"dimension": "DS"}, "dimension DS is read more than once"),
    ({"findings": ("RS-T99",)}, "finding RS-T99 is not known"),
    ({"certainty": "sure"}, "certainty sure is not known"),
    ({"low": 3, "high": 2}, "PC is no interval of levels"),
    ({"low": 4, "high": 5}, "PC is no interval of levels"),
    ({"findings": ()}, "the reading of PC cites no finding"),
    ({"text": ""}, "the reading of PC has no text"),
]


@pytest.mark.parametrize(("fields", "message"), READINGS)
def test_integrity_of_a_case_reading(
    bank: Instrument, fields: dict[str, Any], message: str
) -> None:
    readings = bank.case["MX"].readings
    assert [reading.dimension for reading in readings[:2]] == ["PC", "DS"]

    assert Fault("MX", message) in faults_in(read_anew(bank, "MX", 0, **fields))


SCALES = [
    (
        {"labels": ("One",)},
        "needs a label and a meaning for each level, and a band between each two",
    ),
    ({"bands": (20, 40, 60, 100)}, "has bands that do not rise to 100"),
    ({"cap": 5}, "holds back at a level that it does not have"),
    ({"guaranteed": ("XX",)}, "dimension XX is not known"),
]


@pytest.mark.parametrize(("fields", "message"), SCALES)
def test_integrity_of_the_scale(bank: Instrument, fields: dict[str, Any], message: str) -> None:
    assert faults_in(replace(bank, scale=replace(bank.scale, **fields))) == [
        Fault("scale", message)
    ]


def test_integrity_finding_that_nothing_cites(bank: Instrument) -> None:
    lonely = replace(bank.findings[0], code="RS-X1", text="Something new.", kind="fact")

    assert faults_in(replace(bank, findings=(*bank.findings, lonely))) == [
        Fault("RS-X1", "no question, rule or case cites it and it is not context")
    ]


def test_integrity_finding_of_context_needs_no_citation(bank: Instrument) -> None:
    context = replace(bank.findings[0], code="RS-X1", text="Something new.", kind="context")

    assert faults_in(replace(bank, findings=(*bank.findings, context))) == []


def test_integrity_source_that_no_finding_names(bank: Instrument) -> None:
    sources = (*bank.sources, Source("XX", "A book"))

    assert faults_in(replace(bank, sources=sources)) == [
        Fault("XX", "no finding comes from this source")
    ]


@pytest.mark.parametrize(
    "part", ["sources", "findings", "dimensions", "questions", "cases", "rules", "terms"]
)
def test_integrity_code_that_stands_twice(bank: Instrument, part: str) -> None:
    entries = getattr(bank, part)
    twice = with_part(bank, part, (*entries, entries[-1]))

    assert Fault(entries[-1].code, "the code stands more than once") in faults_in(twice)


@pytest.mark.parametrize("part", ["questions", "findings", "rules"])
def test_integrity_text_that_stands_twice(bank: Instrument, part: str) -> None:
    first, second = getattr(bank, part)[:2]
    same = changed(bank, part, second.code, text=first.text)

    assert faults_in(same) == [
        Fault(first.code, "the same text stands under another code"),
        Fault(second.code, "the same text stands under another code"),
    ]


def test_integrity_term_that_is_explained_twice(bank: Instrument) -> None:
    copy = Term("copy", "Copy", bank.terms[0].text)

    assert Fault("copy", "the same text stands under another code") in faults_in(
        replace(bank, terms=(*bank.terms, copy))
    )


def test_integrity_dimension_with_too_few_questions(bank: Instrument) -> None:
    few = tuple(q for q in bank.questions if q.dimension != "LC")

    assert Fault("LC", "has too few scored questions") in faults_in(replace(bank, questions=few))


def test_integrity_questions_that_wait_for_each_other(bank: Instrument) -> None:
    first = changed(bank, "questions", "PC2", shown_if=parse("answer.PC3 >= 1"))
    both = changed(first, "questions", "PC3", shown_if=parse("answer.PC2 >= 1"))

    message = "shown_if leads back to the question itself"
    assert faults_in(both) == [Fault("PC2", message), Fault("PC3", message)]


def test_integrity_question_behind_a_circle_is_not_in_it(bank: Instrument) -> None:
    itself = changed(bank, "questions", "PC2", shown_if=parse("answer.PC2 >= 1"))
    behind = changed(itself, "questions", "PC3", shown_if=parse("answer.PC2 >= 1"))

    assert faults_in(behind) == [Fault("PC2", "shown_if leads back to the question itself")]


def test_integrity_dimension_without_advice_when_it_is_low(bank: Instrument) -> None:
    never = parse("level.PC >= 3")
    rules = tuple(
        replace(rule, when=never) if "level.LC" in rule.when.source_text else rule
        for rule in bank.rules
    )

    assert [f for f in faults_in(replace(bank, rules=rules)) if f.code == "LC"] == [
        Fault("LC", f"no rule fires when its level is low in region {region}")
        for region in ("LA", "AF", "other")
    ]


def test_integrity_judges_conditions_once_the_parts_are_sound(bank: Instrument) -> None:
    level = changed(bank, "questions", "PC1", options=())
    asked = changed(level, "rules", "R01", when=parse("answer.PC1 >= 1"))

    assert faults_in(asked) == [Fault("PC1", "needs five levels whose points rise from 0 to 4")]
