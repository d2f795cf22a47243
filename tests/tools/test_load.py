from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

from tools.soak.load import save_at_pace


@dataclass
class QuickVisitor:
    """Somebody whose saves take no time."""

    saves: list[int] = field(default_factory=list)

    def save(self) -> None:
        self.saves.append(1)


def test_everybody_saves_at_the_pace() -> None:
    visitors = [QuickVisitor(), QuickVisitor()]

    seconds = save_at_pace(cast("Any", visitors), pause=0.03, longest=0.1)

    assert [len(visitor.saves) for visitor in visitors] == [4, 3]
    assert len(seconds) == 7
