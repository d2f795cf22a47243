"""Small instruments, made of only what a test is about."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from assessment.instrument.conditions.grammar import parse
from assessment.instrument.kinds.registry import read_answer
from assessment.instrument.model import (
    Case,
    CaseReading,
    Dimension,
    Finding,
    Instrument,
    Option,
    Question,
    Region,
    Rule,
    Scale,
)
from assessment.method.result import Respondent

if TYPE_CHECKING:
    from collections.abc import Mapping

SCALE = Scale(
    levels=("absent", "initial", "emerging", "established", "consolidated"),
    labels=("Absent", "Initial", "Emerging", "Established", "Consolidated"),
    meanings=("a", "b", "c", "d", "e"),
    bands=(20, 40, 60, 80),
    sufficient_share=Fraction(2, 3),
    minimum_questions=2,
    essential_below=50,
    cap=2,
    verdict_seen=60,
    verdict_not_seen=40,
    minimum_group=5,
    smallest_group=3,
    agreement_group=5,
    gap_levels=1,
    no_common_view=Fraction(5, 6),
    draws=1000,
    weight_spread=Fraction(1, 4),
    overlap=3,
    first=7,
    per_dimension=2,
    weakest=2,
    guaranteed=("RP",),
)
LEVELS = tuple(Option(str(n), f"Level {n}", n) for n in range(5))
REGIONS = (
    Region("LA", "Latin America", ("PE", "MX")),
    Region("AF", "Africa", ("ET", "ML")),
    Region("other", "Elsewhere", ("FR",)),
)
NONE = Option("none", "None of these", exclusive=True)


def level(code: str, dimension: str = "PC", **more: Any) -> Question:
    return Question(code, "level", f"{code}?", dimension=dimension, options=LEVELS, **shown(more))


def multi(code: str, points: Mapping[str, int], dimension: str = "PC", **more: Any) -> Question:
    options = (*(Option(value, value, p) for value, p in points.items()), NONE)
    return Question(code, "multi", f"{code}?", dimension=dimension, options=options, **shown(more))


def number(code: str, low: int, high: int, dimension: str = "PC", **more: Any) -> Question:
    more = {"minimum": low, "maximum": high, **shown(more)}
    return Question(code, "number", f"{code}?", dimension=dimension, **more)


def shown(more: dict[str, Any]) -> dict[str, Any]:
    condition = more.get("shown_if")
    return more if condition is None else {**more, "shown_if": parse(condition)}


def choice(code: str, field: str, *values: str) -> Question:
    options = tuple(Option(value, value) for value in values)
    return Question(code, "choice", f"{code}?", profile=field, options=options)


PROFILE = (
    Question("P1", "country", "Country?", profile="country"),
    choice("P4", "stage", "design", "running", "closing"),
    Question("P5", "number", "Programmes?", profile="programmes", minimum=1, maximum=50),
    choice("P6", "arrangement", "coincident", "integrated_strategy", "single"),
    choice("P7", "intention", "yes", "partly", "no"),
    choice("P8", "stronger", "social_protection", "agriculture", "equal"),
)


def rule(code: str, when: str, *dimensions: str, **more: Any) -> Rule:
    fields = {"priority": 1, "horizon": "S", **more}
    for name in ("when_case", "suppressed_when", "unless"):
        if name in fields:
            fields[name] = parse(fields[name])
    return Rule(
        code,
        f"Title of {code}",
        parse(when),
        actor="somebody",
        text="Do it.",
        first_step="Begin.",
        needs="Time.",
        dimensions=dimensions,
        **fields,
    )


def finding(code: str, kind: str) -> Finding:
    return Finding(code, "A", "Section", "line 1", kind, "ALL", ("PC",), "Text.")


def case(code: str, region: str = "LA", **intervals: tuple[int, int]) -> Case:
    readings = tuple(
        CaseReading(dimension, low, high, "documented", (), "Text.")
        for dimension, (low, high) in intervals.items()
    )
    return Case(code, code, "PE", region, "coincident", 2, "no", "F1", "Text.", readings=readings)


def instrument(*questions: Question, **more: Any) -> Instrument:
    codes = dict.fromkeys(question.dimension for question in questions if question.dimension)
    dimensions = tuple(
        Dimension(code, f"Name of {code}", code, "Summary.", (), (), ("a", "b", "c", "d", "e"))
        for code in codes
    )
    parts = {
        "scale": SCALE,
        "regions": REGIONS,
        "sources": (),
        "findings": (),
        "dimensions": dimensions,
        "cases": (),
        "rules": (),
        "terms": (),
        **more,
    }
    return Instrument("Small", "en", **{"questions": (*PROFILE, *questions), **parts})


def person(
    bank: Instrument,
    answers: Mapping[str, object],
    tier: str | None = None,
    sector: str | None = None,
) -> Respondent:
    read = {code: read_answer(bank.question[code], raw) for code, raw in answers.items()}
    return Respondent(read, tier, sector)


def seen(*values: object) -> tuple[object, ...]:
    """Exact fractions beside plain numbers."""
    return values
