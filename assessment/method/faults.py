"""One thing wrong with an instrument, and the few words its checks are written in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with the object of this code."""

    code: str
    message: str


def unless(code: str, *demands: tuple[bool, str]) -> Iterator[Fault]:
    return (Fault(code, message) for met, message in demands if not met)


def known(code: str, what: str, used: Iterable[str], allowed: Iterable[str]) -> Iterator[Fault]:
    return (Fault(code, f"{what} {name} is not known") for name in used if name not in allowed)


def repeated(values: Iterable[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]
