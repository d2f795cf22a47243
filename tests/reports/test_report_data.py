from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from assessment.actions.editions.correct_text import correct_text
from assessment.actions.editions.withdraw import withdraw
from assessment.actions.responses.submit import submit_response
from assessment.instrument.texts import TextKey, hash_of_text
from assessment.models import Edition, Response, Round
from assessment.reports.page import identity, report_context
from assessment.reports.pdf.files import pdf_key
from assessment.reports.report_data import report_of_response, report_of_round
from tests.actions.respondent_steps import begin, save, sent, submitted
from tests.factories import NOW, SeatFactory, SeveralFactory, answered
from tests.tables import raised

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries


def test_report_has_what_the_response_has(edition: Edition) -> None:
    """With the free texts of questions that are asked, and no other."""
    response = answered(begin(edition), O1="One list.", GONE="Something.", PC1=3)
    result = submitted(response)

    report = report_of_response(Response.objects.get())

    assert (report.scheme, report.notes, report.result_hash, report.generated_at) == (
        "Joint scheme",
        {"DS1": "As agreed."},
        result.content_hash,
        result.created_at,
    )
    assert report.texts == {"O1": "One list."}
    assert [one.institution for one in report.programmes] == ["Ministry of Development", ""]


def test_what_was_not_submitted_or_closed_has_no_report(edition: Edition) -> None:
    """Nor has a round of one, which nobody closes, a report as that of several."""
    alone = begin(edition)
    of_response = raised(ValueError, report_of_response, alone)
    submitted(alone)
    rounds = [SeveralFactory(), Round.objects.get(pk=alone.round_id)]

    assert "no result of its own" in str(of_response)
    assert [
        "has not been closed" in str(raised(ValueError, report_of_round, one)) for one in rounds
    ] == [
        True,
        True,
    ]


def test_report_is_read_in_few_queries(
    edition: Edition, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    submitted(begin(edition))
    edition.instrument()
    rows = Response.objects.select_related("result", "round__scheme", "round__edition")

    with django_assert_num_queries(5):
        report_context(report_of_response(rows.get()))


@pytest.fixture
def corrected(edition: Edition) -> Callable[[datetime], str]:
    """Corrects a text at a moment and says how it reads since; what is kept goes by the hash."""

    def correct(now: datetime) -> str:
        Edition.objects.filter(pk=edition.pk).update(content_hash=f"{now.timestamp():064.0f}")
        edition.refresh_from_db()
        old = edition.instrument().question["PC1"].text
        place = TextKey("questions", "PC1", "text")
        given = {"text": f"{old}!", "seen": hash_of_text(old), "reason": "A slip.", "user": "maria"}
        return correct_text(edition=edition, place=place, now=now, **given).new

    return correct


def test_report_made_after_a_correction_names_it_and_shows_its_text(
    edition: Edition, corrected: Callable[[datetime], str]
) -> None:
    submitted(begin(edition))
    before = report_of_response(Response.objects.get())

    new = corrected(before.generated_at - timedelta(days=1))

    after = report_of_response(Response.objects.get())
    assert identity(before).startswith("Edition 1 · ")
    assert identity(after).startswith("Edition 1, correction 1 · ")
    assert after.instrument.question["PC1"].text == new
    assert (after.result, after.result_hash) == (before.result, before.result_hash)
    assert pdf_key(after) != pdf_key(before)


def test_report_made_before_a_correction_or_a_withdrawal_stays_as_it_was(
    edition: Edition, corrected: Callable[[datetime], str]
) -> None:
    submitted(begin(edition))
    before = report_of_response(Response.objects.get())

    new = corrected(before.generated_at + timedelta(days=1))

    after = report_of_response(Response.objects.get())
    in_spanish = report_of_response(Response.objects.get(), language="es")
    assert identity(after) == identity(before)
    assert f"{after.instrument.question['PC1'].text}!" == new
    assert f"{in_spanish.instrument.question['PC1'].text}!" == new
    edition.refresh_from_db()
    assert edition.instrument().question["PC1"].text == new
    withdraw(edition=edition, reason="A mistake.", now=NOW)
    assert pdf_key(report_of_response(Response.objects.get())) == pdf_key(after)


def test_own_result_among_several_has_a_report_for_her_alone(edition: Edition) -> None:
    seat = SeatFactory(round__promise={"own_result": True})
    save(seat, sent("TG2", 1, note="As agreed."))
    response = submit_response(response=seat, now=NOW)

    report = report_of_response(response)

    assert (report.reference, report.notes) == (response.reference, {"TG2": "As agreed."})
