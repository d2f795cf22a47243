"""What many requests need alike: made once by each process, never anything of one person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Value = TypeVar("Value")
Key = tuple[str, ...]


class ProcessCache(Generic[Value]):
    """At most so many by key: the same content, wording and language are made the same."""

    def __init__(self, max_entries: int) -> None:
        self.max_entries = max_entries
        self.values: dict[Key, Value] = {}

    def get(self, key: Key, make: Callable[[], Value]) -> Value:
        found = self.values.get(key)
        if found is None:
            found = make()
            if len(self.values) >= self.max_entries:
                self.values.clear()
            self.values[key] = found
        return found
