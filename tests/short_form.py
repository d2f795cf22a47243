"""The short form of tests that go through very much: a draw, the same in every run.

`python -m tools.whole_tests` lets them go through all of it, which takes many times as long.
"""

from __future__ import annotations

import os
from random import Random
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

T = TypeVar("T")
WHOLE = os.environ.get("WHOLE_TESTS") == "1"
SEED = 20261130


def drawn(among: Iterable[T], number: int, *, of: str = "") -> list[T]:
    """So many of them in their order; all of them in the whole form.

    Where each row of a table draws for itself, `of` is the name of its row: each draws others.
    """
    found = list(among)
    if WHOLE or number >= len(found):
        return found
    return [found[at] for at in sorted(Random(f"{SEED} {of}").sample(range(len(found)), number))]
