"""What one process keeps from one request to the next to draw and save: all of it is declared here.

*Never private*, but for `RESULT_PAGES`: nothing that a person gave is part of a key or of a value;
answers, notes and tokens are put into their places when a page is drawn. *Never stale*: a text that
changed has another hash, an edition that changed another version, and columns change only with the
program. *Bound*: a cache that is full is emptied and fills again; the pages of results go one by
one, the one that was asked for longest ago first.

`RESULT_PAGES` holds words of respondents, and so three things more. *Asked every time*: a page is
looked for only for somebody whom `web/access.py` has just let in to that response
(`web/report_pages.py`, the only file that reads it), and the response is part of its key, so that
none is ever found for another. *Nothing of a session*: what is kept was drawn without a request, so
it has no token, nonce or message. *Nothing old*: the key is a hash over everything that can change
after a result was stored: the texts, corrections and withdrawal of its edition, the names of the
scheme, every answer and note, where she works, and that a newer revision took its place.

*Figures* (`manage.py bench --only pages`, in empty views of the same site; a question page may cost
10, an autosave 5): without `SQL` and `EDITIONS` a page costs 3 more and an autosave 4 more; without
`QUESTION_HTML` a page 4 more, without `QUESTION_FIELDS` or the frame's sentences (the tag
`cache_per_language`) 0.6 more each. The largest page of a result costs 7 ms of processor time and
5 queries when it is kept, 64 ms and 10 queries when it is new (`--only report_page`).
"""

from __future__ import annotations

import zlib
from collections import OrderedDict
from threading import Lock
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


class RecentTexts:
    """Texts, compressed, of at most `max_bytes` together; threads take turns."""

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self.bytes = 0
        self.values: OrderedDict[str, bytes] = OrderedDict()
        self.lock = Lock()

    def find(self, key: str) -> str | None:
        with self.lock:
            found = self.values.get(key)
            if found is not None:
                self.values.move_to_end(key)
        return None if found is None else zlib.decompress(found).decode()

    def keep(self, key: str, text: str) -> None:
        """Instead of what was asked for longest ago, until there is room."""
        stored = zlib.compress(text.encode())
        with self.lock:
            self.bytes += len(stored) - len(self.values.pop(key, b""))
            self.values[key] = stored
            while self.bytes > self.max_bytes:
                self.bytes -= len(self.values.popitem(last=False)[1])

    def clear(self) -> None:
        with self.lock:
            self.values.clear()
            self.bytes = 0


MOST_LANGUAGES = 16

SQL: ProcessCache[str] = ProcessCache(16)
"""By the name of the query and the kind of database; values are never part of it."""
EDITIONS: ProcessCache[Edition] = ProcessCache(64)
"""Published editions by row and version."""
QUESTION_FIELDS: ProcessCache[dict[str, Field]] = ProcessCache(4096)
"""By the hash of the edition's texts, the question, its wording and the language."""
QUESTION_HTML: ProcessCache[Mapping[str, SafeString]] = ProcessCache(4096)
"""What no answer changes; by the same, whether it is shown and has an error, and its terms."""
RESULT_PAGES = RecentTexts(16 * 1024 * 1024)
"""Pages of reports, about 2,000 of them, by the hash of all they were drawn from."""
SAMPLE_HTML: ProcessCache[Mapping[str, str]] = ProcessCache(256)
"""The invented example, by the edition, the hash of its texts, the language and the part; a
part takes 100 ms to judge and draw, and is at most 300 kB."""
