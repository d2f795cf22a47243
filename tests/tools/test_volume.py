"""The site of many responses: rows as submitting makes them, and no page that reads them all."""

from __future__ import annotations

import pytest
from django.db import connection

from assessment.models import Answer, DimensionScore, Edition, Response, Result, Round
from tests.bank_fixtures import bank_in_database, edition
from tools.bench import volume
from tools.bench.measured_site import MeasuredSite

__all__ = ["bank_in_database", "edition"]


@pytest.fixture
def filled(edition: Edition) -> Response:
    """Twelve responses; the newest."""
    volume.fill(MeasuredSite(edition), 12, seed=1)
    return Response.objects.latest("created_at")


@pytest.fixture
def planned_as_for_many(filled: Response) -> Response:
    """PostgreSQL reads a small table whole where it may."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    return filled


def test_no_page_reads_a_whole_table(
    planned_as_for_many: Response, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of twelve whole copies."""
    filled, tables = planned_as_for_many, (Response, Result, Round)

    with volume.signed_in() as client:
        asked = volume.pages(filled.edition, filled)
        found = {name: volume.measure_page(client, name, page) for name, page in asked.items()}

    assert [table.objects.count() for table in tables] == [12, 12, 12]
    assert {one.result and one.result.read().status for one in Round.objects.all()} == {"judged"}
    assert Answer.objects.count() == 12 * filled.answers.count()
    assert DimensionScore.objects.count() == 12 * 9
    assert found == {name: [] for name in asked}
    assert " 500," not in capsys.readouterr().out


def test_plan_that_reads_a_whole_table_is_found(db: None) -> None:
    plan = volume.plan_of("SELECT note FROM assessment_answer")

    assert volume.WHOLE_TABLE.search(" ".join(plan))
