from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from assessment.actions.corrections import correct_text
from assessment.actions.withdraw import withdraw
from assessment.method.translation import Place, hash_of
from assessment.models import Edition, Response
from assessment.reports.files import key_of
from assessment.reports.page import identity, report_context
from assessment.reports.reading import reading_of
from tests.actions.respondent_steps import begin, submitted
from tests.bank_fixtures import bank_in_database, edition
from tests.factories import NOW

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

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


@pytest.fixture
def corrected(edition: Edition) -> Callable[[datetime], str]:
    """Corrects a text at a moment and says how it reads since; what is kept goes by the hash."""

    def correct(now: datetime) -> str:
        Edition.objects.filter(pk=edition.pk).update(content_hash=f"{now.timestamp():064.0f}")
        edition.refresh_from_db()
        old = edition.instrument().question["PC1"].text
        place = Place("questions", "PC1", "text")
        given = {"text": f"{old}!", "seen": hash_of(old), "reason": "A slip.", "user": "maria"}
        return correct_text(edition=edition, place=place, now=now, **given).new

    return correct


def test_report_made_after_a_correction_names_it_and_shows_its_text(
    edition: Edition, corrected: Callable[[datetime], str]
) -> None:
    submitted(begin(edition))
    before = reading_of(Response.objects.get())

    new = corrected(before.generated_at - timedelta(days=1))

    after = reading_of(Response.objects.get())
    assert identity(before).startswith("Edition 1: ")
    assert identity(after).startswith("Edition 1, correction 1: ")
    assert after.instrument.question["PC1"].text == new
    assert (after.result, after.result_hash) == (before.result, before.result_hash)
    assert key_of(after) != key_of(before)


def test_report_made_before_a_correction_prints_the_text_as_it_was(
    edition: Edition, corrected: Callable[[datetime], str]
) -> None:
    submitted(begin(edition))
    before = reading_of(Response.objects.get())

    new = corrected(before.generated_at + timedelta(days=1))

    after = reading_of(Response.objects.get())
    in_spanish = reading_of(Response.objects.get(), language="es")
    assert identity(after) == identity(before)
    assert f"{after.instrument.question['PC1'].text}!" == new
    assert f"{in_spanish.instrument.question['PC1'].text}!" == new
    edition.refresh_from_db()
    assert edition.instrument().question["PC1"].text == new


def test_report_on_a_withdrawn_edition_stays_as_it_is(edition: Edition) -> None:
    submitted(begin(edition))
    before = reading_of(Response.objects.get())

    withdraw(edition=edition, reason="A mistake.", now=NOW)

    assert key_of(reading_of(Response.objects.get())) == key_of(before)
