from __future__ import annotations

from pathlib import Path

import pytest
from django.db import DatabaseError, connection

from assessment.models import Edition
from assessment.reports.current_instrument import current_instrument
from tests.bank_fixtures import bank_in_database, edition

__all__ = ["bank_in_database", "edition"]


def test_published_edition_is_used(edition: Edition) -> None:
    assert current_instrument().number == edition.number


def test_seeds_are_used_where_nothing_is_published(edition: Edition) -> None:
    Edition.objects.update(state=Edition.State.RETIRED)

    assert current_instrument().number is None


def test_seeds_are_used_where_no_database_stands(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if connection.vendor != "sqlite":
        return
    monkeypatch.setitem(connection.settings_dict, "NAME", str(tmp_path / "gone.sqlite3"))

    assert (current_instrument().number, list(tmp_path.iterdir())) == (None, [])


def test_seeds_are_used_where_the_database_fails(db: None) -> None:
    def broken(*_given: object) -> None:
        raise DatabaseError

    with connection.execute_wrapper(broken):
        assert current_instrument().number is None
