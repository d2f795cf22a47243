"""What many requests need alike: made once by each process, never anything of one person.

The rule for every key: it names the content by `Instrument.texts_hash`, the language, and whatever
else the value is made of, so that a value can never be stale. A new edition, a correction or a
better translation is another key. Where anything of one person would be in the value, it is not
cached: forms and pages are cached with empty slots, filled for each person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Value = TypeVar("Value")
Key = tuple[str, ...]


class ProcessCache(Generic[Value]):
    """At most so many by key; when it is full all go, which is cheaper than knowing the oldest.

    Two threads may make the same value at once; either is right, and one stays.
    """

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
