"""docs/security.md names every item, and only tests that exist."""

from __future__ import annotations

import ast
import re
from collections import Counter

from django.conf import settings

from assessment.actions.clean_text import NAME_LIMIT
from assessment.instrument.answers import NOTE_LIMIT
from assessment.interchange.archive import LARGEST_EXPANDED, LARGEST_FILE, MEGABYTE, MOST_ENTRIES
from assessment.management.serving.request import (
    LARGEST_HEADERS,
    MOST_HEADERS,
    PATIENCE,
    SLOWEST,
)
from assessment.management.serving.server import LONGEST_IDLE, MOST_CONNECTIONS, MOST_HELD
from assessment.reports.pdf.printed_text import MOST_LINES
from assessment.web.access import MOST_GRANTS

ITEMS = """
1.1.1-2 1.2.1-5 1.2.9 1.3.1-7 1.3.10-11 1.5.1-2 2.1.1-3 2.2.1-3 2.3.1-4 2.4.1
3.2.1-2 3.3.1-4 3.4.1-6 3.5.1 3.5.3 3.7.2 4.1.1-3 4.2.1 5.1.1 5.2.1-3 5.3.1-2 5.4.1-2
6.1.1 6.2.1-12 6.3.1-4 6.4.1-4 6.5.1-4 6.6.3 7.1.1-2 7.2.1-4 7.3.1-2 7.4.1-5 7.5.1-2 7.6.2
8.1.1-2 8.2.1-3 8.3.1 8.4.1 9.1.1 9.2.1-2 11.4.1-2 11.5.1 12.1.1 12.2.1 12.3.1
13.1.1 13.2.2-5 13.3.1-2 13.4.1-5 14.1.1-2 14.2.1-4 14.3.1-3
15.1.1-3 15.2.1-3 15.3.1-7 16.1.1 16.2.1-5 16.3.1-4 16.4.1-2 16.5.1-3
"""
WRITTEN_DOWN = {
    *("2.1.1", "2.1.3", "5.1.1", "6.1.1", "7.1.1", "7.1.2", "13.1.1", "14.1.1", "14.1.2"),
    *("15.1.1", "15.1.3", "16.1.1"),
}
"""These ask for a document, which is named in place of a test."""
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
STATE = re.compile(r"met|(does not apply|open): .+")


def page() -> str:
    return (settings.BASE_DIR / "docs" / "security.md").read_text()


def rows() -> list[tuple[str, ...]]:
    return ROW.findall(page())


def numbers() -> list[str]:
    found = []
    for item in ITEMS.split():
        chapter, section, last = item.split(".")
        first, _, end = last.partition("-")
        found += [f"{chapter}.{section}.{n}" for n in range(int(first), int(end or first) + 1)]
    return found


def functions(file: str) -> set[str]:
    tree = ast.parse((settings.BASE_DIR / file).read_text())
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_item_stands_once() -> None:
    assert Counter(row[0] for row in rows()) == Counter(numbers())


def test_states_give_their_reason() -> None:
    assert [row[0] for row in rows() if not STATE.fullmatch(row[2])] == []


def test_what_is_met_names_what_shows_it() -> None:
    met = [row for row in rows() if row[2] == "met" and row[0] not in WRITTEN_DOWN]

    assert [row[0] for row in met if not TEST.search(row[3])] == []


def test_what_has_to_be_written_down_is_named_where() -> None:
    written = [row[3] for row in rows() if row[0] in WRITTEN_DOWN]

    assert [where for where in written if not re.search(r"`docs/|below: ", where)] == []


def limits() -> dict[str, str]:
    table = page().partition("## Limits")[2].partition("##")[0]
    return dict(re.findall(r"^\| ([^|]+?) \| ([^|]+?) \|$", table, re.MULTILINE))


def test_limits_are_those_of_the_code() -> None:
    days = settings.SESSION_COOKIE_AGE // 86_400
    megabytes = settings.DATA_UPLOAD_MAX_MEMORY_SIZE / 2**20
    held = {
        "session": f"{days} days; any number a person; "
        f"a device holds at most {MOST_GRANTS} responses",
        "a request": f"{megabytes} MB, {settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:,} fields",
        "a request of the administration": f"{settings.LARGEST_BODY // MEGABYTE} MB",
        "headers of a request": f"{MOST_HEADERS}, {LARGEST_HEADERS // 1024} kB together",
        "an idle connection, and the headers of a request": f"{LONGEST_IDLE} seconds",
        "a body, and an answer until it is taken": f"{PATIENCE} seconds and one more for "
        f"{SLOWEST // 1000} kB",
        "connections at once": f"{MOST_CONNECTIONS:,}",
        "bodies that are not yet answered": f"{MOST_HELD // MEGABYTE} MB together",
        "a note": f"{NOTE_LIMIT:,} characters; in the PDF also {MOST_LINES} lines",
        "a name": f"{NAME_LIMIT} characters",
        "a file of the question bank": f"{LARGEST_FILE // MEGABYTE} MB, unpacked "
        f"{LARGEST_EXPANDED // MEGABYTE} MB, {MOST_ENTRIES} entries",
    }

    assert held.items() <= limits().items()


def test_named_tests_exist() -> None:
    named = set(TEST.findall(page()))

    assert {(file, test) for file, test in named if test not in functions(file)} == set()


def test_named_parts_of_the_page_exist() -> None:
    parts = set(re.findall(r"below: ([A-Z][\w ]+?) \|", page()))

    assert parts - set(re.findall(r"^## (.+)$", page(), re.MULTILINE)) == set()
