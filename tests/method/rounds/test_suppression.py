"""Which groups stay hidden, attacked from outside."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from assessment.instrument.groups import TOTAL, Cell, Group
from assessment.instrument.model import SECTORS, TIERS
from assessment.method.rounds.suppression import FrequencyTable, suppressed_groups

SP, AG = "social_protection", "agriculture"
SIZES = st.dictionaries(
    st.tuples(st.sampled_from(SECTORS), st.sampled_from(TIERS)),
    st.integers(min_value=1, max_value=12),
    min_size=1,
)
MINIMUM = st.integers(min_value=3, max_value=8)


def hidden(sizes: dict[Cell, int], minimum: int = 5) -> set[Group]:
    return set(suppressed_groups(sizes, minimum))


def test_v17_a_small_group_takes_its_sibling_with_it() -> None:
    found = hidden({(SP, "national"): 4, (SP, "local"): 9})

    assert found == {(SP, "national"), (SP, "local"), (None, "national"), (None, "local")}


def test_groups_that_are_large_enough_are_all_shown() -> None:
    assert hidden({(SP, "national"): 5, (AG, "national"): 5}) == set()


def test_small_groups_that_are_many_together_need_no_sibling() -> None:
    sizes = {(SP, "national"): 3, (SP, "regional"): 3, (SP, "local"): 9}

    assert (SP, "local") not in hidden(sizes)


def test_small_groups_of_just_the_minimum_together_need_no_sibling() -> None:
    sizes = {(AG, "national"): 1, ("finance", "regional"): 2, ("other", "local"): 3}

    assert ("other", "local") not in hidden(sizes, minimum=3)


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
    sizes = {(SP, "national"): 9, (AG, "national"): 6, ("finance", "national"): 2}
    found = hidden(sizes)

    assert {(AG, None), (AG, "national")} <= found


def test_a_chain_of_subtractions_reveals_nothing() -> None:
    """Each line alone is safe here; around the square the group of 3 could be computed."""
    sizes = {(SP, "national"): 3, (SP, "local"): 5, (AG, "national"): 5, (AG, "local"): 5}

    assert {(SP, "national"), (SP, "local"), (AG, "national"), (AG, "local")} <= hidden(sizes)


@given(SIZES, MINIMUM)
def test_shown_groups_have_the_minimum(sizes: dict[Cell, int], minimum: int) -> None:
    table, found = FrequencyTable(sizes), hidden(sizes, minimum)

    assert all(table.n(group) >= minimum for group in table.groups if group not in found)
    assert (TOTAL in found) is (sum(sizes.values()) < minimum)


@given(SIZES, MINIMUM)
def test_no_subtraction_along_a_line_reveals_fewer(sizes: dict[Cell, int], minimum: int) -> None:
    table, found = FrequencyTable(sizes), hidden(sizes, minimum)
    for parts, whole in table.lines():
        shown = [group for group in parts if group not in found]
        for size in range(1, len(shown) + 1 if whole not in found else 0):
            for some in combinations(shown, size):
                rest = table.n(whole) - sum(table.n(group) for group in some)
                assert rest == 0 or rest >= minimum


@given(SIZES, MINIMUM)
def test_no_sums_and_differences_reveal_fewer(sizes: dict[Cell, int], minimum: int) -> None:
    """Every set of cells that is too small stays outside the span of what is shown."""
    table, found = FrequencyTable(sizes), hidden(sizes, minimum)
    shown = [table.members(group) for group in table.groups if group not in found]
    rows = [[Fraction(cell in group) for cell in table.cells] for group in shown]
    rank = rank_of(rows)
    for size in range(1, min(minimum, len(table.cells) + 1)):
        for cells in combinations(table.cells, size):
            if sum(sizes[cell] for cell in cells) < minimum:
                row = [Fraction(cell in cells) for cell in table.cells]
                assert rank_of([*rows, row]) == rank + 1


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
