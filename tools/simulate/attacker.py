"""Who wants to know what a hidden group of a round said, and has everything that is shown of it.

She takes every figure as a linear fact about the means of the cells, and knows all else: how many
answered what in each cell, which of them count in a figure, and what she answered herself if she is
one of them. Between the least and the most that a hidden mean can be, for all these facts together,
must lie a level at least. What one shown figure alone says of its own people is no finding: that
people who all answer alike are known by their mean, the notice tells.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assessment.instrument.groups import TOTAL
from assessment.instrument.model import HIGHEST
from assessment.method.items import hidden_points
from assessment.method.rounds import round_policy
from assessment.method.rounds.consensus import depends_on_agreed
from assessment.method.rounds.gaps import PAIRS, comparable_cells
from tools.simulate.findings import Finding
from tools.simulate.readings import GAP, LINK, MEAN, QUESTION, readings_of
from tools.simulate.solver import EXACT, Fact, Solver

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from assessment.instrument.groups import Cell, Group
    from assessment.instrument.model import Instrument, Question
    from assessment.method.result import Result
    from assessment.method.rounds.cells import Cells, Items
    from assessment.method.rounds.disclosure import DisclosurePolicy
    from tools.simulate.readings import Reading

Place = tuple["Cell", str]
"""A cell and a question: the mean of what its people answered is one unknown."""
Sum = dict[Place, float]

TOP = float(HIGHEST)
AS_MUCH = 100 * EXACT
"""Points by which all figures may tell more than those of one group: what a mean leaves open of one
of its many cells, where all answered the highest, is that many times what the solver is right to.
"""


@dataclass(slots=True)
class Attacker:
    """What is shown of one round, and what lies behind it, to see whether she is right.

    `later` is the result after the session; `shown` what she read, None: both results as they are
    stored. Responses that several gave together are no secret to anybody.
    """

    instrument: Instrument
    cells: Cells
    policy: DisclosurePolicy
    result: Result
    own_cell: Cell | None = None
    """Where she sits, if she answered too: she is the first there who answered for herself."""
    later: Result | None = None
    shown: Sequence[Reading] | None = None
    asked_again: bool = False
    """All answered once more in the session, where it may ask, and nobody changed her mind."""
    means: Sum = field(init=False)
    numbers: dict[Place, int] = field(init=False)
    own_numbers: dict[Place, int] = field(init=False)
    """Of these how many answered for themselves."""

    def __post_init__(self) -> None:
        self.means, self.numbers, self.own_numbers = {}, {}, {}
        for cell, members in self.cells.items():
            for question in self.instrument.questions:
                items = [] if question.profile else [one[question.code] for one in members]
                scored = [item for item in items if item.score is not None]
                scores = [item.score for item in scored if item.score is not None]
                if scores and question.scored:
                    place = (cell, question.code)
                    self.means[place] = float(sum(scores) / len(scores))
                    self.numbers[place] = len(scores)
                    self.own_numbers[place] = sum(not item.together for item in scored)

    def findings(self) -> Iterator[Finding]:
        """Of means; shares and agreement have modules of their own."""
        for questions in self.instrument.questions_of.values():
            scored = [question for question in questions if question.scored]
            codes = {question.code for question in scored}
            facts = list(self.facts(scored, self.readings()))
            untrue = list(self.untrue(facts))
            yield from untrue
            yield from self.heavy(facts)
            places = [place for place in self.means if place[1] in codes]
            if places and not untrue:
                yield from self.told(facts, places, scored)

    # What is shown

    def readings(self) -> Sequence[Reading]:
        return self.stored() if self.shown is None else self.shown

    def stored(self) -> list[Reading]:
        after = readings_of(self.later) if self.later else ()
        return [*readings_of(self.result), *(one for one in after if one.agreed)]

    def facts(self, questions: Sequence[Question], readings: Iterable[Reading]) -> Iterator[Fact]:
        by_code = {question.code: question for question in questions}
        dimension = questions[0].dimension if questions else ""
        for one in readings:
            if one.kind == GAP:
                yield from self.fact_of_gap(one, by_code)
            elif one.kind == MEAN and one.on == dimension:
                some = [q for q in questions if one.aspect in {"", q.aspect}]
                mean = self.fact_of_agreed if one.agreed else self.fact_of_mean
                yield from mean(one, some)
            elif one.kind in {QUESTION, LINK} and one.on in by_code:
                yield from self.fact_of_question(one, by_code[one.on])
        for question in questions if self.asked_again else ():
            yield from self.fact_of_second(question)

    def fact_of_mean(self, one: Reading, questions: Sequence[Question]) -> Iterator[Fact]:
        """Less the questions that stand at their hidden points, as so many had them."""
        inside = self.policy.table.cells_in(one.group)
        told = [question for question in questions if self.counts(question, one.group)]
        if not told:
            return
        weight = sum(question.weight for question in told)
        known = [
            (question.weight, float(hidden_points(question) or 0))
            for question in questions
            if question not in told and self.stands_hidden(question, inside)
        ]
        both = weight + sum(share for share, _ in known)
        value = (one.value * both - sum(share * points for share, points in known)) / weight
        name = f"{one.group} {one.on} {one.aspect}"
        slack = one.slack * both / weight
        yield Fact(name, self.mean(told, inside), value, one.group, slack)

    def fact_of_agreed(self, one: Reading, questions: Sequence[Question]) -> Iterator[Fact]:
        """The whole after the session, less what was agreed on or stands at its hidden points."""
        if self.later is None:
            return
        items = [(question, self.later.items[question.code]) for question in questions]
        scored = [(question, item) for question, item in items if item.score is not None]
        known = sum(q.weight * float(i.score or 0) for q, i in scored if i.agreed or i.counted)
        weight = sum(question.weight for question, _ in scored)
        of, points = Counter[Place](), 0.0
        for question, item in scored:
            if not (item.agreed or item.counted):
                places, fixed = self.mean_of_asked(question)
                of.update({place: question.weight * share for place, share in places.items()})
                points += question.weight * fixed
        if of:
            value, name = one.value * weight - known - points, f"agreed {one.on} {one.aspect}"
            rest = {place: share / weight for place, share in of.items()}
            yield Fact(name, rest, value / weight, TOTAL, one.slack, weighed=False)

    def mean_of_asked(self, question: Question) -> tuple[Sum, float]:
        """Of the whole, where what was agreed on may decide who is asked; and what is known of it.

        Who was not asked then counts no more: the mean is that of those who answered.
        """
        agreed = dict.fromkeys(self.later.agreed if self.later else ())
        places = self.mean([question], self.policy.table.cells)
        if not depends_on_agreed(self.instrument, question, agreed):  # type: ignore[arg-type]
            return places, 0.0
        counts = {place: self.answering(question, [place[0]], own=False) for place in places}
        asked = {place: found for place, found in counts.items() if found[0]}
        points = float(hidden_points(question) or 0)
        of = {p: (n + more) / n / len(asked) for p, (n, more) in asked.items()}
        return of, -sum(points * more / n / len(asked) for n, more in asked.values())

    def fact_of_question(self, one: Reading, question: Question) -> Iterator[Fact]:
        inside = self.policy.table.cells_in(one.group)
        name = f"{one.kind} {one.group} {question.code}"
        if one.kind == LINK:
            width = float(self.instrument.scale.width)
            value, slack = one.value * width, one.slack * width
            yield Fact(name, self.mean([question], inside), value, one.group, slack)
            return
        result = self.later if one.agreed and self.later else self.result
        item = result.items[question.code]
        if item.agreed or item.counted:
            return
        of, fixed = self.mean([question], inside), 0.0
        if one.agreed:
            of, fixed = self.mean_of_asked(question)
        yield Fact(name, of, one.value - fixed, one.group, one.slack, weighed=not one.agreed)

    def fact_of_second(self, question: Question) -> Iterator[Fact]:
        """How many chose what, the second time: each person weighs the same, not each cell."""
        if self.result.items[question.code].score is None:
            return
        told = round_policy.told_cells(self.policy, question.code)
        numbers = {(cell, question.code): self.numbers.get((cell, question.code)) for cell in told}
        of = {place: n for place, n in numbers.items() if n}
        people = sum(of.values())
        if people >= self.policy.minimum:
            value = sum(n * self.means[place] for place, n in of.items()) / people
            share = {place: n / people for place, n in of.items()}
            yield Fact(f"again {question.code}", share, value, whose=("again", question.code))

    def fact_of_gap(self, one: Reading, by_code: Mapping[str, Question]) -> Iterator[Fact]:
        width = float(self.instrument.scale.width)
        for axis, between in PAIRS:
            if between != (one.group[axis], one.against):
                continue
            found = next(g for g in self.result.gaps if (g.between, g.on) == (between, one.on))
            if not set(found.questions) <= set(by_code):
                continue
            sides = (comparable_cells(self.policy.table, axis, name, between) for name in between)
            some = [by_code[code] for code in found.questions]
            first, second = (self.mean(some, side) for side in sides)
            of = {**first}
            for place, share in second.items():
                of[place] = of.get(place, 0) - share
            name = f"gap {between} {one.on}"
            yield Fact(name, of, one.value * width, slack=one.slack * width)

    def stands_hidden(self, question: Question, cells: Iterable[Cell]) -> bool:
        answered, counted = self.answering(question, cells)
        return answered < self.policy.minimum <= counted

    def counts(self, question: Question, group: Group) -> bool:
        """Whether it is in the means of the group's dimension: what is not told must not be."""
        return self.is_told(question, group)

    def is_told(self, question: Question, group: Group) -> bool:
        """Of what people gave together alone there is nothing to hide."""
        inside = self.policy.table.cells_in(group)
        answered, counted = self.answering(question, inside)
        if not answered and not counted:
            return any(self.answering(question, inside, own=False))
        enough = (answered or counted) >= self.policy.minimum
        return enough and self.policy.is_disclosed(question.code, group)

    def answering(
        self, question: Question, cells: Iterable[Cell], *, own: bool = True
    ) -> tuple[int, int]:
        """How many answered it, and for how many it counts with its hidden points.

        `own`: for themselves.
        """
        items = [one[question.code] for cell in cells for one in self.cells[cell]]
        some = [item for item in items if not (own and item.together)]
        return sum(item.status == "answered" for item in some), sum(i.counted for i in some)

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
            if abs(value - fact.value) > fact.slack + EXACT:
                yield Finding("untrue", fact.name, value - fact.value)

    def heavy(self, facts: Iterable[Fact]) -> Iterator[Finding]:
        """Nobody may weigh more than one of the minimum; of a gap, in either side.

        Cells of nothing but what was given together are known, and lessen nobody's weight.
        """
        for fact in facts:
            own = {place: self.own_numbers[place] for place in fact.of if fact.weighed}
            for sign in (1, -1):
                side = {
                    place: sign * share
                    for place, share in fact.of.items()
                    if sign * share > 0 and own.get(place)
                }
                for cell in {place[0] for place in side}:
                    weight = sum(
                        share / own[place] for place, share in side.items() if place[0] == cell
                    ) / sum(side.values())
                    if weight > 1 / self.policy.minimum + EXACT:
                        yield Finding("heavy", f"{fact.name} {cell}", weight)

    def told(
        self, facts: list[Fact], places: list[Place], questions: Sequence[Question]
    ) -> Iterator[Finding]:
        """What a group tells of its own people is taken from the exact figures."""
        bounds = dict(zip(places, self.bounds(places), strict=True))
        solver = Solver(bounds, facts)
        exact = list(self.facts(questions, self.stored()))
        apart = [
            Solver(bounds, [fact for fact in exact if fact.whose == group])
            for group in {fact.whose for fact in exact}
        ] or [Solver(bounds, [])]
        least = float(self.instrument.scale.width)
        roughly = max((fact.slack for fact in facts), default=0.0)
        for name, target in self.hidden(questions):
            width = solver.width(target)
            if width >= least - EXACT:
                continue
            if min(found.width(target) for found in apart) > width + AS_MUCH:
                kind = "exact" if width <= 3 * (EXACT + roughly) else "narrow"
                yield Finding(kind, name, width)

    def bounds(self, places: Sequence[Place]) -> list[tuple[float, float]]:
        """What each unknown can be: what was given together is known, and what she said herself."""
        found = []
        for cell, code in places:
            items = [one[code] for one in self.cells[cell] if one[code].score is not None]
            own = [float(item.score or 0) for item in items if not item.together]
            known = [float(item.score or 0) for item in items if item.together]
            if cell == self.own_cell and self.first(cell)[code].score is not None:
                known.append(own.pop(0))
            low = sum(known) / len(items)
            found.append((low, low + TOP * len(own) / len(items)))
        return found

    def first(self, cell: Cell) -> Items:
        """She herself: the first of the cell who answered for herself."""
        return next(one for one in self.cells[cell] if not next(iter(one.values())).together)

    def hidden(self, questions: Sequence[Question]) -> Iterator[tuple[str, Sum]]:
        """What the page calls hidden: of a group, of the questions hidden in it, of each that is
        named: the mean of what its people said for themselves. Her own cell is no secret to her.
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
                    place: q.weight * self.numbers[place] / self.own_numbers[place]
                    for q in some
                    for cell in cells
                    if self.own_numbers.get(place := (cell, q.code))
                }
                if of:
                    weight = sum(q.weight for q in some for cell in cells if (cell, q.code) in of)
                    codes = " ".join(q.code for q in some)
                    yield f"{group} {codes}", {p: share / weight for p, share in of.items()}
