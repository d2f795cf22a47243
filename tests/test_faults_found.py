"""docs/faults_found.md has every row once, each with a test."""

from __future__ import annotations

import re

from django.conf import settings

from tests.test_security_doc import TEST

ROWS = range(1, 48)
"""Of the report of faults."""
ROW = re.compile(r"^\| (\d+) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)


def rows() -> list[tuple[str, ...]]:
    return ROW.findall((settings.BASE_DIR / "docs" / "faults_found.md").read_text())


def test_every_row_stands_once_in_order_and_names_the_test_that_shows_it() -> None:
    """That each exists, tests/test_documents.py shows."""
    found = [
        (int(row[0]), bool(TEST.search(row[2]) or row[2].startswith("open: "))) for row in rows()
    ]

    assert found == [(number, True) for number in ROWS]
