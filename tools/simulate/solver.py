"""The least and the most that a sum of unknowns can be, for all that some facts say of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import highspy
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from assessment.instrument.groups import Group

EXACT = 1e-6
"""Points: the solver is right to about this."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One shown figure, as a sum of unknowns.

    `whose` is the shown group whose mean it is, None of a difference; `slack` half of what rounding
    leaves open. Of a figure that is not `weighed` nobody asks how much one person weighs in it.
    """

    name: str
    of: Mapping[Any, float]
    value: float
    whose: Group | None = None
    slack: float = EXACT / 10
    weighed: bool = True


class Solver:
    """By place its bounds, and the facts as rows of a linear program."""

    def __init__(self, bounds: Mapping[Any, tuple[float, float]], facts: Iterable[Fact]) -> None:
        self.at = {place: n for n, place in enumerate(bounds)}
        self.solver = highspy.Highs()  # type: ignore[no-untyped-call]
        self.solver.setOptionValue("output_flag", False)
        self.columns = np.arange(len(bounds), dtype=np.int32)
        for low, high in bounds.values():
            self.solver.addVar(low, high)
        for fact in facts:
            index = np.array([self.at[place] for place in fact.of], dtype=np.int32)
            share = np.array(list(fact.of.values()))
            slack = fact.slack
            self.solver.addRow(fact.value - slack, fact.value + slack, len(index), index, share)

    def width(self, target: Mapping[Any, float]) -> float:
        return -self.least({p: -share for p, share in target.items()}) - self.least(target)

    def least(self, target: Mapping[Any, float]) -> float:
        costs = np.zeros(len(self.at))
        for place, share in target.items():
            costs[self.at[place]] = share
        self.solver.changeColsCost(len(costs), self.columns, costs)
        self.solver.run()
        if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise AssertionError(f"No answers fit the facts: {self.solver.getModelStatus()}")
        return float(self.solver.getObjectiveValue())
