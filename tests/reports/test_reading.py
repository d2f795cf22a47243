from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assessment.actions.corrections import correct_text
from assessment.actions.withdraw import withdraw
from assessment.method.translation import Place, hash_of
from assessment.models import Response
from assessment.reports.files import key_of
from assessment.reports.page import identity, report_context
from assessment.reports.reading import reading_of
from tests.actions.people import begin, submitted
from tests.factories import NOW
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

    with django_assert_num_queries(4):
        report_context(reading_of(rows.get()))


def test_report_names_the_last_correction_and_shows_its_text(edition: Edition) -> None:
    submitted(begin(edition))
    before = reading_of(Response.objects.get())
    old = before.instrument.question["PC1"].text

    correct_text(
        edition=edition,
        place=Place("questions", "PC1", "text"),
        text=f"{old}!",
        seen=hash_of(old),
        reason="A slip.",
        user="maria",
        now=NOW,
    )

    after = reading_of(Response.objects.get())
    assert identity(before).startswith("Edition 1: ")
    assert identity(after).startswith("Edition 1, correction 1: ")
    assert after.instrument.question["PC1"].text == f"{old}!"
    assert (after.result, after.result_hash) == (before.result, before.result_hash)
    assert key_of(after) != key_of(before)


def test_report_on_a_withdrawn_edition_stays_as_it_is(edition: Edition) -> None:
    submitted(begin(edition))
    before = reading_of(Response.objects.get())

    withdraw(edition=edition, reason="A mistake.", now=NOW)

    assert key_of(reading_of(Response.objects.get())) == key_of(before)
