"""What several checks look for: codes that are not there, values that stand twice."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assessment.instrument.issues import Issue, Where
    from assessment.instrument.model import Instrument

PARTS = (
    "regions",
    "sources",
    "findings",
    "dimensions",
    "questions",
    "cases",
    "rules",
    "terms",
    "roles",
    "packages",
    "patterns",
)
MOST_LISTED = 10
"""So many values can be chosen from by name; of more, one is only not among them."""


def finding_regions(instrument: Instrument) -> tuple[str, ...]:
    """What a finding or rule may speak of: everywhere, or a region of this edition."""
    return ("ALL", *(region.code for region in instrument.regions))


def empty_fields(at: Where, part: object, *fields: str) -> Iterator[Issue]:
    return (at.issue(field, "empty_field") for field in fields if not getattr(part, field))


def unknown_references(
    at: Where, field: str, used: Iterable[str], allowed: Iterable[str]
) -> Iterator[Issue]:
    offered = tuple(allowed)
    return (_unknown_value(at, field, name, offered) for name in used if name not in offered)


def _unknown_value(at: Where, field: str, name: str, allowed: tuple[str, ...]) -> Issue:
    choices = tuple(value for value in allowed if value)
    if 0 < len(choices) <= MOST_LISTED:
        return at.blocking_issue(field, "unknown_choice", value=name, choices=choices)
    return at.blocking_issue(field, "unknown_reference", value=name)


def repeated(values: Iterable[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]
