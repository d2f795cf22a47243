from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

from tools.soak.load import paced


@dataclass
class Quick:
    """Somebody whose saves take no time."""

    saves: list[int] = field(default_factory=list)

    def save(self) -> None:
        self.saves.append(1)


def test_everybody_saves_at_the_pace() -> None:
    people = [Quick(), Quick()]

    took = paced(cast("Any", people), pause=0.03, longest=0.1)

    assert [len(one.saves) for one in people] == [4, 3]
    assert len(took) == 7
