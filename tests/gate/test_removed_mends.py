"""The invented banks are hard enough: without a mend one of them passes the gate and then fails.

Only where five hundred are drawn: `--hypothesis-profile=gate`; `-s` shows after how many each is
found. A bank that the whole gate lets through is not walked again, and neither is one that is
refused for something else too: there the mend changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from assessment.instrument.validation.validate import blocking_issues, issues_in
from tests.gate.bank_journey import Journey
from tests.gate.drawn import EXAMPLES, NUMBERS, SHORT, draws_banks
from tests.gate.passing import passes_the_gate
from tests.gate.removed_mends import MENDS, removed

if TYPE_CHECKING:
    from assessment.instrument.issues import Issue
    from tests.gate.invented_banks import InventedBank
    from tests.gate.removed_mends import Mend

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(EXAMPLES == SHORT, reason="asked for by --hypothesis-profile=gate"),
]
Refused = tuple[int, "InventedBank", str, list["Issue"]]


@pytest.fixture(scope="module")
def refused() -> list[Refused]:
    """The banks that the gate refuses, with their place among all and why."""
    found: list[Refused] = []
    number = 0

    def judge(made: InventedBank, style: str, printed: bool) -> None:
        nonlocal number
        number += 1
        if faults := [*blocking_issues(made.instrument), *issues_in(made.instrument)]:
            found.append((number, made, style, faults))

    for change in NUMBERS:
        draws_banks(change, judge)()
    return found


def test_without_a_mend_a_bank_is_found(refused: list[Refused]) -> None:
    """Those without which everything works that people do with the banks that are let through."""
    assert [str(mend) for mend in MENDS if not is_missed(mend, refused)] == []


def is_missed(mend: Mend, refused: list[Refused]) -> bool:
    for number, made, style, faults in refused:
        if all(map(mend.raises, faults)) and (failure := failure_of(made, style, mend)):
            print(f"\n{mend}: found after {number} of {EXAMPLES}, {failure}")  # noqa: T201
            return True
    return False


def failure_of(made: InventedBank, style: str, mend: Mend) -> str:
    """Where the bank fails without the mend, in short; empty where everything works."""
    with removed(mend), transaction.atomic():
        try:
            with transaction.atomic():
                edition = passes_the_gate(made.instrument)
                if edition is not None:
                    Journey(edition, style).walk()
        except Exception as error:  # noqa: BLE001 - whatever people would meet
            return f"{type(error).__name__} {str(error)[:120]!r} after {made.changes}"
        finally:
            transaction.set_rollback(True)
    return ""
