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
from tests.instrument.changed_bank import changed, not_named, read_anew
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
    table: list[tuple[Issue, dict[str, Any]]] = [
        (
            unknown(
                Where(part, code), field, value if isinstance(value, str) else value[0], choices
            ),
            {field: value},
        )
        for part, code, field, value, choices in UNKNOWN
    ]

    assert not_named(bank, table) == []


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
    emptied = bank
    for (part, code), names in EMPTY.items():
        entry = getattr(bank, part)[0]
        fields = {name: type(getattr(entry, name))() for name in names}
        emptied = changed(emptied, part, code, **fields)
    found = [issue.where for issue in issues_in(emptied) if issue.code == "empty_field"]

    assert {
        place: tuple(at.field for at in found if (at.kind, at.code) == place) for place in EMPTY
    } == EMPTY


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
]
NEVER = parse("level.PC > 4")
CONDITIONS: list[tuple[Issue, dict[str, Any]]] = [
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
    *(
        (Where(part, code).issue(field, "never_true"), {field: NEVER})
        for part, code, field in (
            ("patterns", "well_linked", "when"),
            ("patterns", "well_linked", "unless"),
            *(("findings", "RS-KM1", field) for field in ("applies", "have", "seen", "partly")),
            ("rules", "R01", "unless"),
        )
    ),
]


def test_integrity_of_a_part(bank: Instrument) -> None:
    assert not_named(bank, PARTS) == []


def test_integrity_of_a_condition(bank: Instrument) -> None:
    assert not_named(bank, CONDITIONS) == []


def test_integrity_names_nothing_where_it_is_enough(bank: Instrument) -> None:
    """A kind without points outside a dimension, two options, a region of the edition."""
    outside = issues_in(changed(bank, "questions", "PC1", kind="choice", dimension=""))
    options = issues_in(changed(bank, "questions", "DS1", options=TWICE[1:]))
    regions = (*bank.regions, Region("AS", "Asia", ("XX",)))
    asian = changed(replace(bank, regions=regions), "rules", "R01", region="AS")

    assert "kind_unscored" not in {issue.code for issue in outside}
    assert [issue for issue in options if issue.where == replace(DS1, field="kind")] == []
    assert issues_in(asian) == []


def reading(field: str, code: str, name: str = "PC") -> Issue:
    return Where("cases", "MX").issue(f"readings/{name}/{field}", code, dimension=name)


def unknown_in_reading(field: str, value: str, choices: tuple[str, ...], name: str = "PC") -> Issue:
    return unknown(Where("cases", "MX"), f"readings/{name}/{field}", value, choices)


READINGS: list[tuple[Issue, dict[str, Any]]] = [
    (reading("dimension", "repeated_reading", "DS"), {"dimension": "DS"}),
    (reading("low", "reading_levels"), {"low": 3, "high": 2}),
    (reading("low", "reading_levels"), {"low": 4, "high": 5}),
    (reading("findings", "reading_without_findings"), {"findings": ()}),
    (reading("text", "reading_without_text"), {"text": ""}),
    (unknown_in_reading("dimension", "XX", DIMENSIONS, "XX"), {"dimension": "XX"}),
    (unknown_in_reading("findings", "RS-T99", ()), {"findings": ("RS-T99",)}),
    (unknown_in_reading("certainty", "sure", CERTAINTIES), {"certainty": "sure"}),
]


def test_integrity_of_a_case_reading(bank: Instrument) -> None:
    assert [one.dimension for one in bank.case["MX"].readings[:2]] == ["PC", "DS"]

    found = [issues_in(read_anew(bank, "MX", 0, **fields)) for _, fields in READINGS]
    named = zip(READINGS, found, strict=True)
    assert [issue for (issue, _), issues in named if issue not in issues] == []


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


def test_integrity_finding_or_source_that_nothing_cites(bank: Instrument) -> None:
    """A finding of context needs no citation."""
    lonely = replace(bank.findings[0], code="RS-X1", text="Something new.", kind="fact")
    context = replace(lonely, code="RS-X2", text="Something else.", kind="context")
    findings = (*bank.findings, lonely, context)
    sources = (*bank.sources, Source("XX", "A book"))

    assert issues_in(replace(bank, findings=findings, sources=sources)) == [
        Where("findings", "RS-X1").issue("code", "uncited_finding"),
        Where("sources", "XX").issue("code", "unused_source"),
    ]


def test_integrity_code_that_stands_twice(bank: Instrument) -> None:
    parts = ("regions", "sources", "findings", "dimensions", "questions", "cases", "rules", "terms")
    last = {part: getattr(bank, part)[-1] for part in parts}
    twice: dict[str, Any] = {part: (*getattr(bank, part), entry) for part, entry in last.items()}

    found = [issue for issue in issues_in(replace(bank, **twice)) if issue.code == "repeated_code"]
    assert found == [
        Where(part, entry.code).issue("code", "repeated_code") for part, entry in last.items()
    ]


def test_integrity_text_that_stands_twice(bank: Instrument) -> None:
    same, expected = bank, []
    for part in ("questions", "findings", "rules"):
        first, second = getattr(bank, part)[:2]
        same = changed(same, part, second.code, text=first.text)
        expected += [Where(part, each.code) for each in (first, second)]
    copy = Term("copy", "Copy", bank.terms[0].text)
    explained = replace(same, terms=(*bank.terms, copy))

    assert issues_in(explained) == [
        at.issue("text", "repeated_text")
        for at in (*expected, Where("terms", bank.terms[0].code), Where("terms", "copy"))
    ]


def test_integrity_dimension_or_tier_that_is_asked_too_little(bank: Instrument) -> None:
    few = tuple(q for q in bank.questions if q.dimension != "LC")
    national = tuple(replace(q, tiers=("national",), finance=False) for q in bank.questions)

    assert Where("dimensions", "LC").issue("code", "too_few_questions", minimum=2) in issues_in(
        replace(bank, questions=few)
    )
    assert Issue("tier_asked_nothing", params={"tier": "local"}) in issues_in(
        replace(bank, questions=national)
    )


def in_circle(part: str, field: str, issue: str, *codes: str) -> list[Issue]:
    """Each of the two says in which circle it is, itself first."""
    both = (codes, codes[::-1])
    return [Where(part, one[0]).issue(field, issue, **{part: one}) for one in both]


def test_integrity_parts_that_wait_for_each_other_in_a_circle(bank: Instrument) -> None:
    """What stands behind a circle is not in it."""
    wrong = bank
    for part, code, fields in (
        ("questions", "PC2", {"shown_if": parse("answer.PC3 >= 1")}),
        ("questions", "PC3", {"shown_if": parse("answer.PC2 >= 1")}),
        ("questions", "DS2", {"shown_if": parse("answer.DS2 >= 1")}),
        ("questions", "DS3", {"shown_if": parse("answer.DS2 >= 1")}),
        ("rules", "R01", {"suppressed_by": "R02"}),
        ("rules", "R02", {"suppressed_by": "R01", "contains": ("R03",)}),
        ("rules", "R03", {"suppressed_by": "R01", "contains": ("R02",)}),
        ("rules", "R05", {"suppressed_by": "R05"}),
        ("packages", "money", {"prerequisite_of": ("decision",)}),
    ):
        wrong = changed(wrong, part, code, **fields)

    assert issues_in(wrong) == [
        *(Where("questions", code).issue("shown_if", "condition_circle") for code in WAITING),
        *in_circle("rules", "suppressed_by", "suppression_circle", "R01", "R02"),
        Where("rules", "R05").issue("suppressed_by", "suppressed_by_itself"),
        *in_circle("rules", "contains", "containing_circle", "R02", "R03"),
        *in_circle("packages", "prerequisite_of", "prerequisite_circle", "decision", "money"),
    ]


WAITING = ("PC2", "PC3", "DS2")


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


def test_integrity_rule_in_two_packages(bank: Instrument) -> None:
    (first, *others) = bank.package["money"].rules
    twice = changed(bank, "packages", "money", rules=("R02", first, *others))

    assert issues_in(twice) == [
        Where("packages", code).issue("rules", "rule_packed_twice", rule="R02")
        for code in ("decision", "money")
    ]


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

    assert [(blocking_issues(draft), bool(issues_in(draft))) for draft in unfinished] == [
        ([], True)
    ] * len(table)
