"""What decides whether a question is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.instrument.conditions.evaluate import names

if TYPE_CHECKING:
    from assessment.instrument.model import Question


def condition_names(question: Question) -> frozenset[str]:
    return frozenset() if question.shown_if is None else names(question.shown_if)


def deciding_codes(question: Question) -> frozenset[str]:
    """The codes of the questions whose answers decide whether this one is shown."""
    used = (name.split(".") for name in condition_names(question))
    return frozenset(parts[1] for parts in used if parts[0] in {"answer", "points"})
