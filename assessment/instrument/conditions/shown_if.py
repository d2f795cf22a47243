"""What decides whether a question is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.instrument.conditions.evaluate import names

if TYPE_CHECKING:
    from assessment.instrument.conditions.grammar import Condition


def condition_names(shown_if: Condition | None) -> frozenset[str]:
    return frozenset() if shown_if is None else names(shown_if)


def deciding_codes(shown_if: Condition | None) -> frozenset[str]:
    """The codes of the questions whose answers decide whether one with this condition is shown."""
    used = (name.split(".") for name in condition_names(shown_if))
    return frozenset(parts[1] for parts in used if parts[0] in {"answer", "points"})
