"""docs/faults_found.md has every row once, and names only tests that exist."""

from __future__ import annotations

import re

from django.conf import settings

from tests.test_security_doc import TEST, functions

ROWS = range(1, 48)
"""Of the report of faults."""
ROW = re.compile(r"^\| (\d+) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)


def rows() -> list[tuple[str, ...]]:
    return ROW.findall((settings.BASE_DIR / "docs" / "faults_found.md").read_text())


def test_every_row_stands_once_in_order() -> None:
    assert [int(row[0]) for row in rows()] == [*ROWS]


def test_what_holds_names_the_test_that_shows_it() -> None:
    bare = [row[0] for row in rows() if not row[2].startswith("open: ")]

    assert [row[0] for row in rows() if row[0] in bare and not TEST.search(row[2])] == []


def test_named_tests_exist() -> None:
    named = {found for row in rows() for found in TEST.findall(row[2])}

    assert {(file, test) for file, test in named if test not in functions(file)} == set()
