"""Patterns, contrasts and the advice for a region, on banks that hold only what a test is about."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assessment.instrument.conditions.grammar import parse
from assessment.instrument.model import Package, Pattern
from assessment.method.result import Contrast, Result
from tests.instrument.build import finding, instrument, level, person, rule
from tests.method.judging import assess_raw

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument

DIMENSIONS = ("PC", "BI", "TG")
QUESTIONS = tuple(level(f"{d}{n}", d) for d in DIMENSIONS for n in (1, 2, 3))


def pattern(code: str, when: str, unless: str = "", **more: Any) -> Pattern:
    against = parse(unless) if unless else None
    return Pattern(code, code, parse(when), "It looks so. It means this.", unless=against, **more)


def judged(bank: Instrument, answers: dict[str, object], region: str = "LA") -> Result:
    profile: dict[str, int | str] = {"region": region, "programmes": 2}
    return assess_raw(instrument=bank, profile=profile, responses=[person(bank, answers)], draws=0)


def patterns(found: Result) -> list[tuple[str, bool]]:
    return [(one.pattern, one.first) for one in found.patterns]


def test_patterns_lead_in_their_order_one_of_a_group_and_fillers_last() -> None:
    bank = instrument(
        *QUESTIONS,
        patterns=(
            pattern("unknown", "answer.PC1 <= 4", filler=True),
            pattern("paper", "answer.PC1 <= 4", group="shell"),
            pattern("frame", "answer.PC1 <= 4", group="shell"),
            pattern("false", "answer.PC1 > 1"),
            pattern("spoken_against", "answer.PC1 <= 4", "answer.PC2 <= 1"),
            pattern("open", "answer.TG1 <= 4"),
            pattern("apart", "answer.PC1 <= 4", "answer.TG1 <= 1"),
        ),
    )

    assert patterns(judged(bank, {"PC1": 0, "PC2": 0})) == [
        ("unknown", False),
        ("paper", True),
        ("frame", False),
        ("apart", True),
    ]


def test_a_pattern_that_is_alone_lets_no_other_lead() -> None:
    bank = instrument(
        *QUESTIONS,
        patterns=(
            pattern("apart", "answer.PC1 >= 0"),
            pattern("linked", "directions.high >= 1", alone=True),
            pattern("bridge", "answer.PC2 >= 0", alone=True),
        ),
    )
    found = judged(bank, {f"PC{n}": 4 for n in (1, 2, 3)})

    assert patterns(found) == [("apart", False), ("linked", True), ("bridge", False)]
    assert [one.standing for one in found.patterns] == ["settled", "indicative", "settled"]


def test_a_contrast_stands_where_no_pattern_holds() -> None:
    bank = instrument(*QUESTIONS)
    high: dict[str, object] = {f"PC{n}": 4 for n in (1, 2, 3)}
    low: dict[str, object] = {f"BI{n}": 0 for n in (1, 2, 3)}

    assert judged(bank, {**high, **low, "TG1": 0}).contrast == Contrast("PC", "BI", "settled")
    assert judged(bank, {"PC1": 4, "BI1": 0}).contrast == Contrast("PC", "BI", "indicative")
    assert judged(bank, high).contrast is None


def test_rule_that_counts_dimensions_rests_on_all_their_answers() -> None:
    bank = instrument(*QUESTIONS, rules=(rule("R1", "directions.low >= 2"),))
    (found,) = judged(bank, {"PC1": 0, "PC2": 0, "BI1": 0}).recommendations

    assert (found.answers, found.standing) == (3, "indicative")


def test_packages_come_by_what_is_low_and_a_prerequisite_before_them() -> None:
    bank = instrument(
        *QUESTIONS,
        rules=(
            rule("R1", "answer.PC1 <= 4", "PC"),
            rule("R2", "answer.BI1 <= 4", "BI", contains=("R3",)),
            rule("R4", "answer.BI1 <= 4", "BI", contains=("R3",)),
            rule("R3", "answer.PC2 <= 4", "PC", timing="later"),
            rule("G1", "answer.PC1 <= 4"),
        ),
        packages=(
            Package("decision", "D", "T", ("R1", "R3"), ("R1",), ("money",)),
            Package("money", "M", "T", ("R2", "R4")),
        ),
    )
    found = judged(bank, {"PC1": 4, "PC2": 4, "BI1": 0})

    assert [(p.package, p.lead, p.steps, p.after) for p in found.packages] == [
        ("decision", "R1", (), ()),
        ("money", "R2", ("R3", "R4"), ("decision",)),
    ]
    assert [(r.rule, r.package, r.contained_in) for r in found.recommendations] == [
        ("G1", "", ""),
        ("R1", "decision", ""),
        ("R2", "money", ""),
        ("R3", "money", "R2"),
        ("R4", "money", ""),
    ]


def test_advice_for_the_region_tells_what_answers_say_of_it() -> None:
    def advice(code: str, region: str, applies: str = "", have: str = "") -> Any:
        texts = {"applies": applies, "have": have}
        conditions: dict[str, Any] = {name: parse(text) for name, text in texts.items() if text}
        return replace(finding(code, "advice"), region=region, **conditions)

    bank = instrument(
        *QUESTIONS,
        findings=(
            advice("A1", "LA", "profile.programmes >= 2", "answer.PC1 >= 3"),
            advice("A2", "LA", "profile.programmes >= 2", "answer.PC2 >= 3"),
            advice("A3", "ALL", "answer.TG1 <= 1"),
            advice("A4", "ALL", "profile.programmes == 1"),
            advice("A5", "ALL", have="answer.PC1 <= 1"),
            advice("A6", "AF", "profile.programmes >= 2"),
            advice("A7", "ALL"),
        ),
    )
    found = judged(bank, {"PC1": 4}).advice

    assert [(one.finding, one.state) for one in found] == [
        ("A1", "have"),
        ("A2", "applies"),
        ("A3", "unclear"),
        ("A5", "applies"),
    ]
