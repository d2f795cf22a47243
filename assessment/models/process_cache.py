"""What one process keeps from one request to the next to draw and save: all of it is declared here.

*Never private*: nothing that a person gave is part of a key or of a value; answers, notes and
tokens are put into their places when a page is drawn. *Never stale*: a text that changed has
another hash, an edition that changed another version, and columns change only with the program.
*Bound*: a cache that is full is emptied and fills again.

*Figures* (`manage.py bench --only pages`, in empty views of the same site; a question page may cost
10, an autosave 5): without `SQL` and `EDITIONS` a page costs 3 more and an autosave 4 more; without
`QUESTION_HTML` a page 4 more, without `QUESTION_FIELDS` or the frame's sentences (the tag
`cache_per_language`) 0.6 more each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.forms import Field
    from django.utils.safestring import SafeString

    from assessment.models.editions import Edition

Cached = TypeVar("Cached")
Key = tuple[str, ...]


class ProcessCache(Generic[Cached]):
    """At most `max_entries` values; two threads may make the same one, and both are right."""

    def __init__(self, max_entries: int) -> None:
        self.max_entries = max_entries
        self.values: dict[Key, Cached] = {}

    def get(self, key: Key, make: Callable[[], Cached]) -> Cached:
        found = self.values.get(key)
        if found is None:
            found = make()
            if len(self.values) >= self.max_entries:
                self.values.clear()
            self.values[key] = found
        return found


MOST_LANGUAGES = 16

SQL: ProcessCache[str] = ProcessCache(16)
"""By the name of the query and the kind of database; values are never part of it."""
EDITIONS: ProcessCache[Edition] = ProcessCache(64)
"""Published editions by row and version."""
QUESTION_FIELDS: ProcessCache[dict[str, Field]] = ProcessCache(4096)
"""By the hash of the edition's texts, the question, its wording and the language."""
QUESTION_HTML: ProcessCache[Mapping[str, SafeString]] = ProcessCache(4096)
"""What no answer changes; by the same, whether it is shown and has an error, and its terms."""
