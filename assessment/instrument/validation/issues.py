"""One thing wrong with an instrument, and the few words its checks are written in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing wrong with the object of this code, none where it is the edition itself.

    `place` is the field, as in `text` or `options/none/text`. What `blocks_saving` names a code
    that is not there or stands twice: no draft can hold it, whereas all else may wait for its
    author and keeps the draft only from being published.
    """

    code: str
    message: str
    place: str = field(default="", compare=False)
    blocks_saving: bool = field(default=False, compare=False)


MOST_LISTED = 10
"""So many allowed values are listed by name; of more it is only said that one is not among them."""


def issues_unless(code: str, *demands: tuple[bool, str, str]) -> Iterator[Issue]:
    """A fault for each demand that is not met; it says where, and what is wrong there."""
    return (Issue(code, message, place) for met, place, message in demands if not met)


def empty_field(label: str) -> str:
    """`label` is that of the field in the administration, here and below."""
    return f"The field “{label}” is empty."


def unknown_references(
    code: str, place: str, label: str, used: Iterable[str], allowed: Iterable[str]
) -> Iterator[Issue]:
    allowed = tuple(allowed)
    return (
        Issue(code, _unknown_value_message(label, name, allowed), place, blocks_saving=True)
        for name in used
        if name not in allowed
    )


def _unknown_value_message(label: str, name: str, allowed: tuple[str, ...]) -> str:
    offered = [value for value in allowed if value]
    if not 0 < len(offered) <= MOST_LISTED:
        return f"The field “{label}” says {name}, which does not exist in this edition."
    return f"The field “{label}” says {name}. It can say: {', '.join(offered)}."


def repeated(values: Iterable[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]
