"""Which groups stay hidden, attacked from outside."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from assessment.instrument.groups import TOTAL, Cell, Group
from assessment.instrument.model import SECTORS, TIERS
from assessment.method.rounds.disclosure import question_disclosure
from assessment.method.rounds.suppression import FrequencyTable, suppressed_groups

SP, AG = "social_protection", "agriculture"
SIZES = st.dictionaries(
    st.tuples(st.sampled_from(SECTORS), st.sampled_from(TIERS)),
    st.integers(min_value=1, max_value=12),
    min_size=1,
)
MINIMUM = st.integers(min_value=3, max_value=8)


def hidden(sizes: dict[Cell, int], minimum: int = 5) -> set[Group]:
    return set(suppressed_groups(FrequencyTable(sizes, minimum)))


def test_v17_a_small_group_takes_its_sibling_with_it() -> None:
    found = hidden({(SP, "national"): 4, (SP, "local"): 9})

    assert found == {(SP, "national"), (SP, "local"), (None, "national"), (None, "local")}


def test_groups_that_are_large_enough_are_all_shown() -> None:
    assert hidden({(SP, "national"): 5, (AG, "national"): 5}) == set()


def test_small_groups_that_are_many_together_need_no_sibling() -> None:
    sizes = {(SP, "national"): 3, (SP, "regional"): 3, (SP, "local"): 9}

    assert (SP, "local") not in hidden(sizes)


def test_small_groups_of_just_the_minimum_together_need_no_sibling() -> None:
    sizes = {(AG, "national"): 2, ("finance", "regional"): 2, ("other", "local"): 4}

    assert ("other", "local") not in hidden(sizes, minimum=4)


def test_smallest_sibling_is_hidden_first_in_order() -> None:
    sizes = {(SP, "national"): 3, (SP, "regional"): 8, (SP, "local"): 7}

    assert (SP, "local") in hidden(sizes)
    assert (SP, "regional") not in hidden(sizes)


def test_a_single_group_is_hidden_with_everything_that_equals_it() -> None:
    assert hidden({(SP, "national"): 4}) == {
        (SP, "national"),
        (SP, None),
        (None, "national"),
        TOTAL,
    }


def test_hidden_margin_is_not_the_sum_of_shown_cells() -> None:
    """Finance is too few, so agriculture goes too: its only cell must not give it away."""
    sizes = {(SP, "national"): 9, (AG, "national"): 6, ("finance", "national"): 3}
    found = hidden(sizes)

    assert {(AG, None), (AG, "national")} <= found


def test_a_chain_of_subtractions_reveals_nothing() -> None:
    """Each line alone is safe here; around the square the group of 3 could be computed."""
    sizes = {(SP, "national"): 3, (SP, "local"): 5, (AG, "national"): 5, (AG, "local"): 5}

    assert {(SP, "national"), (SP, "local"), (AG, "national"), (AG, "local")} <= hidden(sizes)


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


def test_a_cell_that_does_not_count_hides_nobody() -> None:
    found = hidden({(SP, "national"): 9, (AG, "national"): 9, (AG, "local"): 2})

    assert found == {(AG, "local"), (None, "local")}


def test_a_group_that_is_hidden_already_is_not_told_either() -> None:
    """All who answered are of agriculture, so the total would be hers."""
    table = FrequencyTable({(AG, "national"): 6, (AG, "local"): 6}, 5)

    assert TOTAL in suppressed_groups(table, frozenset({(AG, None)}))


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
def test_nobody_in_a_shown_group_weighs_more_than_one_of_the_minimum(
    sizes: dict[Cell, int], minimum: int
) -> None:
    table, found = FrequencyTable(sizes, minimum), hidden(sizes, minimum)
    for group in set(table.groups) - found:
        cells = table.members(group)
        assert cells
        assert all(len(cells) * sizes[cell] >= minimum for cell in cells)


@given(SIZES, MINIMUM)
def test_nobody_weighs_more_in_what_sums_and_differences_tell(
    sizes: dict[Cell, int], minimum: int
) -> None:
    """Every set of cells in which somebody does stays outside the span of what is shown."""
    table, found = FrequencyTable(sizes, minimum), hidden(sizes, minimum)
    shown = [table.members(group) for group in table.groups if group not in found]
    rows = [[Fraction(cell in group) for cell in table.cells] for group in shown]
    rank = rank_of(rows)
    for size in range(1, min(minimum, len(table.counted) + 1)):
        for cells in combinations(table.counted, size):
            if any(size * sizes[cell] < minimum for cell in cells):
                row = [Fraction(cell in cells) for cell in table.cells]
                assert rank_of([*rows, row]) == rank + 1


@given(SIZES, MINIMUM)
def test_what_is_called_hidden_cannot_be_worked_out(sizes: dict[Cell, int], minimum: int) -> None:
    table, found = FrequencyTable(sizes, minimum), hidden(sizes, minimum)
    shown = [table.members(group) for group in table.groups if group not in found]
    rows = [[Fraction(cell in group) for cell in table.cells] for group in shown]
    rank = rank_of(rows)
    for group in found:
        row = [Fraction(cell in table.members(group)) for cell in table.cells]
        assert not any(row) or rank_of([*rows, row]) == rank + 1


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
