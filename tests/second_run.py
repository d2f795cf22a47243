"""What the second run, on PostgreSQL, takes: every statement of the site once, not every test.

The first run writes down which statements each test asks (`--record`). The second one
(`--database`) takes the folders of `ALWAYS`, where values, locks and faults differ by the database,
and of the others the quickest tests that ask what these do not. A test of which nothing is written
down runs.
"""

from __future__ import annotations

import json
import re
import time
from contextlib import contextmanager
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

ROOT = Path(__file__).parent.parent
RECORDS = ROOT / ".pytest_cache" / "statements"
ALWAYS = (
    "actions/accounts",
    "actions/joint_sessions",
    "actions/mail",
    "actions/organisations",
    "actions/plans",
    "actions/report_files",
    "actions/responses",
    "actions/rounds",
    "actions/sign_offs",
    "admin/core/test_bad_requests.py",
    "concurrency",
    "hostile/test_found.py",
    "hostile/test_requests.py",
    "hostile/test_text_door.py",
    "hostile/test_text_of_the_world.py",
    "management/test_background.py",
    "management/test_worker.py",
    "models",
    "test_schema.py",
    "test_tasks.py",
    "tools",
    "upgrade",
    "web/test_parallel.py",
)
DRAWN = (
    "actions/rounds/test_disclosure.py",
    "admin/test_groups.py",
    "admin/test_keys.py",
    "gate",
    "hostile/test_headers.py",
    "web/test_policy.py",
    "web/test_pseudo_language.py",
    "web/test_translated_pages.py",
)
"""Go over every page or figure of the site, and are never taken for one statement more."""
VALUES = re.compile(r"'[^']*'|%s|\?|\b\d+\b")
IN_BRACKETS = re.compile(r"\(\s*#(?:\s*,\s*#)*\s*\)")
IN_A_ROW = re.compile(r"#(?:\s*,\s*#)+")
CASES = re.compile(r"(?:WHEN .*? THEN \S+\s*)+")
NO_STATEMENTS = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "PRAGMA")


class Asked(NamedTuple):
    """The statements of one test, each by its short name, and the seconds the test took."""

    statements: frozenset[str]
    seconds: float


@lru_cache(maxsize=10_000)
def name_of(sql: str) -> str:
    """The same for other values and another number of them; empty where nothing is asked."""
    if sql.startswith(NO_STATEMENTS):
        return ""
    for pattern in (VALUES, IN_BRACKETS, IN_A_ROW, CASES):
        sql = pattern.sub("#", sql)
    return sha256(sql.encode()).hexdigest()[:12]


class Recorder:
    """Writes down what the tests of one process ask."""

    def __init__(self, process: str) -> None:
        self.file = RECORDS / f"{process}.json"
        self.found: dict[str, tuple[list[str], float]] = {}

    @contextmanager
    def around(self, test: str) -> Iterator[None]:
        """Notes what is asked within it, in this thread, as what this test asks."""
        asked: set[str] = set()

        def note(execute: Callable[..., Any], sql: Any, *more: Any) -> Any:
            asked.add(name_of(str(sql)))
            return execute(sql, *more)

        wrappers, began = connection.execute_wrappers, time.process_time()
        wrappers.append(note)
        try:
            yield
        finally:
            wrappers.remove(note)
            self.found[test] = sorted(asked - {""}), time.process_time() - began

    def write(self) -> None:
        RECORDS.mkdir(parents=True, exist_ok=True)
        self.file.write_text(json.dumps(self.found), encoding="utf-8")


def read_records() -> dict[str, Asked]:
    return {
        test: Asked(frozenset(statements), seconds)
        for file in sorted(RECORDS.glob("*.json"))
        for test, (statements, seconds) in json.loads(file.read_text(encoding="utf-8")).items()
    }


def stands_in(test: str, places: tuple[str, ...]) -> bool:
    """Whether its file is one of these or stands in one of these folders."""
    file = test.partition("::")[0].removeprefix("tests/") + "/"
    return file.startswith(tuple(f"{place}/" for place in places))


def taken(tests: Iterable[str], records: Mapping[str, Asked]) -> set[str]:
    """Of these tests those that run on the second database too."""
    tests = sorted(test for test in tests if not stands_in(test, DRAWN))
    chosen = {test for test in tests if stands_in(test, ALWAYS) or test not in records}
    waiting = {test: records[test] for test in tests if test not in chosen}
    asked = {one for test in chosen & records.keys() for one in records[test].statements}
    while waiting:
        best = max(waiting, key=lambda test: worth(waiting[test], asked))
        if not waiting[best].statements - asked:
            break
        asked |= waiting.pop(best).statements
        chosen.add(best)
    return chosen


def worth(test: Asked, asked: set[str]) -> float:
    """How many statements more for each second; to make the test ready takes a little too."""
    return len(test.statements - asked) / (0.1 + test.seconds)
