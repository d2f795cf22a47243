"""Each thing that keeps an edition from being published: the real bank with one part changed."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assessment.instrument.conditions.grammar import parse
from assessment.instrument.issues import Issue, Where
from assessment.instrument.kinds.registry import KINDS
from assessment.instrument.model import (
    ASPECTS,
    CERTAINTIES,
    FINDING_CATEGORIES,
    HORIZONS,
    INDICATOR_TYPES,
    PROFILE_FIELDS,
    PROTOCOL_CELLS,
    SECTORS,
    TIERS,
    TIMINGS,
    Option,
    Region,
    RuleVariant,
    Source,
    Term,
)
from assessment.instrument.validation.conditions import ARRANGEMENTS
from assessment.instrument.validation.validate import blocking_issues, issues_in
from tests.instrument.changed_bank import changed, read_anew, with_part
from tests.seeds_once import seeds

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument

DIMENSIONS = ("PC", "DS", "TG", "BI", "HC", "VC", "LC", "SC", "RP")
REGIONS = ("ALL", "LA", "AF", "other")
SOURCES = tuple(source.code for source in seeds().sources)
PACKAGES = tuple(package.code for package in seeds().packages)
CASES = tuple(case.code for case in seeds().cases)
NO_LEVELS = tuple(Option(str(n), f"Level {n}.", 4 - n) for n in range(5))
TWICE = (Option("a", "A.", 1), Option("a", "B.", 1), Option("none", "No.", exclusive=True))


def test_integrity_of_the_real_bank(bank: Instrument) -> None:
    assert issues_in(bank) == []


UNKNOWN = [
    ("questions", "PC1", "kind", "slider", tuple(KINDS)),
    ("questions", "PC1", "dimension", "XX", DIMENSIONS),
    ("questions", "PC1", "profile", "colour", (*PROFILE_FIELDS, "tier", "sector")),
    ("questions", "PC1", "aspect", "hidden", ASPECTS),
    ("questions", "PC1", "indicator_type", "soft", INDICATOR_TYPES),
    ("questions", "PC1", "protocol_cells", ("peace",), PROTOCOL_CELLS),
    ("questions", "PC1", "tiers", ("village",), TIERS),
    ("questions", "PC1", "sectors", ("army",), SECTORS),
    ("questions", "PC1", "findings", ("RS-T99",), ()),
    ("findings", "RS-KM1", "source", "XX", SOURCES),
    ("findings", "RS-KM1", "dimensions", ("XX",), DIMENSIONS),
    ("findings", "RS-KM1", "kind", "rumour", FINDING_CATEGORIES),
    ("findings", "RS-KM1", "region", "EU", REGIONS),
    ("dimensions", "PC", "findings", ("RS-T99",), ()),
    ("cases", "PE", "finding", "RS-T99", ()),
    ("cases", "PE", "region", "EU", REGIONS[1:]),
    ("cases", "PE", "arrangement", "loose", ARRANGEMENTS),
    ("rules", "R01", "dimensions", ("XX",), DIMENSIONS),
    ("rules", "R01", "findings", ("RS-T99",), ()),
    ("rules", "R01", "suppressed_by", "R99", ()),
    ("rules", "R01", "horizon", "X", HORIZONS),
    ("rules", "R01", "region", "EU", REGIONS),
    ("rules", "R01", "contains", ("R99",), ()),
    ("rules", "R01", "timing", "soon", TIMINGS),
    ("rules", "R01", "role", "nobody", ()),
    ("rules", "R01", "with_roles", ("nobody",), ()),
    ("roles", "authority_above", "tier", "village", TIERS),
    ("roles", "authority_above", "sector", "army", SECTORS),
    ("packages", "decision", "rules", ("R99",), ()),
    ("packages", "decision", "prerequisite_if", ("R99",), ()),
    ("packages", "decision", "prerequisite_of", ("luck",), PACKAGES),
    ("patterns", "well_linked", "package", "luck", PACKAGES),
    ("patterns", "well_linked", "case", "XX", CASES),
    ("patterns", "well_linked", "findings", ("RS-T99",), ()),
]


def unknown(at: Where, field: str, value: str, choices: tuple[str, ...]) -> Issue:
    if choices:
        return at.issue(field, "unknown_choice", value=value, choices=choices)
    return at.issue(field, "unknown_reference", value=value)


def test_integrity_value_that_is_not_there(bank: Instrument) -> None:
    """Where a field holds another word than those it may, or names what is not in the edition."""
    missed = []
    for part, code, field, value, choices in UNKNOWN:
        name = value if isinstance(value, str) else value[0]
        expected = unknown(Where(part, code), field, name, choices)
        if expected not in issues_in(changed(bank, part, code, **{field: value})):
            missed.append(expected)

    assert missed == []


EMPTY = {
    ("questions", "PC1"): ("text", "help", "findings"),
    ("findings", "RS-KM1"): ("text", "section", "place"),
    ("dimensions", "PC"): ("findings",),
    ("rules", "R01"): ("title", "text", "first_step", "needs", "findings", "role"),
    ("roles", "authority_above"): ("name",),
    ("packages", "decision"): ("title", "text", "rules"),
    ("patterns", "well_linked"): ("title", "text"),
}


def test_integrity_empty_fields(bank: Instrument) -> None:
    def emptied(part: str, code: str) -> tuple[str, ...]:
        entry = getattr(bank, part)[0]
        fields = {name: type(getattr(entry, name))() for name in EMPTY[part, code]}
        return tuple(
            issue.where.field
            for issue in issues_in(changed(bank, part, code, **fields))
            if issue.where.code == code and issue.code == "empty_field"
        )

    assert {place: emptied(*place) for place in EMPTY} == EMPTY


PC1, DS1, BI5 = (Where("questions", code) for code in ("PC1", "DS1", "BI5"))
PC, R01 = Where("dimensions", "PC"), Where("rules", "R01")
PARTS: list[tuple[Issue, dict[str, Any]]] = [
    (PC1.issue("profile", "dimension_and_profile"), {"profile": "stage"}),
    (PC1.issue("tiers", "asked_of_nobody"), {"tiers": (), "finance": False}),
    (PC1.issue("weight", "weight_out_of_range", low=1, high=10), {"weight": 0}),
    (PC1.issue("weight", "weight_out_of_range", low=1, high=10), {"weight": 11}),
    (PC1.issue("options/0/text", "option_without_words"), {"options": (Option("0", "0"),)}),
    (PC1.issue("options/0/text", "option_without_text"), {"options": (Option("0", ""),)}),
    (PC1.issue("essential", "essential_unscored"), {"scored": False, "essential": True}),
    (PC1.issue("hidden_points", "never_hidden"), {"hidden_points": 0}),
    (PC1.issue("scored", "kind_unscored"), {"kind": "choice"}),
    (PC1.issue("kind", "five_levels"), {"options": NO_LEVELS}),
    (PC1.issue("kind", "five_levels"), {"options": ()}),
    (DS1.issue("options/a/value", "repeated_option", option="a"), {"options": TWICE}),
    (DS1.issue("kind", "two_options"), {"options": TWICE[1:2]}),
    (DS1.issue("kind", "one_exclusive_none"), {"options": TWICE[:2]}),
    (
        DS1.issue("kind", "no_points"),
        {"options": (Option("a", "A."), Option("none", "No.", exclusive=True))},
    ),
    (BI5.issue("minimum", "no_bounds"), {"minimum": None}),
    (BI5.issue("minimum", "no_bounds"), {"maximum": None, "goalposts": (0, 10)}),
    (BI5.issue("minimum", "bounds_order"), {"minimum": 9, "maximum": 9}),
    (BI5.issue("goalposts", "goalposts_order"), {"goalposts": (5, 5)}),
    (
        BI5.issue("goalposts", "goalposts_outside", low=0, high=9),
        {"goalposts": (0, 10), "maximum": 9},
    ),
    (BI5.issue("maximum", "number_too_large", most=999_999_999), {"maximum": 10**9}),
    (BI5.issue("goalposts", "no_goalposts"), {"scored": True, "goalposts": None}),
    (PC.issue("advice", "advice_incomplete", levels=5), {"advice": ("One.",)}),
    (PC.issue("advice", "advice_incomplete", levels=5), {"advice": ("One.", "", "", "", "")}),
    (R01.issue("priority", "priority_out_of_range"), {"priority": 4}),
    (
        R01.issue("suppressed_by", "condition_without_rule"),
        {"suppressed_by": "", "suppressed_when": parse("level.PC >= 3")},
    ),
    (R01.issue("when", "unknown_name", name="level.XX"), {"when": parse("level.XX >= 3")}),
    (R01.issue("when", "never_true"), {"when": parse("level.PC > 4")}),
    (R01.issue("when", "text_for_number", name="level.PC"), {"when": parse('level.PC < "high"')}),
    (
        R01.issue("when_case", "unknown_name", name="answer.XX1"),
        {"when_case": parse("answer.XX1 >= 3")},
    ),
    (
        R01.issue("suppressed_when", "unknown_name", name="level.XX"),
        {"suppressed_by": "R02", "suppressed_when": parse("level.XX >= 3")},
    ),
    (
        R01.issue("variants/1/when", "unknown_name", name="level.XX"),
        {"variants": (RuleVariant(parse("level.XX >= 3"), "Otherwise."),)},
    ),
    (
        PC1.issue("shown_if", "name_too_early", name="level.PC"),
        {"shown_if": parse("level.PC >= 3")},
    ),
    (
        PC1.issue("shown_if", "unknown_name", name="answer.XX1"),
        {"shown_if": parse("answer.XX1 >= 3")},
    ),
]


def test_integrity_of_a_part(bank: Instrument) -> None:
    def found(issue: Issue, fields: dict[str, Any]) -> bool:
        return issue in issues_in(changed(bank, issue.where.kind, issue.where.code, **fields))

    assert [issue for issue, fields in PARTS if not found(issue, fields)] == []


def test_integrity_kind_without_points_may_be_asked_outside_a_dimension(bank: Instrument) -> None:
    found = issues_in(changed(bank, "questions", "PC1", kind="choice", dimension=""))

    assert "kind_unscored" not in {issue.code for issue in found}


def test_integrity_two_options_are_enough(bank: Instrument) -> None:
    found = issues_in(changed(bank, "questions", "DS1", options=TWICE[1:]))

    assert [issue for issue in found if issue.where == replace(DS1, field="kind")] == []


READINGS: list[tuple[str, str, dict[str, Any]]] = [
    ("dimension", "repeated_reading", {"dimension": "DS"}),
    ("low", "reading_levels", {"low": 3, "high": 2}),
    ("low", "reading_levels", {"low": 4, "high": 5}),
    ("findings", "reading_without_findings", {"findings": ()}),
    ("text", "reading_without_text", {"text": ""}),
]


def test_integrity_of_a_case_reading(bank: Instrument) -> None:
    assert [reading.dimension for reading in bank.case["MX"].readings[:2]] == ["PC", "DS"]
    missed = []
    for field, code, fields in READINGS:
        name = fields.get("dimension", "PC")
        expected = Where("cases", "MX").issue(f"readings/{name}/{field}", code, dimension=name)
        if expected not in issues_in(read_anew(bank, "MX", 0, **fields)):
            missed.append(expected)

    assert missed == []


def test_integrity_value_of_a_reading_that_is_not_there(bank: Instrument) -> None:
    table: list[tuple[str, str, str | tuple[str], tuple[str, ...]]] = [
        ("readings/XX/dimension", "XX", "XX", DIMENSIONS),
        ("readings/PC/findings", "RS-T99", ("RS-T99",), ()),
        ("readings/PC/certainty", "sure", "sure", CERTAINTIES),
    ]

    def found(place: str, name: str, value: str | tuple[str], choices: tuple[str, ...]) -> bool:
        bad = read_anew(bank, "MX", 0, **{place.rpartition("/")[2]: value})
        return unknown(Where("cases", "MX"), place, name, choices) in issues_in(bad)

    assert [row for row in table if not found(*row)] == []


SCALE = Where("scale", "scale")
ESSENTIAL = {"value": "500", "low": "1", "high": "100"}
SCALES: list[tuple[Issue, dict[str, Any]]] = [
    (SCALE.issue("labels", "scale_words", levels=5), {"labels": ("One",)}),
    (SCALE.issue("labels", "scale_words", levels=5), {"meanings": ("", "b", "c", "d", "e")}),
    (SCALE.issue("labels", "scale_words_twice"), {"labels": ("a", "b", "c", "d", "a")}),
    (SCALE.issue("guaranteed", "scale_guaranteed_twice"), {"guaranteed": ("RP", "RP")}),
    (SCALE.issue("bands", "scale_bands"), {"bands": (20, 40, 60, 100)}),
    (
        SCALE.issue("essential_below", "scale_range", threshold="essential_below", **ESSENTIAL),
        {"essential_below": 500},
    ),
    (
        SCALE.issue(
            "verdict_not_seen",
            "scale_rising",
            threshold="verdict_not_seen",
            other_threshold="verdict_seen",
        ),
        {"verdict_not_seen": 60},
    ),
    (
        SCALE.issue(
            "per_dimension", "scale_not_above", threshold="per_dimension", other_threshold="first"
        ),
        {"per_dimension": 8},
    ),
    (unknown(SCALE, "guaranteed", "XX", DIMENSIONS), {"guaranteed": ("XX",)}),
]


def test_integrity_of_the_scale(bank: Instrument) -> None:
    assert [
        issues_in(replace(bank, scale=replace(bank.scale, **fields))) for _, fields in SCALES
    ] == [[issue] for issue, _ in SCALES]


def test_integrity_finding_that_nothing_cites(bank: Instrument) -> None:
    lonely = replace(bank.findings[0], code="RS-X1", text="Something new.", kind="fact")

    assert issues_in(replace(bank, findings=(*bank.findings, lonely))) == [
        Where("findings", "RS-X1").issue("code", "uncited_finding")
    ]


def test_integrity_finding_of_context_needs_no_citation(bank: Instrument) -> None:
    context = replace(bank.findings[0], code="RS-X1", text="Something new.", kind="context")

    assert issues_in(replace(bank, findings=(*bank.findings, context))) == []


def test_integrity_source_that_no_finding_names(bank: Instrument) -> None:
    sources = (*bank.sources, Source("XX", "A book"))

    assert issues_in(replace(bank, sources=sources)) == [
        Where("sources", "XX").issue("code", "unused_source")
    ]


def test_integrity_code_that_stands_twice(bank: Instrument) -> None:
    def found(part: str) -> bool:
        entries = getattr(bank, part)
        twice = with_part(bank, part, (*entries, entries[-1]))
        return Where(part, entries[-1].code).issue("code", "repeated_code") in issues_in(twice)

    parts = ("regions", "sources", "findings", "dimensions", "questions", "cases", "rules", "terms")
    assert [part for part in parts if not found(part)] == []


def test_integrity_text_that_stands_twice(bank: Instrument) -> None:
    def told(part: str) -> tuple[list[Issue], list[Issue]]:
        first, second = getattr(bank, part)[:2]
        same = changed(bank, part, second.code, text=first.text)
        both = [Where(part, each.code).issue("text", "repeated_text") for each in (first, second)]
        return issues_in(same), both

    outcomes = {part: told(part) for part in ("questions", "findings", "rules")}
    assert [part for part, (found, both) in outcomes.items() if found != both] == []


def test_integrity_term_that_is_explained_twice(bank: Instrument) -> None:
    copy = Term("copy", "Copy", bank.terms[0].text)

    assert Where("terms", "copy").issue("text", "repeated_text") in issues_in(
        replace(bank, terms=(*bank.terms, copy))
    )


def test_integrity_dimension_with_too_few_questions(bank: Instrument) -> None:
    few = tuple(q for q in bank.questions if q.dimension != "LC")

    assert Where("dimensions", "LC").issue("code", "too_few_questions", minimum=2) in issues_in(
        replace(bank, questions=few)
    )


def test_integrity_questions_that_wait_for_each_other(bank: Instrument) -> None:
    first = changed(bank, "questions", "PC2", shown_if=parse("answer.PC3 >= 1"))
    both = changed(first, "questions", "PC3", shown_if=parse("answer.PC2 >= 1"))

    assert issues_in(both) == [
        Where("questions", code).issue("shown_if", "condition_circle") for code in ("PC2", "PC3")
    ]


def test_integrity_question_behind_a_circle_is_not_in_it(bank: Instrument) -> None:
    itself = changed(bank, "questions", "PC2", shown_if=parse("answer.PC2 >= 1"))
    behind = changed(itself, "questions", "PC3", shown_if=parse("answer.PC2 >= 1"))

    assert issues_in(behind) == [Where("questions", "PC2").issue("shown_if", "condition_circle")]


def test_integrity_dimension_without_advice_when_it_is_low(bank: Instrument) -> None:
    never = parse("level.PC >= 3")
    rules = tuple(
        replace(rule, when=never) if re.search(r"\.LC", rule.when.source_text) else rule
        for rule in bank.rules
    )

    found = [issue for issue in issues_in(replace(bank, rules=rules)) if issue.where.code == "LC"]
    assert found == [
        Where("dimensions", "LC").issue("code", "no_rule_for_lowest", region=region)
        for region in ("Latin America and the Caribbean", "Africa", "Other regions")
    ]


def test_integrity_judges_conditions_once_the_parts_are_sound(bank: Instrument) -> None:
    level = changed(bank, "questions", "PC1", options=())
    asked = changed(level, "rules", "R01", when=parse("answer.PC1 >= 1"))

    assert issues_in(asked) == [PC1.issue("kind", "five_levels")]


def test_integrity_rules_that_take_each_others_place(bank: Instrument) -> None:
    first = changed(bank, "rules", "R01", suppressed_by="R02")
    both = changed(first, "rules", "R02", suppressed_by="R01")
    behind = changed(both, "rules", "R03", suppressed_by="R01")

    assert issues_in(behind) == [
        Where("rules", rules[0]).issue("suppressed_by", "suppression_circle", rules=rules)
        for rules in (("R01", "R02"), ("R02", "R01"))
    ]


def test_integrity_parts_that_name_each_other_in_a_circle(bank: Instrument) -> None:
    holding = changed(bank, "rules", "R02", contains=("R03",))
    holding = changed(holding, "rules", "R03", contains=("R02",))
    waiting = changed(bank, "packages", "money", prerequisite_of=("decision",))

    assert issues_in(holding) == [
        Where("rules", rules[0]).issue("contains", "containing_circle", rules=rules)
        for rules in (("R02", "R03"), ("R03", "R02"))
    ]
    assert issues_in(waiting) == [
        Where("packages", found[0]).issue("prerequisite_of", "prerequisite_circle", packages=found)
        for found in (("decision", "money"), ("money", "decision"))
    ]


def test_integrity_rule_in_two_packages(bank: Instrument) -> None:
    (first, *others) = bank.package["money"].rules
    twice = changed(bank, "packages", "money", rules=("R02", first, *others))

    assert issues_in(twice) == [
        Where("packages", code).issue("rules", "rule_packed_twice", rule="R02")
        for code in ("decision", "money")
    ]


def test_integrity_condition_of_a_pattern_or_finding(bank: Instrument) -> None:
    table: list[tuple[str, str, str]] = [
        ("patterns", "well_linked", "when"),
        ("patterns", "well_linked", "unless"),
        *(("findings", "RS-KM1", field) for field in ("applies", "have", "seen", "partly")),
        ("rules", "R01", "unless"),
    ]
    never = parse("level.PC > 4")

    assert [
        issues_in(changed(bank, part, code, **{field: never})) for part, code, field in table
    ] == [[Where(part, code).issue(field, "never_true")] for part, code, field in table]


def test_integrity_says_what_no_draft_can_hold(bank: Instrument) -> None:
    twice = changed(bank, "questions", "DS1", options=TWICE)
    unknown_horizon = changed(twice, "rules", "R01", horizon="X", when=parse("level.XX >= 3"))

    assert [
        (found.where.code, found.where.field) for found in blocking_issues(unknown_horizon)
    ] == [
        ("DS1", "options/a/value"),
        ("R01", "horizon"),
        ("R01", "when"),
    ]


def test_integrity_leaves_what_an_author_has_yet_to_do(bank: Instrument) -> None:
    table: list[tuple[str, str, dict[str, Any]]] = [
        ("questions", "PC1", {"weight": 11}),
        ("questions", "PC1", {"tiers": (), "finance": False}),
        ("questions", "PC1", {"options": (Option("0", "0"), Option("1", ""))}),
        ("questions", "PC2", {"shown_if": parse("answer.PC2 >= 1")}),
        ("rules", "R01", {"suppressed_by": "R01"}),
        ("rules", "R01", {"when": parse("level.PC > 4"), "title": ""}),
        ("dimensions", "PC", {"advice": (), "findings": ()}),
    ]

    unfinished = [changed(bank, part, code, **fields) for part, code, fields in table]

    assert [blocking_issues(draft) for draft in unfinished] == [[]] * len(table)
    assert [row for row, draft in zip(table, unfinished, strict=True) if not issues_in(draft)] == []


def test_integrity_rule_that_takes_its_own_place(bank: Instrument) -> None:
    itself = changed(bank, "rules", "R01", suppressed_by="R01")

    assert issues_in(itself) == [R01.issue("suppressed_by", "suppressed_by_itself")]


def test_integrity_tier_that_is_asked_nothing(bank: Instrument) -> None:
    questions = tuple(replace(q, tiers=("national",), finance=False) for q in bank.questions)

    assert Issue("tier_asked_nothing", params={"tier": "local"}) in issues_in(
        replace(bank, questions=questions)
    )


def test_integrity_knows_the_regions_of_the_edition(bank: Instrument) -> None:
    regions = (*bank.regions, Region("AS", "Asia", ("XX",)))
    asian = changed(replace(bank, regions=regions), "rules", "R01", region="AS")

    assert issues_in(asian) == []
