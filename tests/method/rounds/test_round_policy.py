"""Over whom answers to one question may be added up, beside everything that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.method.rounds.round_policy import disclosed_cells
from tests.instrument.build import instrument, level, person

if TYPE_CHECKING:
    from assessment.instrument.groups import Cell
    from assessment.method.result import Respondent

SP, AG = "social_protection", "agriculture"
BANK = instrument(level("HC1", "HC"), level("HC2", "HC"))


def several(n: int, sector: str, tier: str, **answers: int) -> list[Respondent]:
    return [person(BANK, answers, tier, sector)] * n


def told(*people: Respondent, code: str = "HC1") -> frozenset[Cell]:
    return disclosed_cells(BANK, {}, people, minimum=5, code=code)


def test_answers_are_added_up_over_shown_groups() -> None:
    """A shown group in which nobody answered counts; nobody is in no group."""
    shown = [*several(5, SP, "national", HC1=3), *several(6, AG, "national", HC1=1)]
    silent = several(5, SP, "national", HC2=3)
    table: list[tuple[list[Respondent], frozenset[Cell]]] = [
        (
            [*shown, *several(2, AG, "local", HC1=4)],
            frozenset({(SP, "national"), (AG, "national")}),
        ),
        ([*silent, *several(2, AG, "national", HC2=1)], frozenset({(SP, "national")})),
        ([], frozenset()),
    ]

    assert [(people, told(*people)) for people, _ in table] == table
