"""A strategy of small sound banks: what may be missing is sometimes missing."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from assessment.instrument.conditions.grammar import parse
from assessment.instrument.model import (
    Case,
    CaseReading,
    Dimension,
    Finding,
    Instrument,
    Option,
    Package,
    Pattern,
    Question,
    Region,
    Role,
    Rule,
    Source,
    Term,
)
from tests.instrument.build import SCALE

SCRIPTS = (
    "Who works together",
    "Quién trabaja junto",
    "Ñuqanchik llamk’anchik",
    "አብረው የሚሠሩ",
    "Кто работает вместе",
    "من يعمل معا",
    "谁一起工作",
)
NAMES = ("PC", "TG", "HC", "Money", "law_2")
LEVELS = ("Nothing of it", "First signs", "Some of it", "Most of it", "All of it")
PROFILE = (
    Question("P1", "country", "In which country?", profile="country"),
    Question(
        "P4",
        "choice",
        "At which stage?",
        profile="stage",
        options=(Option("design", "In design"), Option("running", "Running")),
    ),
    Question("P5", "number", "How many programmes?", profile="programmes", minimum=1, maximum=50),
    Question(
        "P6",
        "choice",
        "How are they related?",
        profile="arrangement",
        options=(
            Option("single", "One programme"),
            Option("integrated_strategy", "One strategy"),
        ),
    ),
    Question(
        "P7",
        "choice",
        "Was it intended?",
        profile="intention",
        options=(Option("yes", "It was"), Option("no", "It was not")),
    ),
    Question(
        "P8",
        "choice",
        "Which ministry is stronger?",
        profile="stronger",
        options=(Option("equal", "Neither"), Option("dont_know", "I cannot say")),
    ),
)
KINDS = ("level", "multi", "number", "choice", "country", "text")
CONDITIONS = ("answer.{code} >= 2", "answer.{code} < 1 or answer.{code} == 3")
BOUNDS: dict[str, tuple[Any, ...]] = {
    "sufficient_share": (Fraction(1, 10), 1),
    "minimum_questions": (1, 2),
    "essential_below": (1, 100),
    "cap": (1, 3),
    "minimum_group": (3, 100),
    "draws": (0, 5000),
    "weight_spread": (0, Fraction(9, 10)),
    "overlap": (1, 50),
    "first": (2, 50),
    "weakest": (1, 50),
    "low_level": (0, 1),
    "high_level": (2, 4),
}


@st.composite
def sound_banks(draw: st.DrawFn) -> Instrument:
    """One to three dimensions; what may be missing is sometimes missing."""
    script = draw(st.sampled_from(SCRIPTS))
    codes = NAMES[: draw(st.integers(1, 3))]
    findings = tuple(_finding(code, script, codes) for code in codes)
    regions = (Region("LA", "Latin America", ("PE", "MX")), Region("AF", "Africa", ("ET",)))
    asked = draw(st.lists(st.sampled_from(PROFILE), unique=True))
    questions = [q for q in PROFILE if q in asked]
    for code in codes:
        questions += draw(_questions(code, script))
    if draw(st.booleans()):
        questions.append(Question("END", "text", f"{script}: what else?", scored=False))
    bank = Instrument(
        name="Small bank",
        language=draw(st.sampled_from(("en", "es", "am"))),
        scale=draw(_scales(codes)),
        regions=regions[: draw(st.integers(1, 2))],
        sources=(Source("A", "A document", url=draw(st.sampled_from(("", "https://a.org/b")))),),
        findings=findings,
        dimensions=tuple(_dimension(code, script) for code in codes),
        questions=tuple(questions),
        cases=tuple(_case(code) for code in draw(st.sampled_from(((), ("C1",), ("C1", "C-2"))))),
        rules=tuple(_rule(code, script) for code in codes),
        terms=draw(st.sampled_from(((), (Term("t-1", "Scheme", "What works together"),)))),
    )
    return with_advice(bank, script) if draw(st.sampled_from((False, False, True))) else bank


def with_advice(bank: Instrument, script: str) -> Instrument:
    """The same with what editions of before did not have: who acts, packages, patterns, steps."""
    first, *more = bank.rules
    rules = tuple(
        replace(rule, actor="", role="unit", with_roles=("office",), timing="now")
        for rule in (replace(first, guaranteed=True), *more)
    )
    return replace(
        bank,
        roles=(
            Role("unit", "Unit for planning", "national", "agriculture", "part"),
            Role("office", "Local office", "local"),
        ),
        rules=rules,
        packages=tuple(
            Package(f"A{number}", f"{script} {number}", f"{script}: begin here.", (rule.code,))
            for number, rule in enumerate(rules, 1)
        ),
        patterns=tuple(
            Pattern(
                f"S{number}",
                f"{script}: {place}",
                parse(f'direction.{code} == "{direction}"'),
                f"{script}: all of {code} is {place}.",
                package="A1",
                filler=direction == "high",
                findings=(f"F-{code}",),
            )
            for code in (bank.dimensions[0].code,)
            for number, (place, direction) in enumerate((("below", "low"), ("above", "high")), 1)
        ),
        questions=tuple(with_steps(question, script) for question in bank.questions),
    )


def with_steps(question: Question, script: str) -> Question:
    if question.kind == "multi":
        step = f"{script}: bring this about."
        options = tuple(o if o.exclusive else replace(o, step=step) for o in question.options)
        return replace(question, options=options)
    if not question.scored or not question.dimension:
        return question
    low, high = f"{script}: make the list.", f"{script}: keep the list."
    return replace(question, step_low=low, step_high=high if question.kind == "level" else "")


def _finding(code: str, script: str, _codes: tuple[str, ...]) -> Finding:
    text = f"{script}, as found of {code}."
    return Finding(f"F-{code}", "A", "Section 1", "line 1", "barrier", "ALL", (code,), text)


def _dimension(code: str, script: str) -> Dimension:
    advice = tuple(f"{script}: {words}" for words in LEVELS)
    summary = f"{script}, all of {code}."
    return Dimension(code, f"{script} {code}", code[:14], summary, (), (f"F-{code}",), advice)


def _case(code: str) -> Case:
    reading = CaseReading("PC", 1, 3, "documented", ("F-PC",), "As it was read.")
    case = Case(code, f"Case {code}", "PE", "LA", "single", 1, "no", "F-PC", "It happened.")
    return replace(case, readings=(reading,))


def _rule(code: str, script: str) -> Rule:
    return Rule(
        f"R{NAMES.index(code)}",
        f"Begin with {code}",
        parse(f"level.{code} <= 1"),
        priority=1,
        actor="The ministry of {country}",
        horizon="S",
        text=f"{script}: meet about {code} in {{region}}.",
        first_step="Call the {programmes} programmes.",
        needs="Time",
        dimensions=(code,),
        findings=(f"F-{code}",),
    )


@st.composite
def _questions(draw: st.DrawFn, dimension: str, script: str) -> list[Question]:
    common: dict[str, Any] = {
        "dimension": dimension,
        "help": "One sentence of help.",
        "findings": (f"F-{dimension}",),
    }
    kinds = ["level", "level", *draw(st.lists(st.sampled_from(KINDS), max_size=2))]
    made = [
        replace(
            kind_of_question(kind, f"{dimension}{number}"),
            text=f"{script}: question {number} of {dimension}?",
            **common,
        )
        for number, kind in enumerate(kinds, 1)
    ]
    first = replace(made[0], essential=draw(st.booleans()), weight=draw(st.sampled_from((1, 10))))
    last = made[-1]
    if len(made) > 2 and draw(st.booleans()):
        shown = parse(draw(st.sampled_from(CONDITIONS)).format(code=first.code))
        last = replace(last, shown_if=shown)
    return [first, *made[1:-1], last]


def kind_of_question(kind: str, code: str) -> Question:
    """A question of the kind as who knows it would make it."""
    bare = Question(code, kind, "", scored=kind in {"level", "multi", "number"})
    if kind == "level":
        return replace(bare, options=tuple(Option(str(n), w, n) for n, w in enumerate(LEVELS)))
    if kind == "multi":
        none = Option("none", "None of these", exclusive=True)
        return replace(bare, options=(Option("a", "The first", 1), Option("b", "Both", 2), none))
    if kind == "choice":
        return replace(bare, options=(Option("a", "This one"), Option("b", "That one")))
    return replace(bare, minimum=0, maximum=10, goalposts=(0, 8)) if kind == "number" else bare


@st.composite
def _scales(draw: st.DrawFn, codes: tuple[str, ...]) -> Any:
    at_bounds = {
        name: draw(st.sampled_from(BOUNDS[name]))
        for name in draw(st.lists(st.sampled_from(sorted(BOUNDS)), max_size=3, unique=True))
    }
    for name in ("sufficient_share", "weight_spread"):
        if name in at_bounds:
            at_bounds[name] = Fraction(at_bounds[name])
    return replace(SCALE, **{"draws": 100, "guaranteed": codes[:1], **at_bounds})
