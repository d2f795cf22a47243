"""Which groups stay hidden, attacked from outside."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from assessment.instrument.groups import TOTAL, Cell, Group
from assessment.instrument.model import SECTORS, TIERS
from assessment.method.rounds.disclosure import question_disclosure
from assessment.method.rounds.suppression import FrequencyTable, suppressed_groups

if TYPE_CHECKING:
    from collections.abc import Collection

SP, AG = "social_protection", "agriculture"
SIZES = st.dictionaries(
    st.tuples(st.sampled_from(SECTORS), st.sampled_from(TIERS)),
    st.integers(min_value=1, max_value=12),
    min_size=1,
)
MINIMUM = st.integers(min_value=3, max_value=8)


def hidden(sizes: dict[Cell, int], minimum: int = 5) -> set[Group]:
    return set(suppressed_groups(FrequencyTable(sizes, minimum)))


def test_v17_a_small_group_takes_its_sibling_and_what_equals_it_with_it() -> None:
    sp, ag, local, national = (
        (SP, "national"),
        (AG, "national"),
        (None, "local"),
        (None, "national"),
    )
    table: list[tuple[dict[Cell, int], set[Group]]] = [
        ({sp: 4, (SP, "local"): 9}, {sp, (SP, "local"), national, local}),
        ({sp: 5, ag: 5}, set()),
        ({sp: 4}, {sp, (SP, None), national, TOTAL}),
        # Two people beside so many count in no figure, and hide nobody.
        ({sp: 9, ag: 9, (AG, "local"): 2}, {(AG, "local"), local}),
    ]

    assert [(sizes, hidden(sizes)) for sizes, _ in table] == table


def test_smallest_sibling_is_hidden_first_and_none_beside_small_groups_of_many_together() -> None:
    many = {(SP, "national"): 3, (SP, "regional"): 3, (SP, "local"): 9}
    just = {(AG, "national"): 2, ("finance", "regional"): 2, ("other", "local"): 4}
    both = {(SP, "national"): 3, ("finance", "national"): 3, ("finance", "local"): 5}
    one = {(SP, "national"): 3, (SP, "regional"): 8, (SP, "local"): 7}

    assert hidden(many) & {(SP, "local")} == set()
    assert hidden(just, minimum=4) & {("other", "local")} == set()
    assert hidden(both) & {("finance", "local"), (None, "national"), (None, "local")} == set()
    assert hidden(one) & {(SP, "local"), (SP, "regional")} == {(SP, "local")}


def test_no_sum_and_no_chain_of_subtractions_reveals_a_group() -> None:
    # Finance is too few, so agriculture goes too: its only cell must not give it away.
    sum_of_shown = {(SP, "national"): 9, (AG, "national"): 6, ("finance", "national"): 3}
    # Each line alone is safe here; around the square the group of 3 could be computed.
    square = {(SP, "national"): 3, (SP, "local"): 5, (AG, "national"): 5, (AG, "local"): 5}
    # All who answered are of agriculture, so the total would be hers.
    one_sector = FrequencyTable({(AG, "national"): 6, (AG, "local"): 6}, 5)

    assert {(AG, None), (AG, "national")} <= hidden(sum_of_shown)
    assert set(square) <= hidden(square)
    assert TOTAL in suppressed_groups(one_sector, frozenset({(AG, None)}))


def test_a_cell_that_only_several_could_hide_counts_in_no_figure() -> None:
    """One person beside a large group would be half of the total, and so of a rest."""
    table: list[tuple[list[int], int]] = [
        ([9, 1], 1),
        ([9, 2], 1),
        ([9, 3], 2),
        ([9, 9, 9, 9, 9, 1], 5),
        ([9, 2, 2], 1),
        ([9, 2, 2, 2], 4),
        ([9, 4, 1], 2),
        ([1, 1, 1, 1, 1], 5),
    ]
    places = [(sector, tier) for sector in SECTORS for tier in TIERS]

    def counted(sizes: list[int]) -> int:
        return len(FrequencyTable(dict(zip(places, sizes, strict=False)), 5).counted)

    assert [(sizes, counted(sizes)) for sizes, _ in table] == table


def test_sides_of_a_gap_are_not_told_beside_others_that_would_give_a_cell_away() -> None:
    """Each side is six people; with the margins of the table, both leave three."""
    cells = [(sector, tier) for sector in (SP, AG) for tier in TIERS]
    found = question_disclosure(frozenset((cell, 3) for cell in cells), 5)
    side = frozenset({(SP, "national"), (AG, "regional")})
    other = frozenset({(SP, "national"), (AG, "local")})

    assert [
        found.may_be_published_with([one], known)
        for one, known in ((side, []), (other, []), (side, [other]))
    ] == [True, True, False]


@given(SIZES, MINIMUM)
def test_nobody_weighs_more_than_one_of_the_minimum_in_what_can_be_worked_out(
    sizes: dict[Cell, int], minimum: int
) -> None:
    """What is hidden, and every set of cells in which somebody does, stays outside the span of
    what is shown."""
    table, found = FrequencyTable(sizes, minimum), hidden(sizes, minimum)
    shown = [table.members(group) for group in table.groups if group not in found]
    rows = [[Fraction(cell in group) for cell in table.cells] for group in shown]
    rank = rank_of(rows)
    telling = [
        cells
        for size in range(1, min(minimum, len(table.counted) + 1))
        for cells in combinations(table.counted, size)
        if any(size * sizes[cell] < minimum for cell in cells)
    ]

    assert [cells for cells in shown if not weighs_little(cells, sizes, minimum)] == []
    for cells in (*telling, *map(table.members, found)):
        row = [Fraction(cell in cells) for cell in table.cells]
        assert not any(row) or rank_of([*rows, row]) == rank + 1


def weighs_little(cells: Collection[Cell], sizes: dict[Cell, int], minimum: int) -> bool:
    return bool(cells) and all(len(cells) * sizes[cell] >= minimum for cell in cells)


def rank_of(rows: list[list[Fraction]]) -> int:
    rows, rank = [list(row) for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((n for n in range(rank, len(rows)) if rows[n][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        for n in range(rank + 1, len(rows)):
            factor = rows[n][column] / rows[rank][column]
            rows[n] = [a - factor * b for a, b in zip(rows[n], rows[rank], strict=True)]
        rank += 1
    return rank
