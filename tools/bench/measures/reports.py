"""The report of one result on screen and as PDF, and the process that prints it."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from assessment.instrument.answers import NOTE_LIMIT
from assessment.models.process_cache import RESULT_PAGES
from assessment.reports.pdf.files import print_html, report_pdf
from assessment.reports.pdf.printed_text import MOST_LINES
from assessment.reports.pdf.printer import Printer
from assessment.reports.report_data import report_of_response
from assessment.tasks import content_of_file, file_of_report, print_reports, stop_printer
from tools.bench.client import Client, count_queries, expect_status
from tools.bench.floors import NaiveReport
from tools.bench.table import Measurement
from tools.bench.timing import interleave, ratios

if TYPE_CHECKING:
    from assessment.models import Response
    from assessment.reports.report_data import ReportData
    from tools.bench.measured_site import MeasuredSite

REPORTS, OFTEN, FIFTY = 50, 20, 50
SENTENCE = (
    "The ministry of agriculture sent its letter in May, and nobody answered before the harvest. "
)
LONG_NOTE = (SENTENCE * NOTE_LIMIT)[:NOTE_LIMIT]
MANY_LINES = "\n".join(["x" * (NOTE_LIMIT // MOST_LINES - 1)] * MOST_LINES)
"""As many letters and lines as paper takes: lines cost most."""


def report_page(site: MeasuredSite, rounds: int) -> list[Measurement]:
    """The page of actions, which is the largest: as it is kept, and as it is drawn."""
    response = site.submitted_response("report")
    client, address = Client(response), f"/response/{response.uuid}/report/actions/"
    expect_status(client.get(address), 200)

    def new() -> None:
        RESULT_PAGES.clear()
        client.get(address)

    times = interleave({"new": (new, 5), "kept": (lambda: client.get(address), OFTEN)}, rounds)
    return [
        Measurement("page of a result, kept", "ms", times["kept"], 10),
        Measurement("page of a result, new", "ms", times["new"], 80),
        Measurement(
            "page of a result, kept", "queries", [count_queries(lambda: client.get(address))], 6
        ),
        Measurement("page of a result, new", "queries", [count_queries(new)], 10),
        Measurement("page of a result", "bytes", [client.get(address).wire_bytes], 15_000),
    ]


def report_file(site: MeasuredSite, rounds: int) -> list[Measurement]:
    """The PDF beside the naive one of the same result, warm; then the one that is kept."""
    response = site.submitted_response("file")
    reading = report_of_response(response)
    folder = Path(os.environ["ARTICULA_DATA"], "naive")
    folder.mkdir(exist_ok=True)
    naive = NaiveReport(reading, folder)
    print_reports.call(response.result_id or 0)
    stop_printer()
    times = interleave(
        {
            "naive": (naive.pdf, 1),
            "ours": (lambda: report_pdf(reading), 1),
            "kept": (lambda: stored_pdf(response), 5),
        },
        rounds,
    )
    ours, plain = pdf_size(report_pdf(reading)), pdf_size(naive.pdf())
    return [
        Measurement("PDF of the naive template", "ms", times["naive"], remarks=plain),
        Measurement("PDF of the report", "ms", times["ours"], remarks=ours),
        Measurement("PDF of the report", "× naive", ratios(times, "ours", "naive"), 0.8, 0.5),
        Measurement("PDF that is kept", "ms", times["kept"], 10),
    ]


def stored_pdf(response: Response) -> bytes | None:
    """As a download finds it: its key is worked out each time."""
    now = timezone.now()
    file = file_of_report(response=response, language="en", now=now)
    return content_of_file(file=file, now=now)


def report_memory(site: MeasuredSite, rounds: int) -> list[Measurement]:
    """Of the process that prints: its peak, and its growth from the first report to the last."""
    report = report_of_response(site.submitted_response("memory"))
    html, printer = print_html(report), Printer()
    try:
        printer.render(html)
        before = megabytes(printer.process.pid, "VmRSS")
        for _ in range(REPORTS):
            printer.render(html)
        growth = megabytes(printer.process.pid, "VmRSS") - before
        peak = megabytes(printer.process.pid, "VmHWM")
        printer.stop()
        printer.render(print_html(with_notes(report, LONG_NOTE, FIFTY)))
        long = megabytes(printer.process.pid, "VmHWM")
        printer.stop()
        printer.render(print_html(with_notes(report, MANY_LINES)))
        most = megabytes(printer.process.pid, "VmHWM")
    finally:
        printer.stop()
    return [
        Measurement("printing process, peak", "MB", [peak], 150),
        Measurement("printing process, peak with 50 notes of 5,000 letters", "MB", [long], 150),
        Measurement("printing process, peak with the longest notes", "MB", [most], 400, 150),
        Measurement(f"printing process, growth over {REPORTS} reports", "MB", [growth], 10),
    ]


def with_notes(report: ReportData, note: str, number: int | None = None) -> ReportData:
    """The note beside so many questions, or beside every one."""
    asked = [q.code for q in report.instrument.questions if q.dimension or number is None]
    return replace(report, notes=dict.fromkeys(asked[:number], note))


def megabytes(pid: int, name: str) -> float:
    """As Linux accounts for it."""
    status = Path(f"/proc/{pid}/status").read_text()
    line = re.search(rf"^{name}:\s+(\d+) kB", status, re.MULTILINE)
    return int(line[1]) / 1024 if line else float("nan")


def pdf_size(content: bytes) -> dict[str, Any]:
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    letters = sum(len(page.get_textpage().get_text_bounded()) for page in document)
    return {"pages": len(document), "letters": letters, "bytes": len(content)}
