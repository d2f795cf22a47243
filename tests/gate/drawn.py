"""What both tests of the gate draw: the same banks in the same order."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from hypothesis import given, seed, settings
from hypothesis import strategies as st

from tests.gate.given_answers import HIGHEST, MIDDLE, STYLES
from tests.gate.invented_banks import banks, numbers_of_examples

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from tests.gate.changes.change import Change

SHORT = 25
MOST = settings().max_examples
EXAMPLES = MOST if MOST >= 100 else SHORT
"""A few in the ordinary tests; `--hypothesis-profile=gate` drives five hundred."""
SEED = int(os.environ.get("ARTICULA_GATE_SEED", "7"))
"""Another one draws other banks."""
PRINTED_OF_100 = 5
NUMBERS = numbers_of_examples(EXAMPLES)
"""How many banks are drawn of each change."""

ABOUT = sorted({change.__module__.rpartition(".")[2] for change in NUMBERS})
"""What a bank is changed in: the files of changes/."""


def draws_banks_about(about: str, test: Callable[..., None]) -> None:
    """Draws the banks of every change of one file; what fails is told with its change."""
    failed: list[Exception] = []
    for change in NUMBERS:
        if change.__module__.endswith(f".{about}"):
            try:
                draws_banks(change, test)()
            except Exception as error:  # noqa: BLE001 - whatever people would meet
                error.add_note(f"after the change {change.__name__}")
                failed.append(error)
    if failed:
        raise ExceptionGroup(f"banks with other {about}", failed)


def draws_banks(change: Change, test: Callable[..., None]) -> Callable[[], None]:
    """Calls the test with a bank, how it is answered, and whether its report is printed."""
    printed = st.integers(0, 99).map(lambda number: number < PRINTED_OF_100)
    drawn = given(
        made=banks(change),
        style=st.sampled_from((*STYLES, MIDDLE, HIGHEST, HIGHEST)),
        printed=printed,
    )
    number = settings(max_examples=NUMBERS[change])
    decorated: Any = seed(f"{SEED} {change.__name__}")(number(drawn(test)))
    return decorated  # type: ignore[no-any-return]
