"""Whether two people who differ in one answer get the same packages first."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import mean
from typing import TYPE_CHECKING

from assessment.instrument.answers import DONT_KNOW, Answer
from assessment.instrument.kinds.registry import kind_of, read_answer
from tools.simulate.answer_sets import only_shown
from tools.simulate.judging import first_packages, result_of

if TYPE_CHECKING:
    from random import Random

    from assessment.instrument.model import Instrument, Question
    from tools.simulate.answer_sets import Answers
    from tools.simulate.judging import Judged

LEAST_ALIKE = 0.85
MOST_LOSING = 5
"""In percent: of those who lose more than one of their first packages."""


@dataclass(slots=True)
class Neighbours:
    alike: list[float] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)

    def add(self, bank: Instrument, found: Judged, changed: Answers) -> None:
        answers = only_shown(bank, found.drawn.profile, changed)
        other = first_packages(result_of(bank, found.drawn.profile, answers))
        own = first_packages(found.result)
        both = own | other
        self.alike.append(len(own & other) / len(both) if both else 1)
        self.lost.append(len(own - other))

    @property
    def mean_alike(self) -> float:
        return mean(self.alike)

    @property
    def losing(self) -> float:
        return 100 * mean(lost > 1 for lost in self.lost)

    @property
    def holds(self) -> bool:
        return self.mean_alike >= LEAST_ALIKE and self.losing <= MOST_LOSING


def moved(bank: Instrument, answers: Answers, random: Random) -> Answers:
    """One level question answered a level higher or lower."""
    level = [c for c, a in answers.items() if is_level(bank.question[c]) and a.value is not None]
    if not level:
        return answers
    code = random.choice(level)
    value = answers[code].value
    near = (str(option.points) for option in bank.question[code].options)
    other = random.choice([o for o in near if abs(int(o) - int(str(value))) == 1])
    return {**answers, code: read_answer(bank.question[code], other)}


def unknown(answers: Answers, random: Random) -> Answers:
    """One answer that becomes "I do not know"."""
    known = [code for code, answer in answers.items() if answer.value is not None]
    return {**answers, random.choice(known): Answer(DONT_KNOW)} if known else answers


def is_level(question: Question) -> bool:
    return question.scored and kind_of(question).has_levels
