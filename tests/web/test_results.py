from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.abc import MetaPathFinder

import pytest
from django.test import Client
from django.urls import reverse

from assessment.models import Response
from assessment.reports import pdf
from tests.web.conftest import granted

pytestmark = pytest.mark.django_db


def test_report_is_a_page(client: Client, submitted: Response) -> None:
    answer = granted(client, submitted).get(reverse("report", args=[submitted.uuid]))

    assert answer.status_code == 200
    assert "Haku Wiñay and Juntos" in answer.content.decode()


@pytest.mark.parametrize("name", ["report", "report_pdf"])
def test_report_of_an_open_response_is_not_there(
    holder: Client, response: Response, name: str
) -> None:
    assert holder.get(reverse(name, args=[response.uuid])).status_code == 404


def test_pdf_is_sent_whole(client: Client, submitted: Response) -> None:
    answer = granted(client, submitted).get(reverse("report_pdf", args=[submitted.uuid]))

    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


def test_pdf_that_has_to_wait_too_long_is_promised_for_later(
    client: Client, submitted: Response
) -> None:
    for _place in range(pdf.PLACES):
        pdf.places.acquire()
    try:
        answer = granted(client, submitted).get(reverse("report_pdf", args=[submitted.uuid]))
    finally:
        pdf.places.release(pdf.PLACES)

    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "The PDF is not ready yet" in answer.content.decode()


class NoPango(MetaPathFinder):
    """What happens on import where the machine lacks a library that WeasyPrint opens."""

    def find_spec(self, fullname: str, path: object, target: object = None) -> None:
        if fullname == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")


@pytest.fixture
def no_pango(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    pdf._kit.cache_clear()
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [NoPango(), *sys.meta_path])
    yield
    pdf._kit.cache_clear()


def test_machine_without_libraries_says_which(
    client: Client, submitted: Response, no_pango: None
) -> None:
    holder = granted(client, submitted)

    answer = holder.get(reverse("report_pdf", args=[submitted.uuid]))

    assert answer.status_code == 503
    assert "libpango-1.0-0" in answer.content.decode()
    assert holder.get(reverse("report", args=[submitted.uuid])).status_code == 200
