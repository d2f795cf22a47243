"""What both tests of the gate draw: the same banks in the same order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, seed, settings
from hypothesis import strategies as st

from tests.gate.given_answers import HIGHEST, MIDDLE, STYLES
from tests.gate.invented_banks import banks

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

SHORT = 25
MOST = settings().max_examples
EXAMPLES = MOST if MOST >= 100 else SHORT
"""A few in the ordinary tests; `--hypothesis-profile=gate` drives five hundred."""
PRINTED_OF_100 = 5


def for_each_bank(test: Callable[..., None]) -> Callable[..., None]:
    """Calls the test with a bank, how it is answered, and whether its report is printed."""
    printed = st.integers(0, 99).map(lambda number: number < PRINTED_OF_100)
    drawn = given(
        made=banks(), style=st.sampled_from((*STYLES, MIDDLE, HIGHEST, HIGHEST)), printed=printed
    )
    decorated: Any = seed(7)(settings(max_examples=EXAMPLES)(drawn(test)))
    return decorated  # type: ignore[no-any-return]
