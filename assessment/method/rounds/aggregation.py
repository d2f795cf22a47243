"""Several respondents brought together: each cell counts once, whatever its size.

Why the unweighted mean of cells: how many people of a ministry answer depends on its size and on
who had time, not on how the institutions work together. Weighted by heads, a ministry with thirty
respondents would outvote one with five, and the same scheme would score differently after one more
invitation. Within a cell everybody counts alike, because there nothing else tells them apart.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from assessment.instrument.answers import DONT_KNOW, NOT_APPLICABLE
from assessment.instrument.kinds.registry import kind_of
from assessment.instrument.model import HIGHEST, LOWEST
from assessment.method.dimensions import judge_all
from assessment.method.items import Item
from assessment.method.result import GroupResult
from assessment.method.rounds.cells import Cells, Items
from assessment.method.rounds.withholding import withhold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from assessment.instrument.conditions.evaluate import Fact
    from assessment.instrument.groups import Cell, Group
    from assessment.instrument.model import Instrument, Question
    from assessment.method.rounds.disclosure import DisclosurePolicy

STATUS_ORDER = ("answered", "counted", DONT_KNOW, "unanswered", NOT_APPLICABLE, "hidden")
"""The status of a question in the round is the first of these that any member has.

`counted` is a hidden question that counts with its hidden points.
"""


def aggregate_items(
    instrument: Instrument, cells: Cells, members: Iterable[Cell], policy: DisclosurePolicy
) -> Items:
    """Every question over these cells, less those that are too small to count in any figure."""
    chosen = {cell: cells[cell] for cell in sorted(members)}
    return {
        question.code: aggregate(
            question,
            {cell: [one[question.code] for one in everyone] for cell, everyone in chosen.items()},
            policy,
            instrument.scale.option_share,
        )
        for question in instrument.questions
        if not question.profile
    }


def aggregate(
    question: Question,
    items: Mapping[Cell, Sequence[Item]],
    policy: DisclosurePolicy,
    option_share: Fraction,
) -> Item:
    """One question over several cells: the mean of each, then their unweighted mean.

    In the mean are only the cells that count in it; who does not know is counted over those of
    which that may be told.
    The round has an option where the mean share of those who chose it is at least `option_share`.
    """
    counted = policy.counted(question.code)
    everyone = [item for cell in items.values() for item in cell]
    told = policy.told_of_unknown(items)
    heard = [item for cell, here in items.items() if cell in told for item in here]
    cells = [here for cell, here in items.items() if cell in counted]
    status = aggregate_status(everyone)
    points = mean_of_means([[i.score for i in cell if i.score is not None] for cell in cells])
    merged = Item(
        question,
        "hidden" if status == "counted" else status,
        score=points,
        counted=status == "counted",
        answered_by=frozenset(
            at
            for at, item in enumerate(everyone)
            if item.status == "answered" and not item.together
        ),
        defaulted=sum(1 for item in everyone if item.counted and not item.together),
        dont_knows=sum(item.dont_knows for item in heard),
        asked=sum(item.asked for item in heard),
    )
    if merged.missing:
        return replace(merged, low=LOWEST, high=HIGHEST)
    fact = aggregate_fact(question, points, cells, option_share) if status == "answered" else None
    return replace(merged, low=points, high=points, fact=fact)


def aggregate_status(items: Sequence[Item]) -> str:
    statuses = {"counted" if item.counted else item.status for item in items}
    return next((status for status in STATUS_ORDER if status in statuses), "not_routed")


def aggregate_fact(
    question: Question,
    points: Fraction | None,
    cells: Sequence[Sequence[Item]],
    option_share: Fraction,
) -> Fact | None:
    """What conditions may read: a level from the mean score, a number from the mean number."""
    kind = kind_of(question)
    shared = kind.shared_fact(question, option_shares(question, cells), option_share)
    if shared is not None:
        return shared
    number = mean_of_means([[i.fact for i in c if isinstance(i.fact, Fraction)] for c in cells])
    return kind.mean_fact(question, points, number)


def option_shares(question: Question, cells: Sequence[Sequence[Item]]) -> dict[str, Fraction]:
    """By option the mean over the cells of the share (0-1) of its answers that chose it.

    Empty where nobody can choose several: an answer is then no set of options.
    """
    if not kind_of(question).several:
        return {}
    chosen = [[i.fact for i in cell if isinstance(i.fact, frozenset)] for cell in cells]
    return {
        option.value: mean_of_means(
            [[Fraction(option.value in fact) for fact in cell] for cell in chosen]
        )
        or Fraction(0)
        for option in question.options
    }


def mean_of_means(cells: Iterable[Sequence[Fraction]]) -> Fraction | None:
    """The unweighted mean over the cells that have a value; None where none has."""
    means = [total(cell) / len(cell) for cell in cells if cell]
    return total(means) / len(means) if means else None


def total(values: Iterable[Fraction]) -> Fraction:
    """Their exact sum: of a thousand answers most are one of few, and have few denominators."""
    numerators: dict[int, int] = {}
    for value, number in tally(values):
        below = value.denominator
        numerators[below] = numerators.get(below, 0) + number * value.numerator
    return sum((Fraction(above, below) for below, above in numerators.items()), Fraction(0))


def tally(values: Iterable[Fraction]) -> Iterator[tuple[Fraction, int]]:
    """Each number with how often it stands there; one that was made twice may come twice.

    They are told apart as objects: to hash or compare fractions takes longer than to add them.
    """
    held = list(values)
    known = {id(value): value for value in held}
    return ((known[at], number) for at, number in Counter(map(id, held)).items())


def group_results(
    instrument: Instrument, cells: Cells, policy: DisclosurePolicy
) -> tuple[GroupResult, ...]:
    groups = policy.table.groups
    return tuple(group_result(instrument, cells, policy, group) for group in groups)


def group_result(
    instrument: Instrument, cells: Cells, policy: DisclosurePolicy, group: Group
) -> GroupResult:
    size = policy.table.n(group)
    if group in policy.suppressed:
        return GroupResult(*group, size, True)
    shown = items_of_group(instrument, cells, policy, group)
    results = {code: judged.result() for code, judged in judge_all(instrument, shown).items()}
    return GroupResult(*group, size, False, results)


def items_of_group(
    instrument: Instrument, cells: Cells, policy: DisclosurePolicy, group: Group
) -> Items:
    """Of every question what may be shown of the group."""
    items = aggregate_items(instrument, cells, policy.table.cells_in(group), policy)
    return withhold(items, policy.minimum, policy.closed_questions(group))
