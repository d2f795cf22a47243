"""What many requests need alike: made once by each process, never anything of one person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Made = TypeVar("Made")
Key = tuple[str, ...]


class ProcessCache(Generic[Made]):
    """At most so many by key: the same content, wording and language are made the same."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.made: dict[Key, Made] = {}

    def get(self, key: Key, make: Callable[[], Made]) -> Made:
        found = self.made.get(key)
        if found is None:
            found = make()
            if len(self.made) >= self.most:
                self.made.clear()
            self.made[key] = found
        return found
