"""Scores the answers in a file and prints the result."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from assessment.instrument.seeds import SeedErrors
from assessment.interchange.assessment_json import WrongFile, assess_file
from assessment.reports.current_instrument import current_instrument
from assessment.reports.issue_wording.answers import refusal_lines
from assessment.reports.report_data import report_of_file
from assessment.reports.result_output import json_of, result_text

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Scores the answers in FILE (JSON) and prints the result."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=("json", "text"), default="json")

    def handle(self, *, file: Path, format: str, **_options: Any) -> None:  # noqa: A002 -- the option's name
        try:
            instrument = current_instrument()
            assessed = assess_file(file, instrument)
        except (SeedErrors, WrongFile) as refusal:
            raise CommandError(refusal_lines(refusal), returncode=2) from refusal
        report = report_of_file(assessed, instrument, timezone.now())
        if format == "text":
            self.stdout.write(result_text(report))
        else:
            self.stdout.write(json.dumps(json_of(report), indent=2, ensure_ascii=False))
