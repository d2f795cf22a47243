"""Each thing that keeps an edition from being published: the real bank with one part changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from assessment.instrument.conditions.grammar import parse
from assessment.instrument.kinds.level import FIVE_LEVELS
from assessment.instrument.kinds.multi import ONE_EXCLUSIVE_NONE
from assessment.instrument.model import (
    FINDING_CATEGORIES,
    PROFILE_FIELDS,
    PROTOCOL_CELLS,
    SECTORS,
    Option,
    Region,
    RuleVariant,
    Source,
    Term,
)
from assessment.instrument.seeds import read_seeds
from assessment.instrument.validation.conditions import ARRANGEMENTS
from assessment.instrument.validation.issues import Issue
from assessment.instrument.validation.validate import (
    ASKED_OF_NOBODY,
    BOTH_PLACES,
    CONDITION_WITHOUT_RULE,
    ESSENTIAL_UNSCORED,
    KIND_UNSCORED,
    NEVER_HIDDEN,
    OPTION_WITHOUT_WORDS,
    SCALE_BANDS,
    SCALE_CAP,
    SCALE_WORDS,
    UNCITED,
    WEIGHT_OUT_OF_RANGE,
    blocking_issues,
    issues_in,
)

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument


def listed(*values: str) -> str:
    return f"It can say: {', '.join(values)}."


DIMENSIONS = listed("PC", "DS", "TG", "BI", "HC", "VC", "LC", "SC", "RP")
REGIONS = "The field “Region” says EU. It can say: ALL, LA, AF, other."
SOURCES = f"The field “Source” says XX. {listed(*(source.code for source in read_seeds().sources))}"
NO_FINDING = "RS-T99, which does not exist in this edition."
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
    assert issues_in(bank) == []


QUESTIONS = [
    (
        "PC1",
        {"kind": "slider"},
        "The field “Kind” says slider. It can say: level, multi, number, choice, country, text.",
    ),
    ("PC1", {"dimension": "XX"}, f"The field “Dimension” says XX. {DIMENSIONS}"),
    (
        "PC1",
        {"profile": "colour", "dimension": ""},
        f"The field “Profile field” says colour. {listed(*PROFILE_FIELDS, 'tier', 'sector')}",
    ),
    ("PC1", {"aspect": "hidden"}, "The field “Aspect” says hidden. It can say: formal, practice."),
    (
        "PC1",
        {"indicator_type": "soft"},
        "The field “Indicator type” says soft. It can say: structural, process, outcome.",
    ),
    (
        "PC1",
        {"protocol_cells": ("peace",)},
        f"The field “Protocol cells” says peace. {listed(*PROTOCOL_CELLS)}",
    ),
    (
        "PC1",
        {"tiers": ("village",)},
        "The field “Tiers” says village. It can say: national, regional, local.",
    ),
    (
        "PC1",
        {"sectors": ("army",)},
        f"The field “Only for sectors” says army. {listed(*SECTORS)}",
    ),
    ("PC1", {"findings": ("RS-T99",)}, f"The field “Findings” says {NO_FINDING}"),
    ("PC1", {"text": ""}, "The field “Question” is empty."),
    ("PC1", {"help": ""}, "The field “Help” is empty."),
    ("PC1", {"findings": ()}, "The field “Findings” is empty."),
    ("PC1", {"profile": "stage"}, BOTH_PLACES),
    ("PC1", {"tiers": (), "finance": False}, ASKED_OF_NOBODY),
    ("PC1", {"weight": 0}, WEIGHT_OUT_OF_RANGE),
    ("PC1", {"weight": 11}, WEIGHT_OUT_OF_RANGE),
    ("PC1", {"options": (Option("0", "0"),)}, OPTION_WITHOUT_WORDS),
    ("PC1", {"scored": False, "essential": True}, ESSENTIAL_UNSCORED),
    ("PC1", {"hidden_points": 0}, NEVER_HIDDEN),
    ("PC1", {"kind": "choice"}, KIND_UNSCORED),
    ("PC1", {"kind": "choice", "dimension": ""}, None),
    ("PC1", {"options": NO_LEVELS}, FIVE_LEVELS),
    ("PC1", {"options": ()}, FIVE_LEVELS),
    ("PC1", {"options": (Option("0", ""),)}, "An option has no text."),
    ("DS1", {"options": TWICE}, "The option a stands more than once."),
    ("DS1", {"options": TWICE[1:2]}, "It needs two options or more."),
    ("DS1", {"options": TWICE[1:]}, None),
    ("DS1", {"options": TWICE[:2]}, ONE_EXCLUSIVE_NONE),
    (
        "DS1",
        {"options": (Option("a", "A."), Option("none", "No.", exclusive=True))},
        "No option gives points. Give some, or take the tick from “Scored”.",
    ),
    (
        "BI5",
        {"minimum": None},
        "The fields “Smallest number” and “Largest number” must be filled in.",
    ),
    (
        "BI5",
        {"minimum": 9, "maximum": 9},
        "The field “Smallest number” must be below “Largest number”.",
    ),
    (
        "BI5",
        {"goalposts": (5, 5)},
        "In the field “Goalposts” the second number must be the larger one.",
    ),
    (
        "BI5",
        {"scored": True, "goalposts": None},
        "It is scored, but the field “Goalposts” is empty.",
    ),
]


@pytest.mark.parametrize(("code", "fields", "message"), QUESTIONS)
def test_integrity_of_a_question(
    bank: Instrument, code: str, fields: dict[str, Any], message: str | None
) -> None:
    faults = issues_in(changed(bank, "questions", code, **fields))

    assert message is None or Issue(code, message) in faults


PARTS = [
    (
        "findings",
        "RS-KM1",
        {"source": "XX"},
        SOURCES,
    ),
    (
        "findings",
        "RS-KM1",
        {"dimensions": ("XX",)},
        f"The field “Dimensions” says XX. {DIMENSIONS}",
    ),
    (
        "findings",
        "RS-KM1",
        {"kind": "rumour"},
        f"The field “Kind” says rumour. {listed(*FINDING_CATEGORIES)}",
    ),
    ("findings", "RS-KM1", {"region": "EU"}, REGIONS),
    ("findings", "RS-KM1", {"text": ""}, "The field “Text” is empty."),
    ("findings", "RS-KM1", {"section": ""}, "The field “Section” is empty."),
    ("findings", "RS-KM1", {"place": ""}, "The field “Place” is empty."),
    ("dimensions", "PC", {"findings": ("RS-T99",)}, f"The field “Findings” says {NO_FINDING}"),
    ("dimensions", "PC", {"findings": ()}, "The field “Findings” is empty."),
    (
        "dimensions",
        "PC",
        {"advice": ("One.",)},
        "The field “Advice for each level” needs 5 lines, one for each level.",
    ),
    (
        "dimensions",
        "PC",
        {"advice": ("One.", "", "", "", "")},
        "The field “Advice for each level” needs 5 lines, one for each level.",
    ),
    ("cases", "PE", {"finding": "RS-T99"}, f"The field “Finding” says {NO_FINDING}"),
    ("cases", "PE", {"region": "EU"}, REGIONS.replace("ALL, ", "")),
    (
        "cases",
        "PE",
        {"arrangement": "loose"},
        f"The field “Arrangement” says loose. {listed(*ARRANGEMENTS)}",
    ),
    (
        "rules",
        "R01",
        {"dimensions": ("XX",)},
        f"The field “Main and other dimensions” says XX. {DIMENSIONS}",
    ),
    ("rules", "R01", {"findings": ("RS-T99",)}, f"The field “Findings” says {NO_FINDING}"),
    ("rules", "R01", {"findings": ()}, "The field “Findings” is empty."),
    (
        "rules",
        "R01",
        {"suppressed_by": "R99"},
        "The field “Suppressed by rule” says R99, which does not exist in this edition.",
    ),
    ("rules", "R01", {"horizon": "X"}, "The field “Horizon” says X. It can say: S, M, L."),
    ("rules", "R01", {"region": "EU"}, REGIONS),
    ("rules", "R01", {"priority": 4}, "The field “Priority” must be 1, 2 or 3."),
    (
        "rules",
        "R01",
        {"actor": ""},
        "The field “Who acts” is empty.",
    ),
    (
        "rules",
        "R01",
        {"suppressed_by": "", "suppressed_when": parse("level.PC >= 3")},
        CONDITION_WITHOUT_RULE,
    ),
    (
        "rules",
        "R01",
        {"when": parse("level.XX >= 3")},
        "The field “Condition”: level.XX does not exist in this edition.",
    ),
    (
        "rules",
        "R01",
        {"when": parse("level.PC > 4")},
        "The field “Condition”: This can never be true, whatever is answered.",
    ),
    (
        "rules",
        "R01",
        {"when": parse('level.PC < "high"')},
        "The field “Condition”: level.PC is a number and cannot be compared with a text.",
    ),
    (
        "rules",
        "R01",
        {"when_case": parse("answer.XX1 >= 3")},
        "The field “Condition for cases”: answer.XX1 does not exist in this edition.",
    ),
    (
        "rules",
        "R01",
        {"suppressed_by": "R02", "suppressed_when": parse("level.XX >= 3")},
        "The field “Suppressed only when”: level.XX does not exist in this edition.",
    ),
    (
        "rules",
        "R01",
        {"variants": (RuleVariant(parse("level.XX >= 3"), "Otherwise."),)},
        "The field “Variant: condition”: level.XX does not exist in this edition.",
    ),
    (
        "questions",
        "PC2",
        {"shown_if": parse("level.PC >= 3")},
        "The field “Shown if”: level.PC cannot be used here: only answers and the profile.",
    ),
    (
        "questions",
        "PC2",
        {"shown_if": parse("answer.XX1 >= 3")},
        "The field “Shown if”: answer.XX1 does not exist in this edition.",
    ),
]


@pytest.mark.parametrize(("part", "code", "fields", "message"), PARTS)
def test_integrity_of_a_part(
    bank: Instrument, part: str, code: str, fields: dict[str, Any], message: str
) -> None:
    assert Issue(code, message) in issues_in(changed(bank, part, code, **fields))


READINGS = [
    ({"dimension": "XX"}, f"The field “Reading: dimension” says XX. {DIMENSIONS}"),
    ({"dimension": "DS"}, "Two readings speak of the dimension DS."),
    ({"findings": ("RS-T99",)}, f"The field “Reading: findings” says {NO_FINDING}"),
    (
        {"certainty": "sure"},
        "The field “Reading: certainty” says sure. It can say: documented, other_source, inferred.",
    ),
    ({"low": 3, "high": 2}, "The reading of PC needs levels from 0 to 4, the lowest first."),
    ({"low": 4, "high": 5}, "The reading of PC needs levels from 0 to 4, the lowest first."),
    ({"findings": ()}, "The reading of PC has no findings."),
    ({"text": ""}, "The reading of PC has no text."),
]


@pytest.mark.parametrize(("fields", "message"), READINGS)
def test_integrity_of_a_case_reading(
    bank: Instrument, fields: dict[str, Any], message: str
) -> None:
    readings = bank.case["MX"].readings
    assert [reading.dimension for reading in readings[:2]] == ["PC", "DS"]

    assert Issue("MX", message) in issues_in(read_anew(bank, "MX", 0, **fields))


SCALES = [
    (
        {"labels": ("One",)},
        SCALE_WORDS,
    ),
    ({"bands": (20, 40, 60, 100)}, SCALE_BANDS),
    ({"cap": 5}, SCALE_CAP),
    (
        {"guaranteed": ("XX",)},
        f"The field “Scale and thresholds: guaranteed” says XX. {DIMENSIONS}",
    ),
]


@pytest.mark.parametrize(("fields", "message"), SCALES)
def test_integrity_of_the_scale(bank: Instrument, fields: dict[str, Any], message: str) -> None:
    assert issues_in(replace(bank, scale=replace(bank.scale, **fields))) == [
        Issue("scale", message)
    ]


def test_integrity_finding_that_nothing_cites(bank: Instrument) -> None:
    lonely = replace(bank.findings[0], code="RS-X1", text="Something new.", kind="fact")

    assert issues_in(replace(bank, findings=(*bank.findings, lonely))) == [Issue("RS-X1", UNCITED)]


def test_integrity_finding_of_context_needs_no_citation(bank: Instrument) -> None:
    context = replace(bank.findings[0], code="RS-X1", text="Something new.", kind="context")

    assert issues_in(replace(bank, findings=(*bank.findings, context))) == []


def test_integrity_source_that_no_finding_names(bank: Instrument) -> None:
    sources = (*bank.sources, Source("XX", "A book"))

    assert issues_in(replace(bank, sources=sources)) == [
        Issue("XX", "No finding comes from this source.")
    ]


@pytest.mark.parametrize(
    "part", ["sources", "findings", "dimensions", "questions", "cases", "rules", "terms"]
)
def test_integrity_code_that_stands_twice(bank: Instrument, part: str) -> None:
    entries = getattr(bank, part)
    twice = with_part(bank, part, (*entries, entries[-1]))

    assert Issue(entries[-1].code, "This code stands more than once.") in issues_in(twice)


@pytest.mark.parametrize("part", ["questions", "findings", "rules"])
def test_integrity_text_that_stands_twice(bank: Instrument, part: str) -> None:
    first, second = getattr(bank, part)[:2]
    same = changed(bank, part, second.code, text=first.text)

    assert issues_in(same) == [
        Issue(first.code, "The same text stands under another code."),
        Issue(second.code, "The same text stands under another code."),
    ]


def test_integrity_term_that_is_explained_twice(bank: Instrument) -> None:
    copy = Term("copy", "Copy", bank.terms[0].text)

    assert Issue("copy", "The same text stands under another code.") in issues_in(
        replace(bank, terms=(*bank.terms, copy))
    )


def test_integrity_dimension_with_too_few_questions(bank: Instrument) -> None:
    few = tuple(q for q in bank.questions if q.dimension != "LC")

    assert Issue("LC", "It needs at least 2 scored questions.") in issues_in(
        replace(bank, questions=few)
    )


def test_integrity_questions_that_wait_for_each_other(bank: Instrument) -> None:
    first = changed(bank, "questions", "PC2", shown_if=parse("answer.PC3 >= 1"))
    both = changed(first, "questions", "PC3", shown_if=parse("answer.PC2 >= 1"))

    message = "The field “Shown if” leads back to the question itself."
    assert issues_in(both) == [Issue("PC2", message), Issue("PC3", message)]


def test_integrity_question_behind_a_circle_is_not_in_it(bank: Instrument) -> None:
    itself = changed(bank, "questions", "PC2", shown_if=parse("answer.PC2 >= 1"))
    behind = changed(itself, "questions", "PC3", shown_if=parse("answer.PC2 >= 1"))

    assert issues_in(behind) == [
        Issue("PC2", "The field “Shown if” leads back to the question itself.")
    ]


def test_integrity_dimension_without_advice_when_it_is_low(bank: Instrument) -> None:
    never = parse("level.PC >= 3")
    rules = tuple(
        replace(rule, when=never) if "level.LC" in rule.when.source_text else rule
        for rule in bank.rules
    )

    assert [f for f in issues_in(replace(bank, rules=rules)) if f.code == "LC"] == [
        Issue("LC", f"In {region}, no rule holds when its level is the lowest.")
        for region in ("Latin America and the Caribbean", "Africa", "Other regions")
    ]


def test_integrity_judges_conditions_once_the_parts_are_sound(bank: Instrument) -> None:
    level = changed(bank, "questions", "PC1", options=())
    asked = changed(level, "rules", "R01", when=parse("answer.PC1 >= 1"))

    assert issues_in(asked) == [Issue("PC1", FIVE_LEVELS)]


def test_integrity_rules_that_take_each_others_place(bank: Instrument) -> None:
    first = changed(bank, "rules", "R01", suppressed_by="R02")
    both = changed(first, "rules", "R02", suppressed_by="R01")
    behind = changed(both, "rules", "R03", suppressed_by="R01")

    messages = [(fault.code, fault.message.rpartition(": ")[2]) for fault in issues_in(behind)]

    assert messages == [("R01", "R01, R02."), ("R02", "R02, R01.")]


def test_integrity_says_what_no_draft_can_hold(bank: Instrument) -> None:
    twice = changed(bank, "questions", "DS1", options=TWICE)
    unknown = changed(twice, "rules", "R01", horizon="X", when=parse("level.XX >= 3"))

    assert [(fault.code, fault.place) for fault in blocking_issues(unknown)] == [
        ("DS1", "options/a/value"),
        ("R01", "horizon"),
        ("R01", "when"),
    ]


@pytest.mark.parametrize(
    ("part", "code", "fields"),
    [
        ("questions", "PC1", {"weight": 11}),
        ("questions", "PC1", {"tiers": (), "finance": False}),
        ("questions", "PC1", {"options": (Option("0", "0"), Option("1", ""))}),
        ("questions", "PC2", {"shown_if": parse("answer.PC2 >= 1")}),
        ("rules", "R01", {"suppressed_by": "R01"}),
        ("rules", "R01", {"when": parse("level.PC > 4"), "title": ""}),
        ("dimensions", "PC", {"advice": (), "findings": ()}),
    ],
)
def test_integrity_leaves_what_an_author_has_yet_to_do(
    bank: Instrument, part: str, code: str, fields: dict[str, Any]
) -> None:
    unfinished = changed(bank, part, code, **fields)

    assert (blocking_issues(unfinished), issues_in(unfinished) == []) == ([], False)


@pytest.mark.parametrize(
    ("part", "code", "fields"),
    [
        *(("questions", code, fields) for code, fields, _message in QUESTIONS),
        *((part, code, fields) for part, code, fields, _message in PARTS),
    ],
)
def test_integrity_names_the_field(
    bank: Instrument, part: str, code: str, fields: dict[str, Any]
) -> None:
    entry = getattr(bank, part)[0]

    places = {f.place for f in issues_in(changed(bank, part, code, **fields)) if f.code == code}

    assert all(hasattr(entry, place.partition("/")[0]) for place in places)


def test_integrity_rule_that_takes_its_own_place(bank: Instrument) -> None:
    itself = changed(bank, "rules", "R01", suppressed_by="R01")

    message = "The field “Suppressed by rule” names the rule itself."
    assert issues_in(itself) == [Issue("R01", message)]


def test_integrity_tier_that_is_asked_nothing(bank: Instrument) -> None:
    questions = tuple(replace(q, tiers=("national",), finance=False) for q in bank.questions)

    assert Issue("", "In a round, the local tier is asked no question at all.") in issues_in(
        replace(bank, questions=questions)
    )


def test_integrity_knows_the_regions_of_the_edition(bank: Instrument) -> None:
    regions = (*bank.regions, Region("AS", "Asia", ("XX",)))
    asian = changed(replace(bank, regions=regions), "rules", "R01", region="AS")

    assert issues_in(asian) == []


def test_integrity_scale_without_a_meaning(bank: Instrument) -> None:
    scale = replace(bank.scale, meanings=("", *bank.scale.meanings[1:]))

    assert issues_in(replace(bank, scale=scale)) == [Issue("scale", SCALE_WORDS)]
