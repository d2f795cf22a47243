"""Several respondents brought together: each cell counts once, whatever its size.

Why the unweighted mean of cells: how many people of a ministry answer depends on its size and on
who had time, not on how the institutions work together. Weighted by heads, a ministry with thirty
respondents would outvote one with five, and the same scheme would score differently after one more
invitation. Within a cell everybody counts alike, because there nothing else tells them apart.
"""

from __future__ import annotations

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
from assessment.method.rounds.columns import Column, plain_mean
from assessment.method.rounds.withholding import withhold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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
    chosen = sorted(members)
    return {
        question.code: aggregate(
            question,
            {cell: cells.column(cell, question.code) for cell in chosen},
            policy,
            instrument.scale.option_share,
        )
        for question in instrument.questions
        if not question.profile
    }


def aggregate(
    question: Question,
    columns: Mapping[Cell, Column],
    policy: DisclosurePolicy,
    option_share: Fraction,
) -> Item:
    """One question over several cells: the mean of each, then their unweighted mean.

    In the mean are only the cells that count in it; who does not know is counted over those of
    which that may be told.
    The round has an option where the mean share of those who chose it is at least `option_share`.
    """
    counted = policy.counted(question.code)
    told = policy.told_of_unknown(columns)
    heard = [column for cell, column in columns.items() if cell in told]
    cells = [column for cell, column in columns.items() if cell in counted]
    status = aggregate_status(columns.values())
    points = mean_of(column.score for column in cells)
    merged = Item(
        question,
        "hidden" if status == "counted" else status,
        score=points,
        counted=status == "counted",
        answered=sum(column.answered for column in columns.values()),
        defaulted=sum(column.defaulted for column in columns.values()),
        dont_knows=sum(column.dont_knows for column in heard),
        asked=sum(column.asked for column in heard),
    )
    if merged.missing:
        return replace(merged, low=LOWEST, high=HIGHEST)
    fact = aggregate_fact(question, points, cells, option_share) if status == "answered" else None
    return replace(merged, low=points, high=points, fact=fact)


def aggregate_status(columns: Iterable[Column]) -> str:
    statuses = frozenset[str]().union(*(column.statuses for column in columns))
    return next((status for status in STATUS_ORDER if status in statuses), "not_routed")


def aggregate_fact(
    question: Question,
    points: Fraction | None,
    cells: Sequence[Column],
    option_share: Fraction,
) -> Fact | None:
    """What conditions may read: a level from the mean score, a number from the mean number."""
    kind = kind_of(question)
    shared = kind.shared_fact(question, option_shares(question, cells), option_share)
    if shared is not None:
        return shared
    return kind.mean_fact(question, points, mean_of(column.number for column in cells))


def option_shares(question: Question, cells: Sequence[Column]) -> dict[str, Fraction]:
    """By option the mean over the cells of the share (0-1) of its answers that chose it.

    Empty where nobody can choose several: an answer is then no set of options.
    """
    if not kind_of(question).several:
        return {}
    shares = [column.shares for column in cells if column.shares is not None]
    return {
        option.value: plain_mean([one.get(option.value, Fraction(0)) for one in shares])
        or Fraction(0)
        for option in question.options
    }


def mean_of(cells: Iterable[Fraction | None]) -> Fraction | None:
    """The unweighted mean over the cells that have a value; None where none has."""
    return plain_mean([value for value in cells if value is not None])


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
