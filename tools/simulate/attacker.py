"""Who wants to know what a hidden group of a round said, and has everything that is shown of it.

She takes every figure as a linear fact about the means of the cells, and knows all else: how many
answered what in each cell, which of them count in a figure, and what she answered herself if she is
one of them. Between the least and the most that a hidden mean can be, for all these facts together,
must lie a level at least. What one shown figure alone says of its own people is no finding: that
people who all answer alike are known by their mean, the notice tells.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import highspy
import numpy as np

from assessment.instrument.groups import TOTAL
from assessment.instrument.model import ASPECTS, HIGHEST, TIERS
from assessment.method.items import hidden_points
from assessment.method.rounds.gaps import PAIRS, comparable_cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from assessment.instrument.groups import Cell, Group
    from assessment.instrument.model import Instrument, Question
    from assessment.method.result import Result
    from assessment.method.rounds.cells import Cells
    from assessment.method.rounds.disclosure import DisclosurePolicy

Place = tuple["Cell", str]
"""A cell and a question: the mean of what its people answered is one unknown."""
Sum = dict[Place, float]

TOP = float(HIGHEST)
EXACT = 1e-6
"""Points: the solver is right to about this."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One shown figure, as a sum of unknowns."""

    name: str
    of: Sum
    value: float
    whose: Group | None = None
    """The shown group whose mean it is; None of a difference."""


@dataclass(frozen=True, slots=True)
class Finding:
    """`kind`: exact | narrow | heavy (a person weighs too much in a figure) | untrue (a figure is
    another than this attacker thinks, so what she finds is worth nothing).
    """

    kind: str
    what: str
    points: float


@dataclass(slots=True)
class Attacker:
    """What is shown of one round, and what lies behind it, to see whether she is right."""

    instrument: Instrument
    cells: Cells
    policy: DisclosurePolicy
    result: Result
    own_cell: Cell | None = None
    """Where she sits, if she answered too: she is the first there."""
    means: Sum = field(init=False)
    numbers: dict[Place, int] = field(init=False)

    def __post_init__(self) -> None:
        self.means, self.numbers = {}, {}
        for cell, members in self.cells.items():
            for question in self.instrument.questions:
                items = [] if question.profile else [one[question.code] for one in members]
                scores = [item.score for item in items if item.score is not None]
                if scores and question.scored:
                    self.means[cell, question.code] = float(sum(scores) / len(scores))
                    self.numbers[cell, question.code] = len(scores)

    def findings(self) -> Iterator[Finding]:
        for questions in self.instrument.questions_of.values():
            scored = [question for question in questions if question.scored]
            codes = {question.code for question in scored}
            facts = list(self.facts(scored))
            untrue = list(self.untrue(facts))
            yield from untrue
            yield from self.heavy(facts)
            places = [place for place in self.means if place[1] in codes]
            if places and not untrue:
                yield from self.told(facts, places, scored)

    # What is shown

    def facts(self, questions: Sequence[Question]) -> Iterator[Fact]:
        yield from self.facts_of_groups(questions)
        yield from self.facts_of_questions(questions)
        yield from self.facts_of_gaps(questions)
        yield from self.facts_of_chain(questions)

    def facts_of_groups(self, questions: Sequence[Question]) -> Iterator[Fact]:
        dimension = questions[0].dimension if questions else ""
        for group in self.result.groups:
            found = group.dimensions.get(dimension)
            here: Group = (group.sector, group.tier)
            told = [question for question in questions if self.counts(question, here)]
            if found is None or not told:
                continue
            inside = self.policy.table.cells_in(here)
            parts = {ASPECTS[0]: found.formal, ASPECTS[1]: found.practice}
            for name, value in (("", found.score), *parts.items()):
                some = [q for q in told if name in {"", q.aspect}]
                if value is not None and some:
                    points = self.without_known(value, some, questions, inside, name)
                    yield Fact(f"{here} {dimension} {name}", self.mean(some, inside), points, here)

    def without_known(
        self,
        value: float,
        told: Sequence[Question],
        questions: Sequence[Question],
        cells: Iterable[Cell],
        aspect: str,
    ) -> float:
        """The mean less the questions that stand at their hidden points, as so many had them."""
        weight = sum(question.weight for question in told)
        known = [
            (question.weight, float(hidden_points(question) or 0))
            for question in questions
            if question not in told and aspect in {"", question.aspect}
            if self.stands_hidden(question, cells)
        ]
        both = weight + sum(share for share, _ in known)
        return (value * both - sum(share * points for share, points in known)) / weight

    def stands_hidden(self, question: Question, cells: Iterable[Cell]) -> bool:
        answered, counted = self.answering(question, cells)
        return answered < self.policy.minimum <= counted

    def counts(self, question: Question, group: Group) -> bool:
        """Whether it is in the means of the group's dimension: what is not told must not be."""
        return self.is_told(question, group)

    def is_told(self, question: Question, group: Group) -> bool:
        answered, counted = self.answering(question, self.policy.table.cells_in(group))
        enough = (answered or counted) >= self.policy.minimum
        return enough and self.policy.is_disclosed(question.code, group)

    def answering(self, question: Question, cells: Iterable[Cell]) -> tuple[int, int]:
        """How many answered it, and for how many it counts with its hidden points."""
        items = [one[question.code] for cell in cells for one in self.cells[cell]]
        return sum(item.status == "answered" for item in items), sum(i.counted for i in items)

    def facts_of_questions(self, questions: Sequence[Question]) -> Iterator[Fact]:
        for question in questions:
            item = self.result.items[question.code]
            if item.score is not None and not (item.agreed or item.counted):
                inside = self.policy.table.cells_in(TOTAL)
                yield Fact(question.code, self.mean([question], inside), item.score, TOTAL)

    def facts_of_gaps(self, questions: Sequence[Question]) -> Iterator[Fact]:
        by_code = {question.code: question for question in questions}
        for axis, between in PAIRS:
            sides = [comparable_cells(self.policy.table, axis, name, between) for name in between]
            for gap in self.result.gaps:
                if gap.between == between and set(gap.questions) <= set(by_code):
                    some = [by_code[code] for code in gap.questions]
                    first, second = (self.mean(some, side) for side in sides)
                    for place, share in second.items():
                        first[place] = first.get(place, 0) - share
                    value = gap.levels * float(self.instrument.scale.width)
                    yield Fact(f"gap {between} {gap.on}", first, value)

    def facts_of_chain(self, questions: Sequence[Question]) -> Iterator[Fact]:
        width = float(self.instrument.scale.width)
        links = {link.question: link for link in self.result.chain}
        for question in questions:
            if link := links.get(question.code):
                for tier, level in zip(
                    TIERS, (link.national, link.regional, link.local), strict=True
                ):
                    inside = self.policy.table.cells_in((None, tier))
                    yield Fact(
                        f"chain {tier} {question.code}",
                        self.mean([question], inside),
                        level * width,
                        (None, tier),
                    )

    def mean(self, questions: Sequence[Question], cells: Iterable[Cell]) -> Sum:
        """The mean over the questions of the mean over the cells that count, as a figure has it."""
        of: Sum = {}
        inside = set(cells)
        for question in questions:
            code = question.code
            here = [
                cell for cell in inside & self.policy.counted(code) if (cell, code) in self.means
            ]
            for cell in here:
                of[cell, code] = question.weight / len(here)
        weight = sum(of.values())
        return {place: share / weight for place, share in of.items()}

    # What she makes of it

    def untrue(self, facts: Iterable[Fact]) -> Iterator[Finding]:
        for fact in facts:
            value = sum(share * self.means[place] for place, share in fact.of.items())
            if abs(value - fact.value) > EXACT:
                yield Finding("untrue", fact.name, value - fact.value)

    def heavy(self, facts: Iterable[Fact]) -> Iterator[Finding]:
        """Nobody may weigh more than one of the minimum; of a gap, in either side."""
        for fact in facts:
            for sign in (1, -1):
                side = {p: sign * share for p, share in fact.of.items() if sign * share > 0}
                for cell in {place[0] for place in side}:
                    weight = sum(
                        share / self.numbers[place]
                        for place, share in side.items()
                        if place[0] == cell
                    ) / sum(side.values())
                    if weight > 1 / self.policy.minimum + EXACT:
                        yield Finding("heavy", f"{fact.name} {cell}", weight)

    def told(
        self, facts: list[Fact], places: list[Place], questions: Sequence[Question]
    ) -> Iterator[Finding]:
        solver = Solver(places, facts, self.bounds(places))
        apart = [
            Solver(places, [fact for fact in facts if fact.whose == group], self.bounds(places))
            for group in {fact.whose for fact in facts}
        ]
        for name, target in self.hidden(questions):
            width = solver.width(target)
            if width >= float(self.instrument.scale.width) - EXACT:
                continue
            if min(solver.width(target) for solver in apart) > width + EXACT:
                yield Finding("exact" if width <= 3 * EXACT else "narrow", name, width)

    def bounds(self, places: Sequence[Place]) -> list[tuple[float, float]]:
        """What each unknown can be: of her own cell she knows a part."""
        found = []
        for cell, code in places:
            known = self.cells[cell][0][code].score if cell == self.own_cell else None
            part = 0.0 if known is None else 1 / self.numbers[cell, code]
            own = 0.0 if known is None else float(known) * part
            found.append((own, own + TOP * (1 - part)))
        return found

    def hidden(self, questions: Sequence[Question]) -> Iterator[tuple[str, Sum]]:
        """What the page calls hidden: of a group, of the questions hidden in it, of each that is
        named. Her own cell is no secret to her.
        """
        named = {code for gap in self.result.gaps for code in gap.questions}
        named |= {link.question for link in self.result.chain}
        shown = {(group.sector, group.tier) for group in self.result.groups if not group.hidden}
        for group in self.policy.table.groups:
            cells = self.policy.table.cells_in(group) - {self.own_cell}
            closed = [q for q in questions if group not in shown or not self.is_told(q, group)]
            single = [[q] for q in closed if q.code in named or group in shown]
            for some in (closed, *single):
                of = {
                    (cell, q.code): float(q.weight)
                    for q in some
                    for cell in cells
                    if (cell, q.code) in self.means
                }
                if of:
                    weight = sum(of.values())
                    codes = " ".join(q.code for q in some)
                    yield f"{group} {codes}", {p: share / weight for p, share in of.items()}


class Solver:
    """The least and the most of a sum of unknowns, for all that some facts say."""

    def __init__(
        self, places: Sequence[Place], facts: Sequence[Fact], bounds: Sequence[tuple[float, float]]
    ) -> None:
        self.at = {place: n for n, place in enumerate(places)}
        self.solver = highspy.Highs()  # type: ignore[no-untyped-call]
        self.solver.setOptionValue("output_flag", False)
        self.columns = np.arange(len(places), dtype=np.int32)
        for low, high in bounds:
            self.solver.addVar(low, high)
        for fact in facts:
            index = np.array([self.at[place] for place in fact.of], dtype=np.int32)
            share = np.array(list(fact.of.values()))
            slack = EXACT / 10
            self.solver.addRow(fact.value - slack, fact.value + slack, len(index), index, share)

    def width(self, target: Sum) -> float:
        return -self.least({p: -share for p, share in target.items()}) - self.least(target)

    def least(self, target: Sum) -> float:
        costs = np.zeros(len(self.at))
        for place, share in target.items():
            costs[self.at[place]] = share
        self.solver.changeColsCost(len(costs), self.columns, costs)
        self.solver.run()
        if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise AssertionError(f"No answers fit the facts: {self.solver.getModelStatus()}")
        return float(self.solver.getObjectiveValue())
