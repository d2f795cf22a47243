from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from assessment.models import Response
from assessment.reports.pdf.worker import SLOTS, pdf_worker
from tests.reports.pdf.test_worker import NO_PANGO
from tests.web.conftest import granted

pytestmark = pytest.mark.django_db


def test_report_is_a_page(client: Client, submitted: Response) -> None:
    answer = granted(client, submitted).get(reverse("report", args=[submitted.uuid]))

    assert answer.status_code == 200
    assert "Haku Wiñay and Juntos" in answer.content.decode()


def test_report_of_an_open_response_is_not_there(holder: Client, response: Response) -> None:
    table: list[str] = ["report", "report_pdf"]

    assert {
        name: holder.get(reverse(name, args=[response.uuid])).status_code for name in table
    } == dict.fromkeys(table, 404)


def test_pdf_is_sent_whole(client: Client, submitted: Response) -> None:
    answer = granted(client, submitted).get(reverse("report_pdf", args=[submitted.uuid]))

    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


def test_pdf_that_has_to_wait_too_long_is_promised_for_later(
    client: Client, submitted: Response
) -> None:
    for _slot in range(SLOTS):
        pdf_worker.slots.acquire()
    try:
        answer = granted(client, submitted).get(reverse("report_pdf", args=[submitted.uuid]))
    finally:
        pdf_worker.slots.release(SLOTS)

    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "Several reports are being made" in answer.content.decode()


def test_pdf_that_takes_too_long_is_promised_for_later(
    client: Client, submitted: Response, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_worker, "time_limit", 0.0)

    answer = granted(client, submitted).get(reverse("report_pdf", args=[submitted.uuid]))

    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "Making the PDF took too long" in answer.content.decode()


@pytest.fixture
def no_pango(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine that lacks a library WeasyPrint opens."""
    (tmp_path / "sitecustomize.py").write_text(NO_PANGO)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    pdf_worker.stop()
    yield
    pdf_worker.stop()


def test_machine_without_libraries_says_which(
    client: Client, submitted: Response, no_pango: None
) -> None:
    holder = granted(client, submitted)

    answer = holder.get(reverse("report_pdf", args=[submitted.uuid]))

    assert answer.status_code == 503
    assert "libpango-1.0-0" in answer.content.decode()
    assert holder.get(reverse("report", args=[submitted.uuid])).status_code == 200
