"""Several respondents brought together: each group speaks with one voice, whatever its size."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from assessment.instrument.answers import DONT_KNOW, NOT_APPLICABLE
from assessment.instrument.kinds import KINDS
from assessment.instrument.model import HIGHEST, LOWEST
from assessment.method.dimensions import judge_all
from assessment.method.items import Item
from assessment.method.result import GroupResult
from assessment.method.rounds.cells import Cells, Items
from assessment.method.rounds.withholding import with_privacy

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assessment.instrument.conditions.evaluate import Fact
    from assessment.instrument.model import Instrument, Question
    from assessment.method.rounds.disclosure import Guard
    from assessment.method.rounds.suppression import Cell, Group

STANDING = ("answered", "counted", DONT_KNOW, "unanswered", NOT_APPLICABLE, "hidden")
"""Of how the members stand, the first in this list is how the question stands in the round."""


def items_together(instrument: Instrument, cells: Cells, members: Iterable[Cell]) -> Items:
    chosen = [cells[cell] for cell in sorted(members)]
    return {
        question.code: together(question, [[one[question.code] for one in cell] for cell in chosen])
        for question in instrument.questions
        if not question.profile
    }


def together(question: Question, cells: Sequence[Sequence[Item]]) -> Item:
    """One question over several cells: the mean of each, then their unweighted mean."""
    everyone = [item for cell in cells for item in cell]
    status = status_of(everyone)
    points = mean_of_means([[i.score for i in cell if i.score is not None] for cell in cells])
    merged = Item(
        question,
        "hidden" if status == "counted" else status,
        score=points,
        counted=status == "counted",
        voters=frozenset(at for at, item in enumerate(everyone) if item.status == "answered"),
        defaulted=sum(1 for item in everyone if item.counted),
        dont_knows=sum(item.dont_knows for item in everyone),
        asked=sum(item.asked for item in everyone),
    )
    if merged.missing:
        return replace(merged, low=LOWEST, high=HIGHEST)
    fact = fact_of(question, points, cells) if status == "answered" else None
    return replace(merged, low=points, high=points, fact=fact)


def status_of(items: Sequence[Item]) -> str:
    standings = {"counted" if item.counted else item.status for item in items}
    return next((status for status in STANDING if status in standings), "not_routed")


def fact_of(
    question: Question, points: Fraction | None, cells: Sequence[Sequence[Item]]
) -> Fact | None:
    """What conditions may read: a level from the mean score, a number from the mean number."""
    kind = KINDS[question.kind]
    if kind.stepped and points is not None:
        return points * kind.most(question) / HIGHEST
    return mean_of_means([[i.fact for i in c if isinstance(i.fact, Fraction)] for c in cells])


def mean_of_means(cells: Iterable[Sequence[Fraction]]) -> Fraction | None:
    means = [sum(cell, Fraction(0)) / len(cell) for cell in cells if cell]
    return sum(means, Fraction(0)) / len(means) if means else None


def group_results(instrument: Instrument, cells: Cells, guard: Guard) -> tuple[GroupResult, ...]:
    return tuple(group_result(instrument, cells, guard, group) for group in guard.table.groups)


def group_result(instrument: Instrument, cells: Cells, guard: Guard, group: Group) -> GroupResult:
    size = guard.table.n(group)
    if group in guard.hidden:
        return GroupResult(*group, size, True)
    items = items_together(instrument, cells, guard.table.members(group))
    told = with_privacy(items, guard.minimum, guard.silent_in(group))
    results = {code: judged.result() for code, judged in judge_all(instrument, told).items()}
    return GroupResult(*group, size, False, results)
