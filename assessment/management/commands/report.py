"""Writes the report on the answers in a file, as PDF or as one HTML file."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from assessment.instrument.seeds import SeedErrors
from assessment.interchange.assessment_json import WrongFile, assess_file
from assessment.reports.current_instrument import current_instrument
from assessment.reports.issue_wording.answers import refusal_lines
from assessment.reports.page import report_html
from assessment.reports.pdf.files import report_pdf
from assessment.reports.pdf.render import PdfUnavailable, UnprintableText
from assessment.reports.report_data import report_of_file
from assessment.reports.sections import FILES

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from assessment.reports.report_data import ReportData

REFUSALS = (PdfUnavailable, UnprintableText, OSError)


class Command(BaseCommand):
    help = "Writes the report on the answers in FILE (JSON) to OUTPUT (.pdf or .html)."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("-o", "--output", type=Path, required=True)
        parser.add_argument(
            "--layer",
            choices=FILES,
            default="all",
            help="brief: two pages; report: with the reasons; all: with the annexes (default)",
        )

    def handle(self, *, file: Path, output: Path, layer: str, **_options: Any) -> None:
        draw = DRAWERS.get(output.suffix.lower())
        if draw is None:
            raise CommandError(f"{output}: the name must end in .pdf or .html.", returncode=2)
        try:
            instrument = current_instrument()
            assessed = assess_file(file, instrument)
            report = report_of_file(assessed, instrument, moment())
            write_whole(output, draw(report, FILES[layer]))
        except (SeedErrors, WrongFile) as refusal:
            raise CommandError(refusal_lines(refusal), returncode=2) from refusal
        except REFUSALS as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        self.stdout.write(str(output))


def moment() -> datetime:
    """Now, or the time in SOURCE_DATE_EPOCH for a report that can be made again byte by byte."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else timezone.now()


def html_bytes(report: ReportData, layers: tuple[str, ...]) -> bytes:
    return report_html(report, layers).encode()


def write_whole(path: Path, content: bytes) -> None:
    """The whole file or none: written beside it and then put in its place."""
    draft = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


DRAWERS = {".pdf": report_pdf, ".html": html_bytes}
