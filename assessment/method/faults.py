"""One thing wrong with an instrument, and the few words its checks are written in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with the object of this code, none where it is the edition itself.

    `column` names the field of the method's class where the fault is known to stand in one.
    """

    code: str
    message: str
    column: str = field(default="", compare=False)


MOST_LISTED = 10
"""So many values are told by name; of more it is only told that one is not among them."""


def unless(code: str, *demands: tuple[bool, str]) -> Iterator[Fault]:
    return (Fault(code, message) for met, message in demands if not met)


def empty(label: str) -> str:
    """`label` is that of the field in the administration, here and below."""
    return f"The field “{label}” is empty."


def known(code: str, label: str, used: Iterable[str], allowed: Iterable[str]) -> Iterator[Fault]:
    allowed = tuple(allowed)
    return (Fault(code, _strange(label, name, allowed)) for name in used if name not in allowed)


def _strange(label: str, name: str, allowed: tuple[str, ...]) -> str:
    offered = [value for value in allowed if value]
    if not 0 < len(offered) <= MOST_LISTED:
        return f"The field “{label}” says {name}, which does not exist in this edition."
    return f"The field “{label}” says {name}. It can say: {', '.join(offered)}."


def repeated(values: Iterable[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]
