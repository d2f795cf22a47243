"""Checking a condition against an instrument: known names, fitting values, able to be true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.instrument.conditions.evaluate import comparisons, names
from assessment.instrument.conditions.grammar import FAMILIES
from assessment.instrument.conditions.names import domain_of
from assessment.instrument.conditions.satisfiability import satisfiable
from assessment.instrument.issues import Issue

if TYPE_CHECKING:
    from assessment.instrument.conditions.grammar import Condition
    from assessment.instrument.model import Instrument

ANSWER_FAMILIES = frozenset({"answer", "points", "profile"})
"""What the condition of a question may speak of: all else exists only once there is a result."""


def check(
    condition: Condition, instrument: Instrument, *, families: frozenset[str] = frozenset(FAMILIES)
) -> list[Issue]:
    """What is wrong with the condition in this instrument, whatever field it stands in.

    `families` are those it may use. Unknown names first, then values that do not fit, and whether
    it can be true last: each needs what stands before it to be sound.
    """
    domains = {name: domain_of(name, instrument) for name in sorted(names(condition))}
    early = [name for name in domains if name.partition(".")[0] not in families]
    unknown = [name for name, found in domains.items() if found is None]
    faults = [Issue("name_too_early", params={"name": name}) for name in early]
    faults += [Issue("unknown_name", params={"name": name}) for name in unknown]
    if faults:
        return faults
    known = {name: found for name, found in domains.items() if found is not None}
    parts = list(dict.fromkeys(comparisons(condition.tree)))
    faults = [fault for part in parts if (fault := known[part.name].fault(part))]
    return faults or ([] if satisfiable(condition.tree, instrument) else [Issue("never_true")])
