"""Other kinds, points, numbers and options of questions, and who is asked."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from assessment.instrument.conditions.grammar import parse
from tests.gate.changes.change import changed
from tests.gate.sound_banks import CONDITIONS, KINDS, kind_of_question

if TYPE_CHECKING:
    from random import Random

    from assessment.instrument.model import Instrument, Question

NUMBERS = ("minimum", "maximum", "goalposts")


def kind_changed(random: Random, bank: Instrument) -> Instrument:
    """The kind alone, or with the options and numbers of that kind; still scored."""
    asked, kind = random.choice(bank.questions), random.choice(KINDS)
    whole = kind_of_question(kind, asked.code)
    if random.random() < 0.5:
        return changed(bank, "questions", asked, kind=kind)
    numbers = {f.name: getattr(whole, f.name) for f in fields(whole) if f.name in NUMBERS}
    return changed(bank, "questions", asked, kind=kind, options=whole.options, **numbers)


def all_of_one_kind(random: Random, bank: Instrument) -> Instrument:
    """Every question of the dimensions is a choice, and scored, as in other tools."""
    kind = random.choice(KINDS)

    def of_kind(asked: Question) -> Question:
        whole = kind_of_question(kind, asked.code)
        numbers = {name: getattr(whole, name) for name in NUMBERS}
        return replace(asked, kind=kind, options=whole.options, shown_if=None, **numbers)

    return replace(bank, questions=tuple(of_kind(q) if q.dimension else q for q in bank.questions))


def numbers_changed(random: Random, bank: Instrument) -> Instrument:
    asked = random.choice(bank.questions)
    name = random.choice(("weight", "hidden_points", *NUMBERS))
    pairs = ((0, 0), (8, 0), (-5, 100), (2, 3))
    values = pairs if name == "goalposts" else (None, -3, 0, 1, 4, 11, 99, 2_000_000_000)
    value = random.choice(values)
    if value is None and name == "weight":
        return bank
    return changed(bank, "questions", asked, **{name: value})


def weights_changed(random: Random, bank: Instrument) -> Instrument:
    """Of a whole dimension: none of its questions is to count, or some the other way round."""
    code, weight = random.choice(bank.dimensions).code, random.choice((0, -1, 11, 1000))
    asked = (replace(q, weight=weight) if q.dimension == code else q for q in bank.questions)
    return replace(bank, questions=tuple(asked))


def number_bounded(random: Random, bank: Instrument) -> Instrument:
    """A number is asked, between bounds and goalposts that may be no such."""
    asked = random.choice([question for question in bank.questions if question.dimension])
    numbers: dict[str, Any] = {"minimum": 0, "maximum": 10, "goalposts": (0, 8)}
    if random.random() < 0.5:
        bounds = random.choice(((10, 0), (10, 2), (None, 10), (0, None), (0, 2 * 10**9)))
        numbers |= dict(zip(("minimum", "maximum"), bounds, strict=True))
    else:
        numbers["goalposts"] = random.choice(((8, 0), (3, 3), (5, 5), (-5, 100), None))
    return changed(bank, "questions", asked, kind="number", options=(), scored=True, **numbers)


def hidden_points_given(random: Random, bank: Instrument) -> Instrument:
    """A question is shown to some only, and counts with these points for the others."""
    first, *others = bank.questions_of[random.choice(bank.dimensions).code]
    condition = parse(random.choice(CONDITIONS).format(code=first.code))
    points = random.choice((0, 1, 4, 5, -3, 100))
    hidden = random.choice(tuple(others))
    return changed(bank, "questions", hidden, shown_if=condition, hidden_points=points)


def points_changed(random: Random, bank: Instrument) -> Instrument:
    """Of a question of several as well: of the option that excludes the others, or of all."""
    asked = random.choice(bank.questions)
    if asked.dimension and random.random() < 0.5:
        several = kind_of_question("multi", asked.code)
        numbers: dict[str, Any] = dict.fromkeys(NUMBERS)
        bank = changed(bank, "questions", asked, kind="multi", options=several.options, **numbers)
        asked = bank.question[asked.code]
    if not asked.options:
        return bank
    meant = (random.choice(asked.options), asked.options[-1], None)
    one, points = random.choice(meant), random.choice((0, 0, 0, 3, 40))
    options = tuple(replace(o, points=points) if one in (o, None) else o for o in asked.options)
    if random.random() < 0.2:
        options = (replace(options[0], exclusive=not options[0].exclusive), *options[1:])
    return changed(bank, "questions", asked, options=options)


def points_taken(random: Random, bank: Instrument) -> Instrument:
    """A question of several, of which no option counts anything."""
    asked = random.choice([question for question in bank.questions if question.dimension])
    whole = kind_of_question("multi", asked.code)
    options = tuple(replace(option, points=0) for option in whole.options)
    numbers: dict[str, Any] = dict.fromkeys(NUMBERS)
    return changed(bank, "questions", asked, kind="multi", scored=True, options=options, **numbers)


def exclusive_counted(random: Random, bank: Instrument) -> Instrument:
    """A question of several, of which "none of these" counts something too."""
    asked = random.choice([question for question in bank.questions if question.dimension])
    *others, none = kind_of_question("multi", asked.code).options
    options = (*others, replace(none, points=random.choice((1, 3, 40))))
    numbers: dict[str, Any] = dict.fromkeys(NUMBERS)
    return changed(bank, "questions", asked, kind="multi", scored=True, options=options, **numbers)


def options_taken(random: Random, bank: Instrument) -> Instrument:
    asked = random.choice(bank.questions)
    left = asked.options[: random.randint(0, 4)]
    return changed(bank, "questions", asked, options=left)


def profile_changed(random: Random, bank: Instrument) -> Instrument:
    """A question takes another field of the profile, or leaves its own."""
    known = ("", "country", "region", "stage", "programmes", "arrangement", "stronger", "tier")
    asked = random.choice(bank.questions)
    own: dict[str, Any] = {"profile": random.choice(known)}
    if random.random() < 0.5:
        own["dimension"] = ""
    return changed(bank, "questions", asked, **own)


def who_is_asked(random: Random, bank: Instrument) -> Instrument:
    """One tier only, one sector only, or nobody."""
    tiers = random.choice((("national",), ("local", "regional"), ()))
    sectors = random.choice(((), ("agriculture",)))
    return replace(
        bank, questions=tuple(replace(q, tiers=tiers, sectors=sectors) for q in bank.questions)
    )


def condition_changed(random: Random, bank: Instrument) -> Instrument:
    """A condition on what may not be there, in a question or a rule."""
    texts = (
        *("answer.PC1 >= 2", "answer.XX >= 1", "level.PC >= 1", 'profile.region == "LA"'),
        *("profile.programmes >= 2", 'profile.stage == "running"', '"a" in answer.PC3'),
        *("points.PC3 >= 1", "answer.PC1 >= 9", "gap.sectors.any >= 1", "unknown.any > 1/2"),
    )
    condition = parse(random.choice(texts))
    if bank.rules and random.random() < 0.5:
        return changed(bank, "rules", random.choice(bank.rules), when=condition)
    return changed(bank, "questions", random.choice(bank.questions), shown_if=condition)
