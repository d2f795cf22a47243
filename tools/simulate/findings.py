"""What an attacker must not find."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`kind`: exact | narrow | heavy (a person weighs too much in a figure) | untrue (a figure is
    another than this attacker thinks, so what she finds is worth nothing).
    """

    kind: str
    what: str
    points: float
