"""Invented schemes and what somebody answers about each: the same seed draws the same ones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from random import Random
from typing import TYPE_CHECKING

from assessment.instrument.answers import DONT_KNOW, NOT_APPLICABLE, Answer
from assessment.instrument.conditions.domains import Numbers
from assessment.instrument.kinds.registry import kind_of, read_answer
from assessment.instrument.model import INTENTIONS
from assessment.method.items import items_of
from assessment.method.result import Respondent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from assessment.instrument.model import Instrument, Question

Profile = dict[str, int | str]
Answers = dict[str, Answer]

REGIONS = ("LA", "AF", "other")
PROGRAMMES = (1, 2, 14)
PLACES = tuple(product(REGIONS, PROGRAMMES))
"""A scheme of each region with each number of programmes, in turn."""
RELATIONS = ("coincident", "complementary_same", "complementary_different", "integrated_strategy")
UNKNOWN_SHARE = 0.08
"""Of the answers of a plausible set."""


@dataclass(frozen=True, slots=True)
class AnswerSet:
    """One scheme; only what its answers let be asked is answered."""

    family: str
    profile: Profile
    answers: Answers


@dataclass(frozen=True, slots=True)
class Family:
    """`mean` and the spreads are in levels: of the scheme, of a dimension in it, of an answer."""

    name: str
    number: int
    mean: float = 2
    of_scheme: float = 0
    of_dimension: float = 0
    of_answer: float = 0
    unknown: float = 0

    @property
    def uniform(self) -> bool:
        return not self.of_answer


SPREAD_OF_ANSWER = 0.65
"""In levels, of the answers to one subject around its strength, before an answer is a whole level.

Read from the documented cases (`tests/method/facts/`): where the documents tell several answers to
one subject, these lie 0.71 apart from their mean (the root of the pooled variance), of which
rounding to whole levels makes 1/12; what is left is 0.65. It is an estimate from few, seven degrees
of freedom: with 0.8 one answer alone points where all do in 65.0 of 100, with 0.65 in 69, with 0.5
in 75 (90 sets). `tests/tools/test_simulate.py` works it out from the files.
"""
PLAUSIBLE = Family("plausible", 1000, 1.8, 0.7, 0.6, SPREAD_OF_ANSWER, UNKNOWN_SHARE)
FAMILIES = (
    Family("uniform", 2000),
    PLAUSIBLE,
    replace(PLAUSIBLE, name="half don't know", number=500, unknown=0.5),
    replace(PLAUSIBLE, name="weak", number=300, mean=0.6, of_scheme=0.2),
    replace(PLAUSIBLE, name="strong", number=300, mean=3.3, of_scheme=0.2),
)


def draw_family(
    bank: Instrument, family: Family, *, seed: int, share: float = 1
) -> list[AnswerSet]:
    """Its sets, or a share of them."""
    random = Random(f"{family.name} {seed}")
    number = max(len(PLACES), round(family.number * share))
    return [draw_set(bank, family, PLACES[n % len(PLACES)], random) for n in range(number)]


def draw_set(bank: Instrument, family: Family, place: tuple[str, int], random: Random) -> AnswerSet:
    profile = draw_profile(*place, random)
    level = drawn_level(family, random)
    strength = {code: level(code) for code in bank.dimension}
    answers = {
        question.code: draw_answer(question, family, strength[question.dimension], random)
        for question in bank.questions
        if question.dimension
    }
    return AnswerSet(family.name, profile, only_shown(bank, profile, answers))


def draw_profile(region: str, programmes: int, random: Random) -> Profile:
    relation = "single" if programmes == 1 else random.choice(RELATIONS)
    return {
        "region": region,
        "programmes": programmes,
        "arrangement": relation,
        "intention": random.choices(INTENTIONS, (60, 20, 20))[0],
        "stage": random.choices(("design", "running", "closing"), (20, 70, 10))[0],
        "stronger": random.choice(("social_protection", "agriculture", "equal", DONT_KNOW)),
    }


def drawn_level(family: Family, random: Random) -> Callable[[str], float]:
    scheme = family.mean + random.gauss(0, 1) * family.of_scheme
    return lambda _dimension: scheme + random.gauss(0, 1) * family.of_dimension


def draw_answer(question: Question, family: Family, strength: float, random: Random) -> Answer:
    if random.random() < family.unknown:
        return Answer(DONT_KNOW)
    if question.not_applicable and random.random() < UNKNOWN_SHARE:
        return Answer(NOT_APPLICABLE)
    if family.uniform or not question.scored:
        return read_answer(question, uniform_value(question, random))
    # Options are drawn one by one, which spreads such an answer enough.
    spread = 0 if kind_of(question).several else family.of_answer
    drawn = min(max(random.gauss(strength, spread) / 4, 0), 1)
    return read_answer(question, value_at(question, drawn, random))


def uniform_value(question: Question, random: Random) -> object:
    domain = kind_of(question).domain(question)
    if isinstance(domain, Numbers):
        return random.randint(domain.low, domain.high)
    return chosen(question, lambda _place: random.random() < 0.5)


def value_at(question: Question, share: float, random: Random) -> object:
    """The answer of somebody at this share (0-1) of what the question knows."""
    domain = kind_of(question).domain(question)
    if isinstance(domain, Numbers):
        low, high = question.goalposts or (domain.low, domain.high)
        return low + round(share * (high - low))
    return chosen(question, lambda _place: random.random() < share)


def chosen(question: Question, wanted: Callable[[int], bool]) -> list[str]:
    """The options wanted, by their place; none at all where no other is."""
    several = [option.value for option in question.options if not option.exclusive]
    alone = [option.value for option in question.options if option.exclusive]
    return [value for place, value in enumerate(several) if wanted(place)] or alone[:1]


def only_shown(bank: Instrument, profile: Profile, answers: Answers) -> Answers:
    items = items_of(bank, profile, Respondent(answers))
    return {code: answer for code, answer in answers.items() if items[code].status != "hidden"}


def draw_all(bank: Instrument, *, seed: int, share: float = 1) -> Iterator[AnswerSet]:
    for family in FAMILIES:
        yield from draw_family(bank, family, seed=seed, share=share)
