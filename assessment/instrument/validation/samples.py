"""Rules that nobody has seen at work: no stored sample response makes them true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.instrument.conditions.evaluate import names
from assessment.instrument.validation.issues import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from assessment.instrument.model import Instrument, Rule

OF_ROUNDS = ("gap.", "disagreement.")
NEVER_TRIED = "No stored sample response makes this rule true: it has never been tried."
ONLY_IN_ROUNDS = (
    "No stored sample response makes this rule true: only several respondents together can."
)


def untested_rules(
    instrument: Instrument, samples: Sequence[Mapping[str, bool | None]]
) -> Iterator[Issue]:
    """`samples` holds, for each stored sample response, the verdict of each rule by its code."""
    for rule in instrument.rules:
        if not any(verdicts.get(rule.code) for verdicts in samples):
            yield Issue(rule.code, ONLY_IN_ROUNDS if _of_rounds(rule) else NEVER_TRIED)


def _of_rounds(rule: Rule) -> bool:
    return any(name.startswith(OF_ROUNDS) for name in names(rule.when))
