"""What a report says of a few answers, beside what it says of all answers of the same person."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from assessment.instrument.model import DIRECTIONS
from tools.simulate.judging import result_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assessment.instrument.model import Instrument
    from assessment.method.result import Result
    from tools.simulate.answer_sets import Answers
    from tools.simulate.judging import Judged

SIZES = (5, 10, 20)
OPPOSITE = frozenset({(DIRECTIONS[0], DIRECTIONS[-1]), (DIRECTIONS[-1], DIRECTIONS[0])})
BOUNDS = {1: 65, 3: 80}
"""In how many of a hundred the direction from so many answers has to be that of all of them."""


@dataclass(slots=True)
class Directions:
    """Of dimensions of which the whole set is settled: by number of answers, how often the same."""

    compared: Counter[int] = field(default_factory=Counter)
    same: Counter[int] = field(default_factory=Counter)
    opposite: Counter[int] = field(default_factory=Counter)

    def add(self, few: Result, whole: Result) -> None:
        for code, found in few.dimensions.items():
            known = whole.dimensions[code]
            if found.direction is None or known.direction is None or not known.settled:
                continue
            number = found.questions_answered or 0
            self.compared[number] += 1
            self.same[number] += found.direction == known.direction
            self.opposite[number] += (found.direction, known.direction) in OPPOSITE

    def of_hundred(self, counted: Counter[int], number: int) -> float:
        return 100 * counted[number] / self.compared[number]

    def misses(self) -> list[str]:
        """The bounds that are missed, each with what was found."""
        found = {n: self.of_hundred(self.same, n) for n in BOUNDS if self.compared[n]}
        return [
            f"from {number} answers the same in {share:.1f} of 100, not {BOUNDS[number]}"
            for number, share in found.items()
            if share < BOUNDS[number]
        ]


@dataclass(slots=True)
class Little:
    """`first` is what stands first in reports of so many answers (1 and SIZES)."""

    directions: Directions = field(default_factory=Directions)
    reports: Counter[int] = field(default_factory=Counter)
    first: dict[str, Counter[int]] = field(default_factory=dict)
    too_certain: list[str] = field(default_factory=list)

    def add(self, bank: Instrument, whole: Judged, random: Random) -> None:
        answers = whole.drawn.answers
        known = [code for code, answer in answers.items() if answer.value is not None]
        if known:
            self.compare(bank, whole, 1, {code: answers[code] for code in random.sample(known, 1)})
        for size in SIZES:
            few = random.sample(list(answers), min(size, len(answers)))
            self.compare(bank, whole, size, {code: answers[code] for code in few})

    def compare(self, bank: Instrument, whole: Judged, size: int, answers: Answers) -> None:
        found = result_of(bank, whole.drawn.profile, answers)
        self.directions.add(found, whole.result)
        self.reports[size] += 1
        for what, is_so in first_things(found).items():
            self.first.setdefault(what, Counter())[size] += is_so
        self.too_certain += too_certain(bank, found)

    def share(self, what: str, size: int) -> float:
        return 100 * self.first[what][size] / self.reports[size]


def first_things(found: Result) -> dict[str, bool]:
    """What there is to say at the head of a report."""
    return {
        "a pattern": bool(found.patterns),
        "a contrast in its place": found.contrast is not None,
        "a package": bool(found.packages),
        "four packages": sum(package.first for package in found.packages) >= 4,
        "a settled dimension": any(d.settled for d in found.dimensions.values()),
    }


def too_certain(bank: Instrument, found: Result) -> list[str]:
    """Whatever is said with more certainty than its dimensions have."""
    loose = {code for code, d in found.dimensions.items() if not d.settled}
    faults = [f"level of {c}" for c in loose if found.dimensions[c].level is not None]
    faults += [f"{code} is weakest" for code in found.weakest if code in loose]
    said = [(one.rule, one.standing, one.because) for one in found.recommendations]
    said += [(one.pattern, one.standing, one.because) for one in found.patterns]
    for code, standing, because in said:
        named = {r.name for r in because if not r.name.startswith("unknown.")}
        read = {dimension_of(bank, name) for name in named} & loose
        if read and standing != "indicative":
            faults.append(f"{code} on {sorted(read)}")
    if found.overall is not None and loose:
        faults.append("overall")
    return faults


def dimension_of(bank: Instrument, name: str) -> str:
    root, _, code = name.partition(".")
    return bank.question[code].dimension if root in {"answer", "points"} else code


def all_alone(found: Mapping[str, Directions]) -> Directions:
    """The questions of `each_alone` together."""
    together = Directions()
    for one in found.values():
        together.compared += one.compared
        together.same += one.same
        together.opposite += one.opposite
    return together


def each_alone(bank: Instrument, whole: Judged, found: dict[str, Directions]) -> None:
    """Adds for each answer what it says of its dimension alone, beside what the whole says."""
    for code, answer in whole.drawn.answers.items():
        if answer.value is not None and bank.question[code].scored:
            alone = result_of(bank, whole.drawn.profile, {code: answer})
            found.setdefault(code, Directions()).add(alone, whole.result)
