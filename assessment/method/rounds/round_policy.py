"""What of a round may be shown, by the sizes of its groups and by the figures themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.method.rounds.cells import cells_of
from assessment.method.rounds.disclosure import disclosure_policy
from assessment.method.rounds.edges import without_edges
from assessment.method.rounds.gaps import compared_axes, compared_sides

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from assessment.instrument.groups import Cell
    from assessment.instrument.model import Instrument
    from assessment.method.result import Respondent
    from assessment.method.rounds.cells import Cells
    from assessment.method.rounds.disclosure import DisclosurePolicy
    from assessment.method.rounds.gaps import ComparedAxis


def policy_of_round(
    instrument: Instrument, cells: Cells, minimum: int
) -> tuple[DisclosurePolicy, tuple[ComparedAxis, ...]]:
    """With the axes along which its groups are compared."""
    by_size = disclosure_policy(cells, minimum)
    compared = compared_axes(by_size)
    return without_edges(instrument, cells, by_size, compared_sides(compared)), compared


def disclosed_cells(
    instrument: Instrument,
    profile: Mapping[str, int | str],
    respondents: Iterable[Respondent],
    *,
    minimum: int,
    code: str,
) -> frozenset[Cell]:
    """The cells whose own mean of the question may be known.

    Whatever is added up of their people alone tells nothing more of a hidden group: the policy
    takes the mean of each of them for known already. None in a round of too few.
    """
    cells = cells_of(instrument, profile, respondents)
    if not cells:
        return frozenset()
    policy, _compared = policy_of_round(instrument, cells, minimum)
    return told_cells(policy, code)


def told_cells(policy: DisclosurePolicy, code: str) -> frozenset[Cell]:
    """Those whose mean may be known, and of the shown groups those in which nobody answered it."""
    answered = policy.questions[code].table.cells
    shown = (cell for cell in policy.table.cells if cell not in policy.suppressed)
    return frozenset(c for c in shown if c not in answered or policy.is_disclosed(code, c))
