"""Strategies of small invented banks: sound ones, and such that somebody changed in one place.

What is drawn are the banks that people could bring; which of them are at fault, the gate has to
say. Nothing here knows the rules that it holds.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from assessment.instrument.conditions.grammar import parse
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
    RuleVariant,
    Source,
    Term,
)
from tests.instrument.build import SCALE

if TYPE_CHECKING:
    from collections.abc import Callable

    Draw = Callable[[st.SearchStrategy[Any]], Any]
    Change = Callable[[Draw, Instrument], Instrument]

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
CODES = (
    *(
        "Educación",
        "KT-1",
        "K.1",
        "K/1",
        "1A",
        "",
        "A B",
        "_A",
        "A" * 41,
        "any",
        "None",
        "if",
        "pc",
    ),
    *("check", "Report", "closing", "profile", "answer", "list", "name", "region", "sector"),
    *("PC_known", "section_PC", "IN", "dont_know", "not_applicable", "none", "Ⅳ"),
)
"""What people call things."""
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


@dataclass(frozen=True)
class InventedBank:
    """`changes` are the names of what was changed in a sound bank."""

    instrument: Instrument
    changes: tuple[str, ...]

    def __repr__(self) -> str:
        return f"bank with {self.changes or 'no change'}: {self.instrument!r}"


@st.composite
def sound_banks(draw: Draw) -> Instrument:
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
    return Instrument(
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
def _questions(draw: Draw, dimension: str, script: str) -> list[Question]:
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


KINDS = ("level", "multi", "number", "choice", "country", "text")
CONDITIONS = ("answer.{code} >= 2", "answer.{code} < 1 or answer.{code} == 3")


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
BEYOND: dict[str, tuple[Any, ...]] = {
    "sufficient_share": (Fraction(0), Fraction(3)),
    "minimum_questions": (0, 500),
    "essential_below": (-1, 0, 500),
    "cap": (-1, 0, 4, 9),
    "bands": ((20, 40, 90, 80), (0, 40, 60, 80), (20, 40, 60, 100), (20, 40), (20, 20, 60, 80)),
    "verdict_seen": (0, 400),
    "verdict_not_seen": (-5, 60, 99),
    "minimum_group": (0, 2, 1000),
    "smallest_group": (0, 1, 50),
    "agreement_group": (1, 1000),
    "gap_levels": (0, 40),
    "no_common_view": (Fraction(0), Fraction(50)),
    "draws": (-1, 10**7),
    "weight_spread": (Fraction(-1), Fraction(1), Fraction(7)),
    "overlap": (0, 1000),
    "first": (0, 1, 1000),
    "per_dimension": (0, 9, 1000),
    "weakest": (0, 1000),
    "low_level": (-1, 2, 4, 7),
    "strength_level": (0, 1, 4, 9),
    "high_level": (0, 1, 5),
    "levels": (("a", "b", "c"), ("a", "a", "b", "c", "d")),
    "labels": (("A", "B", "C", "D"), ("A", "B", "C", "D", "")),
    "guaranteed": (("PC", "PC"), ("XX",)),
}


@st.composite
def _scales(draw: Draw, codes: tuple[str, ...]) -> Any:
    at_bounds = {
        name: draw(st.sampled_from(BOUNDS[name]))
        for name in draw(st.lists(st.sampled_from(sorted(BOUNDS)), max_size=3, unique=True))
    }
    for name in ("sufficient_share", "weight_spread"):
        if name in at_bounds:
            at_bounds[name] = Fraction(at_bounds[name])
    return replace(SCALE, **{"draws": 100, "guaranteed": codes[:1], **at_bounds})


# What somebody changes in a bank. Each takes a bank as it stands and gives one that may be wrong.


def _one(draw: Draw, parts: tuple[Any, ...]) -> Any:
    return draw(st.sampled_from(parts))


def _with(bank: Instrument, part: str, old: Any, **changes: Any) -> Instrument:
    entries = tuple(replace(e, **changes) if e is old else e for e in getattr(bank, part))
    parts: dict[str, Any] = {part: entries}
    return replace(bank, **parts)


def dimension_renamed(draw: Draw, bank: Instrument) -> Instrument:
    """With everything that names it, as a careful person would."""
    old, new = _one(draw, bank.dimensions).code, draw(st.sampled_from(CODES))

    def named(codes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(new if code == old else code for code in codes)

    rules = [r for r in bank.rules if old not in r.dimensions]
    moved = [r for r in bank.rules if old in r.dimensions]
    with suppress(ValueError):
        rules += [
            replace(r, when=parse(f"level.{new} <= 1"), dimensions=named(r.dimensions))
            for r in moved
        ]
    return replace(
        bank,
        scale=replace(bank.scale, guaranteed=named(bank.scale.guaranteed)),
        dimensions=tuple(replace(d, code=new) if d.code == old else d for d in bank.dimensions),
        findings=tuple(replace(f, dimensions=named(f.dimensions)) for f in bank.findings),
        questions=tuple(
            replace(q, dimension=new) if q.dimension == old else q for q in bank.questions
        ),
        cases=tuple(
            replace(
                c,
                readings=tuple(
                    replace(r, dimension=new) if r.dimension == old else r for r in c.readings
                ),
            )
            for c in bank.cases
        ),
        rules=tuple(sorted(rules, key=lambda r: r.code)),
    )


def question_renamed(draw: Draw, bank: Instrument) -> Instrument:
    return _with(bank, "questions", _one(draw, bank.questions), code=draw(st.sampled_from(CODES)))


def another_part_renamed(draw: Draw, bank: Instrument) -> Instrument:
    part = draw(st.sampled_from(("rules", "sources", "findings", "cases", "terms", "regions")))
    entries = getattr(bank, part)
    if not entries:
        return bank
    return _with(bank, part, _one(draw, entries), code=draw(st.sampled_from(CODES)))


def option_renamed(draw: Draw, bank: Instrument) -> Instrument:
    asked = _one(draw, bank.questions)
    if not asked.options:
        return bank
    old = _one(draw, asked.options)
    new = replace(old, value=draw(st.sampled_from(("school board", "a-b", "é", "A", *CODES))))
    return _with(
        bank, "questions", asked, options=tuple(new if o is old else o for o in asked.options)
    )


def several_options_renamed(draw: Draw, bank: Instrument) -> Instrument:
    """Options of a question of several, called as people speak."""
    asked = [question for question in bank.questions if question.dimension]
    if not asked:
        return bank
    old = _one(draw, tuple(asked))
    whole = kind_of_question("multi", old.code)
    value = draw(st.sampled_from(("school board", "the parents", "padres/madres", "niñas", "A")))
    options = (replace(whole.options[0], value=value), *whole.options[1:])
    numbers: dict[str, Any] = dict.fromkeys(NUMBERS)
    return _with(bank, "questions", old, kind="multi", options=options, **numbers)


def kind_changed(draw: Draw, bank: Instrument) -> Instrument:
    """The kind alone, or with the options and numbers of that kind; still scored."""
    asked, kind = _one(draw, bank.questions), draw(st.sampled_from(KINDS))
    whole = kind_of_question(kind, asked.code)
    if draw(st.booleans()):
        return _with(bank, "questions", asked, kind=kind)
    numbers = {f.name: getattr(whole, f.name) for f in fields(whole) if f.name in NUMBERS}
    return _with(bank, "questions", asked, kind=kind, options=whole.options, **numbers)


NUMBERS = ("minimum", "maximum", "goalposts")


def all_of_one_kind(draw: Draw, bank: Instrument) -> Instrument:
    """Every question of the dimensions is a choice, and scored, as in other tools."""
    kind = draw(st.sampled_from(KINDS))

    def changed(asked: Question) -> Question:
        whole = kind_of_question(kind, asked.code)
        numbers = {name: getattr(whole, name) for name in NUMBERS}
        return replace(asked, kind=kind, options=whole.options, shown_if=None, **numbers)

    return replace(bank, questions=tuple(changed(q) if q.dimension else q for q in bank.questions))


def numbers_changed(draw: Draw, bank: Instrument) -> Instrument:
    asked = _one(draw, bank.questions)
    name = draw(st.sampled_from(("weight", "hidden_points", *NUMBERS)))
    pairs = ((0, 0), (8, 0), (-5, 100), (2, 3))
    values = pairs if name == "goalposts" else (None, -3, 0, 1, 4, 11, 99, 2_000_000_000)
    value = draw(st.sampled_from(values))
    if value is None and name == "weight":
        return bank
    return _with(bank, "questions", asked, **{name: value})


def hidden_points_given(draw: Draw, bank: Instrument) -> Instrument:
    asked = [q for q in bank.questions if q.shown_if]
    if not asked:
        return bank
    points = draw(st.sampled_from((0, 1, 4, 5, 100)))
    return _with(bank, "questions", _one(draw, tuple(asked)), hidden_points=points)


def points_changed(draw: Draw, bank: Instrument) -> Instrument:
    asked = _one(draw, bank.questions)
    if not asked.options:
        return bank
    old, points = _one(draw, asked.options), draw(st.sampled_from((0, 1, 3, 40)))
    new = replace(old, points=points, exclusive=draw(st.booleans()))
    return _with(
        bank, "questions", asked, options=tuple(new if o is old else o for o in asked.options)
    )


def options_taken(draw: Draw, bank: Instrument) -> Instrument:
    asked = _one(draw, bank.questions)
    left = asked.options[: draw(st.integers(0, 4))]
    return _with(bank, "questions", asked, options=left)


def part_emptied(draw: Draw, bank: Instrument) -> Instrument:
    parts = ("regions", "sources", "findings", "dimensions", "questions", "cases", "rules", "terms")
    empty: dict[str, Any] = {draw(st.sampled_from(parts)): ()}
    return replace(bank, **empty)


def one_taken(draw: Draw, bank: Instrument) -> Instrument:
    parts = ("regions", "sources", "findings", "dimensions", "questions", "cases", "rules", "terms")
    part = draw(st.sampled_from(parts))
    entries = getattr(bank, part)
    gone = draw(st.sampled_from(entries)) if entries else None
    left: dict[str, Any] = {part: tuple(e for e in entries if e is not gone)}
    return replace(bank, **left)


def threshold_changed(draw: Draw, bank: Instrument) -> Instrument:
    name = draw(st.sampled_from(sorted(BEYOND)))
    value: dict[str, Any] = {name: draw(st.sampled_from(BEYOND[name]))}
    return replace(bank, scale=replace(bank.scale, **value))


BRACES = ("{place}", "{country}", "{Country}", "{programmes}", "{0}", "{}", "%(place)s", "{scheme}")
SIGNS = ("\u202e", "\u2066", "\u200f", "\x0b", "\x00", "\ufffe")


def text_changed(draw: Draw, bank: Instrument) -> Instrument:
    """Braces or a sign that nobody sees, in one text of any part."""
    part = draw(st.sampled_from(sorted(TEXTS)))
    entries = getattr(bank, part)
    if not entries:
        return bank
    old, name = _one(draw, entries), draw(st.sampled_from(TEXTS[part]))
    added = draw(st.sampled_from((*BRACES, *SIGNS)))
    if name == "options":
        options = tuple(replace(o, text=f"{o.text} {added}") for o in old.options)
        return _with(bank, part, old, options=options)
    if name == "variants":
        variant = RuleVariant(old.when, f"Otherwise {added}.")
        return _with(bank, part, old, variants=(variant,))
    if name == "advice":
        return _with(bank, part, old, advice=tuple(f"{t} {added}" for t in old.advice))
    return _with(bank, part, old, **{name: f"{getattr(old, name)} {added}"})


TEXTS = {
    "regions": ("name",),
    "sources": ("title", "note", "author"),
    "findings": ("text", "section"),
    "dimensions": ("name", "summary", "advice"),
    "questions": ("text", "help", "why", "unit", "options"),
    "cases": ("text", "name"),
    "rules": ("title", "actor", "text", "first_step", "needs", "variants"),
    "terms": ("text", "term"),
}


def text_emptied(draw: Draw, bank: Instrument) -> Instrument:
    part = draw(st.sampled_from(sorted(TEXTS)))
    entries, name = getattr(bank, part), draw(st.sampled_from(TEXTS[part]))
    if not entries or name in {"options", "variants", "advice"}:
        return bank
    return _with(bank, part, _one(draw, entries), **{name: ""})


def address_changed(draw: Draw, bank: Instrument) -> Instrument:
    if not bank.sources:
        return bank
    addresses = ("javascript:alert(1)", "data:text/html,x", "ftp://a.org", "www.a.org", "http://")
    return _with(bank, "sources", bank.sources[0], url=draw(st.sampled_from(addresses)))


def profile_changed(draw: Draw, bank: Instrument) -> Instrument:
    """A question takes another field of the profile, or leaves its own."""
    known = ("", "country", "region", "stage", "programmes", "arrangement", "stronger", "tier")
    asked = _one(draw, bank.questions)
    own: dict[str, Any] = {"profile": draw(st.sampled_from(known))}
    if draw(st.booleans()):
        own["dimension"] = ""
    return _with(bank, "questions", asked, **own)


def who_is_asked(draw: Draw, bank: Instrument) -> Instrument:
    """One tier only, one sector only, or nobody."""
    tiers = draw(st.sampled_from((("national",), ("local", "regional"), ())))
    sectors = draw(st.sampled_from(((), ("agriculture",))))
    return replace(
        bank, questions=tuple(replace(q, tiers=tiers, sectors=sectors) for q in bank.questions)
    )


def condition_changed(draw: Draw, bank: Instrument) -> Instrument:
    """A condition on what may not be there, in a question or a rule."""
    texts = (
        *("answer.PC1 >= 2", "answer.XX >= 1", "level.PC >= 1", 'profile.region == "LA"'),
        *("profile.programmes >= 2", 'profile.stage == "running"', '"a" in answer.PC3'),
        *("points.PC3 >= 1", "answer.PC1 >= 9", "gap.sectors.any >= 1", "unknown.any > 1/2"),
    )
    condition = parse(draw(st.sampled_from(texts)))
    if bank.rules and draw(st.booleans()):
        return _with(bank, "rules", _one(draw, bank.rules), when=condition)
    return _with(bank, "questions", _one(draw, bank.questions), shown_if=condition)


def countries_changed(draw: Draw, bank: Instrument) -> Instrument:
    if not bank.regions:
        return bank
    countries = draw(st.sampled_from(((), ("Peru",), ("pe",), ("PE", "PE"), ("ET",))))
    return _with(bank, "regions", bank.regions[0], countries=countries)


def edition_changed(draw: Draw, bank: Instrument) -> Instrument:
    if draw(st.booleans()):
        return replace(bank, name=draw(st.sampled_from(("", "A" * 300, "Bank \u202e x"))))
    return replace(bank, language=draw(st.sampled_from(("", "xx", "klingon", "EN", "pt-br"))))


CHANGES: tuple[Change, ...] = (
    dimension_renamed,
    question_renamed,
    another_part_renamed,
    option_renamed,
    several_options_renamed,
    kind_changed,
    all_of_one_kind,
    numbers_changed,
    hidden_points_given,
    points_changed,
    options_taken,
    part_emptied,
    one_taken,
    threshold_changed,
    text_changed,
    text_emptied,
    address_changed,
    profile_changed,
    who_is_asked,
    condition_changed,
    countries_changed,
    edition_changed,
)


@st.composite
def banks(draw: Draw) -> InventedBank:
    bank, changes = draw(sound_banks()), []
    for _number in range(draw(st.sampled_from((1, 1, 1, 0, 2)))):
        change = draw(st.sampled_from(CHANGES))
        if bank.questions:
            bank = change(draw, bank)
            changes.append(change.__name__)
    return InventedBank(bank, tuple(changes))
