"""Every count in one pass over the sets: what they say, and what they must not."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from tools.simulate.answer_sets import PLAUSIBLE, draw_all
from tools.simulate.contradictions import Contradictions, read_texts
from tools.simulate.frequency import Frequency
from tools.simulate.judging import judged, result_of
from tools.simulate.little import Directions, Little, all_alone, each_alone
from tools.simulate.neighbours import Neighbours, moved, unknown
from tools.simulate.silence import Silence, is_spoken_of, one_low_answer, profiles_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assessment.instrument.model import Instrument
    from tools.simulate.judging import Judged

ALONE_EVERY = 5
"""Of the plausible sets one in five is asked what each of its answers says alone."""


@dataclass(slots=True)
class Simulation:
    bank: Instrument
    random: Random
    frequency: Frequency = field(default_factory=Frequency)
    contradictions: Contradictions = field(default_factory=lambda: Contradictions(read_texts()))
    silence: Silence = field(default_factory=Silence)
    little: Little = field(default_factory=Little)
    alone: dict[str, Directions] = field(default_factory=dict)
    moved: dict[str, Neighbours] = field(default_factory=dict)
    unknown: dict[str, Neighbours] = field(default_factory=dict)

    def add(self, found: Judged) -> None:
        bank, answers, family = self.bank, found.drawn.answers, found.drawn.family
        self.frequency.add(found)
        self.contradictions.add(bank, found)
        self.silence.add(bank, found)
        near = self.moved.setdefault(family, Neighbours())
        near.add(bank, found, moved(bank, answers, self.random))
        near = self.unknown.setdefault(family, Neighbours())
        near.add(bank, found, unknown(answers, self.random))
        if family == PLAUSIBLE.name:
            self.little.add(bank, found, self.random)
            if self.little.reports[1] % ALONE_EVERY == 0:
                each_alone(bank, found, self.alone)

    def faults(self) -> list[str]:
        """Everything that is not as it must be, in words."""
        told = [f"{n} times: {what}" for what, n in sorted(self.contradictions.found.items())]
        silence = self.silence.found + self.silence.kept_back
        kept = [f"{n} times nothing on {code}" for code, n in silence.items()]
        near = [
            f"{family}: neighbours differ"
            for families in (self.moved, self.unknown)
            for family, found in families.items()
            if not found.holds
        ]
        alone = [f"each alone: {miss}" for miss in all_alone(self.alone).misses()]
        little = [*self.little.directions.misses(), *alone, *self.little.too_certain]
        return [*self.frequency.faults(self.bank), *told, *kept, *near, *little]


def simulate(bank: Instrument, *, seed: int, share: float = 1) -> Simulation:
    found = Simulation(bank, Random(f"changes {seed}"))
    for drawn in draw_all(bank, seed=seed, share=share):
        found.add(judged(bank, drawn))
    return found


def silent_questions(bank: Instrument, relations: Iterable[str]) -> tuple[int, list[str]]:
    """How many schemes with one low answer there are, and where nothing speaks of it."""
    number, silent = 0, []
    for code, drawn in one_low_answer(bank, profiles_of(relations)):
        number += 1
        if not is_spoken_of(bank, code, result_of(bank, drawn.profile, drawn.answers)):
            profile = drawn.profile
            answer = drawn.answers[code].value
            silent.append(f"{code} {answer} {profile['region']} {profile['programmes']}")
    return number, silent
