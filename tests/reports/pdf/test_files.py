from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings

from assessment.models.results import ReportFile
from assessment.reports.pdf import files
from assessment.reports.pdf.worker import PdfBusy, PdfWorker
from tests.reports.conftest import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoAssertNumQueries

    from assessment.reports.report_data import ReportData


@pytest.fixture
def pdf_worker(monkeypatch: pytest.MonkeyPatch) -> Iterator[PdfWorker]:
    own = PdfWorker()
    monkeypatch.setattr(files, "pdf_worker", own)
    yield own
    own.stop()


def test_second_download_prints_nothing_and_gives_the_same_bytes(
    report: ReportData,
    pdf: bytes,
    db: None,
    pdf_worker: PdfWorker,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    first = files.cached_pdf(report, NOW)
    pdf_worker.stop()

    with django_assert_num_queries(1):
        second = files.cached_pdf(report, NOW)

    assert (first, second, ReportFile.objects.count()) == (pdf, pdf, 1)
    assert pdf_worker.process is None


def test_what_another_thread_printed_meanwhile_is_not_printed_again(
    report: ReportData, db: None, pdf_worker: PdfWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Waiting:
        """While this thread waits for its slot, another one finishes the same report."""

        def __enter__(self) -> None:
            ReportFile.objects.create(
                key=files.pdf_key(report), content=b"%PDF-theirs", created_at=NOW
            )

        def __exit__(self, *error: object) -> None:
            return None

    monkeypatch.setattr(pdf_worker, "rendering", Waiting())

    assert files.cached_pdf(report, NOW) == b"%PDF-theirs"


def test_more_than_may_wait_are_asked_to_come_again(
    report: ReportData, db: None, pdf_worker: PdfWorker
) -> None:
    for _slot in range(3):
        pdf_worker.slots.acquire()

    with pytest.raises(PdfBusy):
        files.cached_pdf(report, NOW)


def test_key_changes_with_everything_that_is_drawn(report: ReportData) -> None:
    table: list[dict[str, Any]] = [
        {"notes": {"PC1": "Other."}},
        {"texts": {"X1": "Other."}},
        {"scheme": "Other"},
        {"language": "es"},
        {"result_hash": "0" * 64},
        {"demo": False},
        {"superseded": True},
        {"programmes": ()},
        {"reference": "other"},
    ]

    assert [
        change
        for change in table
        if files.pdf_key(replace(report, **change)) == files.pdf_key(report)
    ] == []


def test_key_changes_with_every_file_that_draws() -> None:
    reports = settings.BASE_DIR / "assessment" / "reports"
    named = {file for file in files.rendering_files() if file.suffix == ".py"}

    assert named == set(reports.rglob("*.py"))
    assert {"wording.py", "front.py", "render.py"} <= {file.name for file in named}
