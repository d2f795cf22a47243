"""Invented rounds: of any size and shape, weak and strong, alike and apart, with much left open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING

from assessment.instrument.conditions.shown_if import deciding_codes
from assessment.instrument.model import SECTORS, TIERS
from assessment.method.assess import assess
from assessment.method.result import Respondent
from assessment.method.rounds.cells import cells_of
from assessment.method.rounds.round_policy import policy_of_round
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
from tools.simulate.shares import findings_of_shares
from tools.simulate.told_agreement import untold_agreement

if TYPE_CHECKING:
    from assessment.instrument.answers import Answer
    from assessment.instrument.groups import Cell
    from assessment.instrument.model import Instrument
    from assessment.method.result import Result
    from assessment.method.rounds.cells import Cells
    from assessment.method.rounds.disclosure import DisclosurePolicy
    from tools.simulate.answer_sets import Profile
    from tools.simulate.findings import Finding

SIZES = (0, 1, 2, 3, 3, 4, 4, 5, 6, 9)
"""Of a cell: around the minimum, where it matters."""
SOME_TOGETHER, SOME_AGREED = 0.3, 0.4
"""Of the rounds: those in which several gave a response together, and those with a session."""
FAMILIES = (
    Family("uniform", 0),
    PLAUSIBLE,
    replace(PLAUSIBLE, name="half don't know", unknown=0.5),
    replace(PLAUSIBLE, name="weak", mean=0.6, of_scheme=0.2),
    replace(PLAUSIBLE, name="strong", mean=3.6, of_scheme=0.2),
    Family("all alike", 0, mean=4, of_answer=0.01),
    Family("nearly all alike", 0, mean=0.2, of_answer=0.3, unknown=0.2),
)


@dataclass(frozen=True, slots=True)
class InventedRound:
    """`own` is the cell of somebody who answered and attacks; `agreed` what the session came to."""

    profile: Profile
    minimum: int
    people: list[Respondent]
    own: Cell | None
    agreed: dict[str, Answer]


def draw_round(bank: Instrument, seed: int) -> InventedRound:
    random, more = Random(f"round {seed}"), Random(f"together {seed}")
    profile = draw_profile(*random.choice(PLACES), random)
    minimum = random.choice((3, 5, 5, 5, 6))
    people = draw_people(bank, profile, random)
    cells = dict.fromkeys((one.sector or "", one.tier or "") for one in people)
    own = random.choice((None, *cells))
    if more.random() < SOME_TOGETHER:
        people += draw_together(bank, profile, more)
    agreed = draw_agreed(bank, more) if more.random() < SOME_AGREED else {}
    return InventedRound(profile, minimum, people, own, agreed)


def attacked_round(
    bank: Instrument, seed: int, attacker: type[Attacker] = Attacker
) -> list[Finding]:
    """What the attacker finds in one round, from outside and as one of those who answered."""
    drawn = draw_round(bank, seed)
    result, later = results_of(bank, drawn)
    cells, policy = hidden_in(bank, drawn)
    attacking = attacker(
        bank, cells, policy, result, drawn.own, later, asked_again=later is not None
    )
    return [
        *attacking.findings(),
        *findings_of_shares(attacking),
        *untold_agreement(attacking),
    ]


def results_of(bank: Instrument, drawn: InventedRound) -> tuple[Result, Result | None]:
    """As it was closed, and after the session where there was one."""

    def judged(agreed: dict[str, Answer]) -> Result:
        return assess(
            instrument=bank,
            profile=drawn.profile,
            responses=drawn.people,
            alone=False,
            minimum=drawn.minimum,
            agreed=agreed,
            draws=0,
        )

    return judged({}), judged(drawn.agreed) if drawn.agreed else None


def hidden_in(bank: Instrument, drawn: InventedRound) -> tuple[Cells, DisclosurePolicy]:
    """What lies behind the figures, and what of it is shown."""
    cells = cells_of(bank, drawn.profile, drawn.people)
    return cells, policy_of_round(bank, cells, drawn.minimum)[0]


def draw_together(bank: Instrument, profile: Profile, random: Random) -> list[Respondent]:
    """One response that several gave, or two; also where nobody answered alone."""
    return [
        replace(
            draw_person(bank, profile, (random.choice(SECTORS), random.choice(TIERS)), of, random),
            people=random.choice((2, 7)),
        )
        for of in random.choices(FAMILIES, k=random.choice((1, 1, 2)))
    ]


def draw_agreed(bank: Instrument, random: Random) -> dict[str, Answer]:
    """On a few questions; those that decide about others among them more often than not."""
    scored = [question for question in bank.questions if question.scored and question.dimension]
    deciding = [q for q in scored if any(q.code in deciding_codes(one.shown_if) for one in scored)]
    chosen = [*random.sample(scored, random.choice((1, 2, 4))), random.choice(deciding)]
    sure = replace(PLAUSIBLE, unknown=0)
    drawn = {q.code: draw_answer(q, sure, random.uniform(0, 4), random) for q in chosen}
    return {code: answer for code, answer in drawn.items() if answer.status == "answered"}


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
