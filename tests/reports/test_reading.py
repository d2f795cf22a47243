from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assessment.models import Response
from assessment.reports.page import report_context
from assessment.reports.reading import reading_of
from tests.actions.people import begin, submitted
from tests.published import bank_in_database, edition

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from assessment.models import Edition

__all__ = ["bank_in_database", "edition"]


def test_reading_has_what_the_response_has(edition: Edition) -> None:
    response = begin(edition)
    result = submitted(response)

    reading = reading_of(Response.objects.get())

    assert (reading.scheme, reading.notes, reading.result_hash, reading.generated_at) == (
        "Joint scheme",
        {"DS1": "As agreed."},
        result.content_hash,
        result.created_at,
    )


def test_reading_names_programmes_with_their_institution(edition: Edition) -> None:
    submitted(begin(edition))

    reading = reading_of(Response.objects.get())

    assert [p.institution for p in reading.programmes] == ["Ministry of Development", ""]


def test_response_that_was_not_submitted_has_no_reading(edition: Edition) -> None:
    with pytest.raises(ValueError, match="not been submitted"):
        reading_of(begin(edition))


def test_report_is_read_in_few_queries(
    edition: Edition, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    submitted(begin(edition))
    edition.instrument()
    rows = Response.objects.select_related("result", "scheme", "edition")

    with django_assert_num_queries(3):
        report_context(reading_of(rows.get()))
