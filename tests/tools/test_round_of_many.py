"""A round of many asks the database no more often than one of a few."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bank_fixtures import bank_in_database, edition
from tools.bench.measured_site import MeasuredSite
from tools.bench.measures.rounds import QUERIES, round_of_many

if TYPE_CHECKING:
    from assessment.models import Edition

__all__ = ["bank_in_database", "edition"]


@pytest.mark.no_cover
def test_board_and_result_ask_as_often_for_many_as_for_a_few(edition: Edition) -> None:
    site = MeasuredSite(edition)

    few, many = (
        {row.what.partition(": ")[2]: row.remarks for row in round_of_many(site, number)}
        for number in (24, 120)
    )

    assert few == many
    assert all(row["queries"] <= QUERIES for row in many.values() if row)
