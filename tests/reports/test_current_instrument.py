from __future__ import annotations

from pathlib import Path

import pytest
from django.db import DatabaseError, connection

from assessment.models import Edition
from assessment.reports.current_instrument import current_instrument
from tests.bank_fixtures import bank_in_database, edition

__all__ = ["bank_in_database", "edition"]


def test_published_edition_is_used_and_the_seeds_where_there_is_none(edition: Edition) -> None:
    published = current_instrument().number
    Edition.objects.update(state=Edition.State.RETIRED)

    assert (published, current_instrument().number) == (edition.number, None)


def test_seeds_are_used_where_the_database_fails_or_does_not_stand(
    edition: Edition, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """No file is made for it. One is published, which is used where the database is asked."""

    def broken(*_given: object) -> None:
        raise DatabaseError

    with connection.execute_wrapper(broken):
        assert current_instrument().number is None
    if connection.vendor == "sqlite":
        monkeypatch.setitem(connection.settings_dict, "NAME", str(tmp_path / "gone.sqlite3"))
        assert (current_instrument().number, list(tmp_path.iterdir())) == (None, [])
