"""Invented rounds: of any size and shape, weak and strong, alike and apart, with much left open."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

from assessment.instrument.model import SECTORS, TIERS
from assessment.method.assess import assess
from assessment.method.result import Respondent
from assessment.method.rounds.cells import cells_of
from assessment.method.rounds.disclosure import disclosure_policy
from assessment.method.rounds.edges import without_edges
from assessment.method.rounds.gaps import compared_axes, compared_sides
from tools.simulate.answer_sets import (
    PLACES,
    PLAUSIBLE,
    Family,
    draw_answer,
    draw_profile,
    drawn_level,
    only_shown,
)
from tools.simulate.attacker import Attacker
from tools.simulate.unknown_shares import unknown_findings

if TYPE_CHECKING:
    from assessment.instrument.groups import Cell
    from assessment.instrument.model import Instrument
    from tools.simulate.answer_sets import Profile
    from tools.simulate.attacker import Finding

SIZES = (0, 1, 2, 3, 3, 4, 4, 5, 6, 9)
"""Of a cell: around the minimum, where it matters."""
FAMILIES = (
    Family("uniform", 0),
    PLAUSIBLE,
    replace(PLAUSIBLE, name="half don't know", unknown=0.5),
    replace(PLAUSIBLE, name="weak", mean=0.6, of_scheme=0.2),
    replace(PLAUSIBLE, name="strong", mean=3.6, of_scheme=0.2),
    Family("all alike", 0, mean=4, of_answer=0.01),
    Family("nearly all alike", 0, mean=0.2, of_answer=0.3, unknown=0.2),
)


def attacked_round(
    bank: Instrument, seed: int, attacker: type[Attacker] = Attacker
) -> list[Finding]:
    """What the attacker finds in one round, from outside and as one of those who answered."""
    random = Random(f"round {seed}")
    profile = draw_profile(*random.choice(PLACES), random)
    minimum = random.choice((3, 5, 5, 5, 6))
    people = draw_people(bank, profile, random)
    result = assess(
        instrument=bank,
        profile=profile,
        responses=people,
        alone=False,
        minimum=minimum,
        draws=0,
    )
    cells = cells_of(bank, profile, people)
    policy = disclosure_policy(cells, minimum)
    policy = without_edges(bank, cells, policy, compared_sides(compared_axes(policy)))
    own = random.choice((None, *cells))
    attacking = attacker(bank, cells, policy, result, own)
    return [*attacking.findings(), *unknown_findings(attacking)]


def draw_people(bank: Instrument, profile: Profile, random: Random) -> list[Respondent]:
    sectors = SECTORS[: random.randint(2, len(SECTORS))]
    families = random.choices(FAMILIES, k=len(sectors) if random.random() < 0.5 else 1)
    people = [
        draw_person(bank, profile, (sector, tier), families[n % len(families)], random)
        for n, sector in enumerate(sectors)
        for tier in TIERS
        for _ in range(random.choice(SIZES))
    ]
    # Without anybody there is no round.
    return people or [draw_person(bank, profile, (SECTORS[0], TIERS[0]), FAMILIES[0], random)]


def draw_person(
    bank: Instrument, profile: Profile, cell: Cell, family: Family, random: Random
) -> Respondent:
    sector, tier = cell
    level = drawn_level(family, random)
    strength = {code: level(code) for code in bank.dimension}
    answers = {
        question.code: draw_answer(question, family, strength[question.dimension], random)
        for question in bank.questions
        if question.dimension and question.routed_to(tier, sector)
    }
    return Respondent(only_shown(bank, profile, answers), tier, sector)
