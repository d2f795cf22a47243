"""Rules that nobody has seen at work: no stored sample response makes them true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.instrument.conditions.evaluate import names
from assessment.instrument.issues import Where

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from assessment.instrument.issues import Issue
    from assessment.instrument.model import Instrument, Rule

OF_ROUNDS = ("gap.", "disagreement.")


def untested_rules(
    instrument: Instrument, samples: Sequence[Mapping[str, bool | None]]
) -> Iterator[Issue]:
    """`samples` holds, for each stored sample response, the verdict of each rule by its code."""
    for rule in instrument.rules:
        if not any(verdicts.get(rule.code) for verdicts in samples):
            code = "tried_only_in_rounds" if _of_rounds(rule) else "never_tried"
            yield Where("rules", rule.code).issue("when", code)


def _of_rounds(rule: Rule) -> bool:
    return any(name.startswith(OF_ROUNDS) for name in names(rule.when))
