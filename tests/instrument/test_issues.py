"""What is wrong, as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.instrument.answers import BadAnswer
from assessment.instrument.issues import Issue, Where, issues_unless
from assessment.interchange.assessment_json import WrongFile
from assessment.interchange.refusal import FileFault
from tests.tables import raised

if TYPE_CHECKING:
    from collections.abc import Callable

PC1 = Where("questions", "PC1")


def test_params_are_those_of_the_code() -> None:
    table: list[Callable[[], object]] = [
        lambda: Issue("unknown_name"),
        lambda: Issue("never_true", params={"name": "level.PC"}),
        lambda: FileFault("code_in_row"),
        lambda: BadAnswer("not_whole", region="LA"),
        lambda: WrongFile("too_large"),
    ]

    for make in table:
        raised(TypeError, make)


def test_issues_are_those_whose_demand_is_not_met() -> None:
    """One that blocks saving is otherwise the same."""
    wrong, blocking = PC1.issue("kind", "five_levels"), PC1.blocking_issue("kind", "five_levels")

    assert list(issues_unless((True, PC1.issue("text", "empty_field")), (False, wrong))) == [wrong]
    assert (blocking, blocking.blocks_saving) == (wrong, True)
